#include <cmath>
#include <vector>

#include "agon/football/batch.hpp"
#include "check.hpp"
#include "made-observation.hpp"

using namespace agon::football;

namespace {

/// First columns of the per-player flags of TiZero's two team blocks: yellow, sent off, offside, 11 each.
constexpr int kYellow = 55;
constexpr int kSentOff = 66;
constexpr int kOffside = 77;

std::vector<float> tizero(const RawObservation& raw) {
  std::vector<float> row(kTizeroWidth, NAN);
  CHECK(encode_tizero(raw, row.data()));
  for (float value : row) CHECK(!std::isnan(value));
  return row;
}

/// Cards and red cards, which the recorded observations do not have.
void check_cards() {
  RawObservation raw = made_observation();
  raw.left.yellow_card[1] = 1;
  raw.left.active[4] = 0;
  raw.right.active[10] = 0;
  raw.right.tired_factor[10] = 0.25;
  raw.ball_owned_team = kRightTeam;
  raw.ball_owned_player = 10;
  const std::vector<float> row = tizero(raw);
  CHECK(row[16] == 1.0f && row[128] == 1.0f && row[17] == 0.0f);
  CHECK(row[kTizeroLeft + kYellow + 1] == 1.0f && row[kTizeroLeft + kYellow + 4] == 0.0f);
  CHECK(row[kTizeroLeft + kSentOff + 4] == 1.0f && row[kTizeroLeft + kSentOff + 1] == 0.0f);
  CHECK(row[kTizeroRight + kSentOff + 10] == 1.0f && row[141] == 0.25f && row[142] == 0.0f && row[143] == 1.0f);
  CHECK(row[96] == 1.0f && row[100 + 21] == 1.0f && row[100 + 22] == 0.0f);
}

void check_offside() {
  RawObservation raw = made_observation();
  for (int k = 0; k < kMaxPlayers; k++) raw.right.position[k][0] = 0.3;
  raw.right.position[0][0] = 1.0;
  raw.right.position[5][0] = 0.6;
  raw.ball_owned_team = kLeftTeam;
  raw.ball_owned_player = 7;
  raw.left.position[7][0] = 0.9;
  raw.left.position[2][0] = 0.6;
  raw.left.position[3][0] = 0.61;
  std::vector<float> row = tizero(raw);
  for (int k = 0; k < kMaxPlayers; k++) CHECK(row[kTizeroLeft + kOffside + k] == (k == 3 ? 1.0f : 0.0f));
  raw.ball[0] = 0.62;
  CHECK(tizero(raw)[kTizeroLeft + kOffside + 3] == 0.0f);
  // Ball and defenders in the owner's own half: the half-way line counts.
  raw.ball[0] = -0.3;
  for (int k = 0; k < kMaxPlayers; k++) raw.right.position[k][0] = -0.4;
  raw.left.position[4][0] = 0.0;
  raw.left.position[5][0] = -0.1;
  row = tizero(raw);
  CHECK(row[kTizeroLeft + kOffside + 3] == 1.0f && row[kTizeroLeft + kOffside + 2] == 1.0f);
  CHECK(row[kTizeroLeft + kOffside + 4] == 0.0f && row[kTizeroLeft + kOffside + 5] == 0.0f);
  raw.ball_owned_team = kRightTeam;
  raw.ball_owned_player = 2;
  for (int k = 0; k < kMaxPlayers; k++) raw.left.position[k][0] = -0.2;
  raw.left.position[0][0] = -1.0;
  raw.right.position[1][0] = -0.2;
  raw.ball[0] = -0.1;
  row = tizero(raw);
  CHECK(row[kTizeroRight + kOffside + 2] == 0.0f && row[kTizeroRight + kOffside + 1] == 0.0f);
  CHECK(row[kTizeroRight + kOffside + 3] == 1.0f && row[kTizeroLeft + kOffside + 3] == 0.0f);
  for (int k = 1; k < kMaxPlayers; k++) raw.left.position[k][0] = 0.4;
  raw.right.position[3][0] = 0.1;
  raw.right.position[4][0] = -0.01;
  raw.ball[0] = 0.3;
  row = tizero(raw);
  CHECK(row[kTizeroRight + kOffside + 3] == 0.0f && row[kTizeroRight + kOffside + 4] == 1.0f);
  raw.ball_owned_team = kNoTeam;
  raw.ball_owned_player = -1;
  CHECK(tizero(raw)[kTizeroRight + kOffside + 3] == 0.0f);
}

void check_refusals() {
  std::vector<float> row(kTizeroWidth, 7.0f);
  RawObservation raw = made_observation(5);
  CHECK(!encode_tizero(raw, row.data()) && !tizero_mask(raw, row.data()) && !encode_grf_marl(raw, row.data()));
  raw = made_observation();
  raw.active = -1;
  CHECK(!encode_tizero(raw, row.data()) && !tizero_mask(raw, row.data()) && !encode_grf_marl(raw, row.data()));
  raw.active = 11;
  CHECK(!encode_tizero(raw, row.data()));
  raw = made_observation();
  raw.left.roles[3] = 10;
  CHECK(!encode_grf_marl(raw, row.data()));
  for (float value : row) CHECK(value == 7.0f);
  std::vector<RawObservation> batch(3, made_observation());
  batch[2].right.players = 10;
  std::vector<float> rows(3 * kGrfMarlWidth, 7.0f);
  CHECK(encode_grf_marl_batch(batch.data(), 3, rows.data()) == 2);
  CHECK(rows[2 * kGrfMarlWidth - 1] != 7.0f);
  for (int i = 2 * kGrfMarlWidth; i < 3 * kGrfMarlWidth; i++) CHECK(rows[static_cast<std::size_t>(i)] == 7.0f);
}

/// The GRF_MARL numbers that no recorded observation has: the dribble flag, and a keeper as the nearest team-mate.
void check_grf_marl() {
  RawObservation raw = made_observation();
  raw.sticky_actions[kStickyDribble] = 1;
  raw.left.position[0][0] = -0.5;
  raw.left.position[0][1] = -0.21;
  raw.left.tired_factor[0] = 0.5;
  std::vector<float> row(kGrfMarlWidth, NAN);
  CHECK(encode_grf_marl(raw, row.data()));
  for (float value : row) CHECK(!std::isnan(value));
  CHECK(row[37] == -1.0f && row[38] == -0.42f && row[43] == 0.5f);
  CHECK(row[131] == 1.0f && row[132] == 0.0f && row[129] == 1.0f);
  CHECK(row[119 + 5] == 1.0f && row[119] == 0.0f);
}

}  // namespace

int main() {
  check_cards();
  check_offside();
  check_refusals();
  check_grf_marl();
  return check::finish("policy encodings");
}
