#include <cmath>
#include <cstring>
#include <vector>

#include "agon/football/view.hpp"
#include "check.hpp"
#include "fixtures.hpp"
#include "made-observation.hpp"

using namespace agon::football;

namespace {

/// The recorder rounds to binary fractions, to nearest: positions, directions, spin, tiredness.
constexpr double kPositionError = 0.5 / (1 << 17);
constexpr double kDirectionError = 0.5 / (1 << 20);
constexpr double kSpinError = 0.5 / (1 << 24);
constexpr double kTiredError = 0.5 / (1 << 18);

/// A row of right-views.f32: index in observations.f32, the action in the agent's view, then the game's row in field
/// axes, whose columns are counted from here.
constexpr int kRow = 2;
constexpr std::size_t kRowWidth = 217;
constexpr int kOwner = 9;
constexpr int kScore = 12;
constexpr int kTeams = 15;
constexpr int kTired = 103;
constexpr int kActive = 125;
constexpr int kYellow = 147;
constexpr int kDesignated = 169;
constexpr int kSticky = 171;
constexpr int kAction = 193;

void read_team(const float* row, int side, Team& team) {
  team.players = kMaxPlayers;
  for (int i = 0; i < 22; i++) {
    team.position[i / 2][i % 2] = row[kTeams + side * 44 + i];
    team.direction[i / 2][i % 2] = row[kTeams + side * 44 + 22 + i];
  }
  for (int k = 0; k < kMaxPlayers; k++) {
    team.tired_factor[k] = row[kTired + side * 11 + k];
    team.active[k] = row[kActive + side * 11 + k] != 0.0f ? 1 : 0;
    team.yellow_card[k] = row[kYellow + side * 11 + k] != 0.0f ? 1 : 0;
  }
}

/// The world in field axes with the seat of a right-team player: what a simulator would hand to rotated_view.
RawObservation seat_in_field_axes(const float* row, int active) {
  RawObservation raw{};
  for (int axis = 0; axis < 3; axis++) {
    raw.ball[axis] = row[axis];
    raw.ball_direction[axis] = row[3 + axis];
    raw.ball_rotation[axis] = row[6 + axis];
  }
  read_team(row, 0, raw.left);
  read_team(row, 1, raw.right);
  raw.ball_owned_team = static_cast<int>(row[kOwner]);
  raw.ball_owned_player = static_cast<int>(row[kOwner + 1]);
  raw.game_mode = static_cast<int>(row[kOwner + 2]);
  raw.score[0] = static_cast<int>(row[kScore]);
  raw.score[1] = static_cast<int>(row[kScore + 1]);
  raw.steps_left = static_cast<int>(row[kScore + 2]);
  raw.active = active;
  raw.designated = static_cast<int>(row[kDesignated + 1]);
  const int bits = static_cast<int>(row[kSticky + 11 + active]);
  for (int k = 0; k < kStickyActions; k++) raw.sticky_actions[k] = bits >> k & 1;
  return raw;
}

bool near(const double* a, const double* b, int count, double error) {
  for (int i = 0; i < count; i++) {
    if (!(std::fabs(a[i] - b[i]) <= error)) return false;
  }
  return true;
}

void check_team(const Team& seen, const Team& recorded) {
  CHECK(near(&seen.position[0][0], &recorded.position[0][0], 22, kPositionError));
  CHECK(near(&seen.direction[0][0], &recorded.direction[0][0], 22, kDirectionError));
  CHECK(near(seen.tired_factor, recorded.tired_factor, kMaxPlayers, kTiredError));
  CHECK(std::memcmp(seen.active, recorded.active, kMaxPlayers) == 0);
  CHECK(std::memcmp(seen.yellow_card, recorded.yellow_card, kMaxPlayers) == 0);
}

/// The game's row, turned round, is the observation that the right-team agent was given.
void check_recorded() {
  const std::vector<RawObservation> observations = fixtures::observations();
  const auto rows = fixtures::read<float>(fixtures::folder() / "right-views.f32", kRowWidth);
  for (std::size_t i = 0; i < rows.rows(); i++) {
    const RawObservation& given = observations[static_cast<std::size_t>(rows.row(i)[0])];
    const float* row = rows.row(i) + kRow;
    const RawObservation seen = rotated_view(seat_in_field_axes(row, given.active));
    CHECK(near(seen.ball, given.ball, 3, kPositionError));
    CHECK(near(seen.ball_direction, given.ball_direction, 3, kDirectionError));
    CHECK(near(seen.ball_rotation, given.ball_rotation, 3, kSpinError));
    check_team(seen.left, given.left);
    check_team(seen.right, given.right);
    CHECK(seen.ball_owned_team == given.ball_owned_team && seen.ball_owned_player == given.ball_owned_player);
    CHECK(seen.designated == given.designated && seen.game_mode == given.game_mode);
    CHECK(seen.score[0] == given.score[0] && seen.score[1] == given.score[1]);
    CHECK(seen.steps_left == given.steps_left);
    CHECK(std::memcmp(seen.sticky_actions, given.sticky_actions, kStickyActions) == 0);
    CHECK(rotated_action(static_cast<int>(row[kAction + 11 + given.active])) == static_cast<int>(rows.row(i)[1]));
  }
  CHECK(rows.rows() == 59);
  std::printf("%zu recorded right-team views\n", rows.rows());
}

bool same_bits(const RawObservation& a, const RawObservation& b) {
  return std::memcmp(a.ball, b.ball, sizeof a.ball) == 0 &&
         std::memcmp(a.ball_direction, b.ball_direction, sizeof a.ball_direction) == 0 &&
         std::memcmp(a.left.position, b.left.position, sizeof a.left.position) == 0 &&
         std::memcmp(a.right.position, b.right.position, sizeof a.right.position) == 0 &&
         std::memcmp(a.left.direction, b.left.direction, sizeof a.left.direction) == 0 &&
         std::memcmp(a.right.direction, b.right.direction, sizeof a.right.direction) == 0 &&
         std::memcmp(a.sticky_actions, b.sticky_actions, kStickyActions) == 0 &&
         a.left.players == b.left.players && a.right.players == b.right.players &&
         a.ball_owned_team == b.ball_owned_team && a.score[0] == b.score[0] && a.score[1] == b.score[1];
}

void check_twice_is_identity() {
  for (const RawObservation& raw : fixtures::observations()) CHECK(same_bits(rotated_view(rotated_view(raw)), raw));
  RawObservation uneven = made_observation(3);
  uneven.right.players = 2;
  uneven.score[0] = 2;
  const RawObservation seen = rotated_view(uneven);
  CHECK(seen.left.players == 2 && seen.right.players == 3 && seen.score[1] == 2);
  CHECK(seen.ball_owned_team == kNoTeam);
  CHECK(same_bits(rotated_view(seen), uneven));
}

void check_actions() {
  const int turned[kV2Actions] = {0, 5, 6, 7, 8, 1, 2, 3, 4, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19};
  for (int action = 0; action < kV2Actions; action++) CHECK(rotated_action(action) == turned[action]);
}

}  // namespace

int main() {
  check_recorded();
  check_twice_is_identity();
  check_actions();
  return check::finish("views");
}
