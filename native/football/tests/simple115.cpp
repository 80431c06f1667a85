#include <cmath>
#include <cstring>
#include <vector>

#include "agon/football/batch.hpp"
#include "check.hpp"
#include "fixtures.hpp"
#include "made-observation.hpp"

using namespace agon::football;

namespace {

/// At eleven a side, every column of every recorded observation by the definition of its columns.
void check_recorded() {
  const std::vector<RawObservation> raw = fixtures::observations();
  std::vector<float> rows(raw.size() * kSimple115Width, NAN);
  std::vector<float> older(rows);
  CHECK(encode_simple115v2_batch(raw.data(), raw.size(), rows.data()) == raw.size());
  CHECK(encode_simple115_batch(raw.data(), raw.size(), older.data()) == raw.size());
  CHECK(std::memcmp(rows.data(), older.data(), rows.size() * sizeof(float)) == 0);
  for (std::size_t i = 0; i < raw.size(); i++) {
    const float* row = rows.data() + i * kSimple115Width;
    bool equal = true;
    for (int k = 0; k < 11; k++) {
      for (int axis = 0; axis < 2; axis++) {
        equal = equal && row[2 * k + axis] == static_cast<float>(raw[i].left.position[k][axis]);
        equal = equal && row[22 + 2 * k + axis] == static_cast<float>(raw[i].left.direction[k][axis]);
        equal = equal && row[44 + 2 * k + axis] == static_cast<float>(raw[i].right.position[k][axis]);
        equal = equal && row[66 + 2 * k + axis] == static_cast<float>(raw[i].right.direction[k][axis]);
      }
      equal = equal && row[97 + k] == (raw[i].active == k ? 1.0f : 0.0f);
    }
    for (int axis = 0; axis < 3; axis++) {
      equal = equal && row[88 + axis] == static_cast<float>(raw[i].ball[axis]);
      equal = equal && row[91 + axis] == static_cast<float>(raw[i].ball_direction[axis]);
      equal = equal && row[94 + axis] == (raw[i].ball_owned_team + 1 == axis ? 1.0f : 0.0f);
    }
    for (int mode = 0; mode < 7; mode++) equal = equal && row[108 + mode] == (raw[i].game_mode == mode ? 1.0f : 0.0f);
    CHECK(equal);
  }
}

RawObservation three_against_two() {
  RawObservation raw = made_observation(3);
  raw.right.players = 2;
  for (int k = 0; k < 3; k++) {
    raw.left.direction[k][0] = 0.001 * (k + 1);
    raw.right.direction[k][0] = -0.001 * (k + 1);
  }
  raw.ball_owned_team = kRightTeam;
  raw.ball_owned_player = 1;
  raw.active = 2;
  raw.game_mode = kModePenalty;
  return raw;
}

void check_tail(const float* row) {
  float expected[27] = {0.0f, 0.0f, 0.11f, 0.0f, 0.0f, 0.0f};
  expected[94 - 88 + 2] = 1.0f;
  expected[97 - 88 + 2] = 1.0f;
  expected[108 - 88 + 6] = 1.0f;
  CHECK(std::memcmp(row + 88, expected, sizeof expected) == 0);
}

void check_small_teams() {
  const RawObservation raw = three_against_two();
  float row[kSimple115Width];
  CHECK(encode_simple115v2(raw, row));
  CHECK(row[0] == -0.5f && row[1] == -0.25f && row[5] == -0.15f && row[6] == -1.0f && row[21] == -1.0f);
  CHECK(row[22] == 0.001f && row[23] == 0.0f && row[26] == 0.003f && row[28] == -1.0f && row[43] == -1.0f);
  CHECK(row[44] == 0.5f && row[47] == -0.2f && row[48] == -1.0f && row[65] == -1.0f);
  CHECK(row[66] == -0.001f && row[68] == -0.002f && row[70] == -1.0f && row[87] == -1.0f);
  check_tail(row);

  float older[kSimple115Width];
  CHECK(encode_simple115(raw, older));
  CHECK(older[5] == -0.15f && older[6] == 0.001f && older[10] == 0.003f && older[11] == 0.0f);
  CHECK(older[12] == 0.5f && older[15] == -0.2f && older[16] == -0.001f && older[18] == -0.002f && older[19] == 0.0f);
  for (int column = 20; column < 88; column++) CHECK(older[column] == -1.0f);
  check_tail(older);
}

void check_refusals() {
  std::vector<RawObservation> raw(3, made_observation(5));
  raw[1].ball_owned_team = kLeftTeam;
  raw[1].ball_owned_player = 5;
  raw[2].active = -1;
  float rows[3 * kSimple115Width];
  for (float& value : rows) value = 7.0f;
  CHECK(encode_simple115v2_batch(raw.data(), 3, rows) == 1);
  for (int i = kSimple115Width; i < 3 * kSimple115Width; i++) CHECK(rows[i] == 7.0f);
  CHECK(encode_simple115v2(raw[2], rows));
  for (int column = 97; column < 108; column++) CHECK(rows[column] == 0.0f);
  RawObservation bad = made_observation(5);
  bad.game_mode = 7;
  CHECK(!encode_simple115(bad, rows));
  bad = made_observation(5);
  bad.left.players = 12;
  CHECK(!encode_simple115(bad, rows));
  CHECK(encode_tizero_batch(raw.data(), 3, rows) == 0);
}

}  // namespace

int main() {
  check_recorded();
  check_small_teams();
  check_refusals();
  return check::finish("simple115");
}
