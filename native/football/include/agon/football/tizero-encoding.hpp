#pragma once

#include "agon/football/distance.hpp"
#include "agon/football/raw-observation.hpp"
#include "agon/football/row-writer.hpp"

/// TiZero's encoder: 330 numbers from one eleven-a-side observation (Lin et al., "TiZero: Mastering Multi-Agent
/// Football with Curriculum Learning and Self-Play", AAMAS 2023). Computed in float64, cast at the end.
namespace agon::football {

inline constexpr int kTizeroWidth = 330;

/// First columns of the slices that the network reads apart: 0 is the player's index, then five blocks.
inline constexpr int kTizeroSelf = 1;
inline constexpr int kTizeroBall = 88;
inline constexpr int kTizeroLeft = 145;
inline constexpr int kTizeroRight = 233;
inline constexpr int kTizeroMatch = 321;

/// Steps of a full game as the encoder scales them.
inline constexpr double kTizeroSteps = 3001.0;

/// Who stands offside by the encoder's own rule: ahead of the ball, the half-way line and the second-last opponent
/// while the team owns the ball; the owner himself never.
struct OffsideFlags {
  bool left[kMaxPlayers];
  bool right[kMaxPlayers];
};

/// Second largest of sign * x over a team, so with sign -1 minus the second smallest x.
AGON_HD inline double second_largest_x(const Team& team, double sign) {
  double largest = sign * team.position[0][0];
  double second = largest;
  for (int k = 1; k < team.players; k++) {
    const double x = sign * team.position[k][0];
    if (x > largest) {
      second = largest;
      largest = x;
    } else if (k == 1 || x > second) {
      second = x;
    }
  }
  return second;
}

AGON_HD inline OffsideFlags offside_flags(const RawObservation& raw) {
  OffsideFlags flags{};
  if (raw.ball_owned_team == kNoTeam) return flags;
  const bool left_owns = raw.ball_owned_team == kLeftTeam;
  // Seen along the owner's direction of play, both cases are one: x grows towards the other goal line.
  const double sign = left_owns ? 1.0 : -1.0;
  const Team& owners = left_owns ? raw.left : raw.right;
  const Team& defenders = left_owns ? raw.right : raw.left;
  double line = second_largest_x(defenders, sign);
  if (sign * raw.ball[0] > line) line = sign * raw.ball[0];
  if (line < 0.0) line = 0.0;
  for (int k = 0; k < owners.players; k++) {
    const bool ahead = k != raw.ball_owned_player && sign * owners.position[k][0] > line;
    (left_owns ? flags.left : flags.right)[k] = ahead;
  }
  return flags;
}

AGON_HD inline void put_tizero_direction(RowWriter& row, const double direction[2]) {
  row.put2(direction[0] / 0.03, direction[1] / 0.02);
}

/// [tired factor, yellow card, sent off, offside].
AGON_HD inline void put_tizero_flags(RowWriter& row, const Team& team, const bool* offside, int k) {
  row.put(team.tired_factor[k]);
  row.put(team.yellow_card[k] != 0);
  row.put(team.active[k] == 0);
  row.put(offside[k]);
}

/// Position, velocity, flags and the vector to the ball: it stands in two of the slices.
AGON_HD inline void put_tizero_player(RowWriter& row, const RawObservation& raw, const OffsideFlags& offside) {
  const double* p = raw.left.position[raw.active];
  row.put2(p[0], p[1]);
  put_tizero_direction(row, raw.left.direction[raw.active]);
  put_tizero_flags(row, raw.left, offside.left, raw.active);
  row.put2(raw.ball[0] - p[0], raw.ball[1] - p[1]);
  row.put(distance2(raw.ball, p));
}

/// A team seen from `p`: 22 relative coordinates, then the 11 distances.
AGON_HD inline void put_tizero_relative(RowWriter& row, const Team& team, const double p[2]) {
  for (int k = 0; k < kMaxPlayers; k++) row.put2(team.position[k][0] - p[0], team.position[k][1] - p[1]);
  for (int k = 0; k < kMaxPlayers; k++) row.put(distance2(team.position[k], p));
}

/// The owner's state (columns 134-144), zeros if nobody owns the ball.
AGON_HD inline void put_tizero_owner_state(RowWriter& row, const RawObservation& raw, const OffsideFlags& offside) {
  if (raw.ball_owned_team == kNoTeam) {
    for (int i = 0; i < 11; i++) row.put(0.0);
    return;
  }
  const bool left = raw.ball_owned_team == kLeftTeam;
  const Team& team = left ? raw.left : raw.right;
  const double* p = raw.left.position[raw.active];
  const double* owner = team.position[raw.ball_owned_player];
  row.put2(owner[0], owner[1]);
  put_tizero_direction(row, team.direction[raw.ball_owned_player]);
  row.put2(owner[0] - p[0], owner[1] - p[1]);
  row.put(distance2(owner, p));
  put_tizero_flags(row, team, left ? offside.left : offside.right, raw.ball_owned_player);
}

AGON_HD inline void put_tizero_ball(RowWriter& row, const RawObservation& raw, const OffsideFlags& offside) {
  for (int axis = 0; axis < 3; axis++) row.put(raw.ball[axis]);
  row.put2(raw.ball_direction[0] / 0.15, raw.ball_direction[1] / 0.07);
  row.put(raw.ball_direction[2] / 4.0);
  row.one_hot(raw.ball_owned_team + 1, 3);
  row.put2(raw.ball_rotation[0] / 0.0005, raw.ball_rotation[1] / 0.0004);
  row.put(raw.ball_rotation[2] / 0.015);
  const bool owned = raw.ball_owned_team != kNoTeam;
  row.one_hot(owned ? raw.ball_owned_team * kMaxPlayers + raw.ball_owned_player : 2 * kMaxPlayers, 2 * kMaxPlayers + 1);
  put_tizero_player(row, raw, offside);
  put_tizero_owner_state(row, raw, offside);
}

AGON_HD inline void put_tizero_team(RowWriter& row, const Team& team, const bool* offside) {
  for (int k = 0; k < kMaxPlayers; k++) row.put2(team.position[k][0], team.position[k][1]);
  for (int k = 0; k < kMaxPlayers; k++) put_tizero_direction(row, team.direction[k]);
  for (int k = 0; k < kMaxPlayers; k++) row.put(team.tired_factor[k]);
  for (int k = 0; k < kMaxPlayers; k++) row.put(team.yellow_card[k] != 0);
  for (int k = 0; k < kMaxPlayers; k++) row.put(team.active[k] == 0);
  for (int k = 0; k < kMaxPlayers; k++) row.put(offside[k]);
}

/// Encodes one observation into `out` [330].
/// Returns false, with the buffer untouched, unless it is eleven a side with a controlled player.
AGON_HD inline bool encode_tizero(const RawObservation& raw, float* out) {
  if (!eleven_a_side(raw)) return false;
  const OffsideFlags offside = offside_flags(raw);
  const double* p = raw.left.position[raw.active];
  RowWriter row{out};
  row.put(static_cast<double>(raw.active));
  for (int k = 0; k < kStickyActions; k++) row.put(raw.sticky_actions[k] != 0);
  put_tizero_player(row, raw, offside);
  put_tizero_relative(row, raw.left, p);
  put_tizero_relative(row, raw.right, p);
  put_tizero_ball(row, raw, offside);
  put_tizero_team(row, raw.left, offside.left);
  put_tizero_team(row, raw.right, offside.right);
  row.one_hot(raw.game_mode, kGameModes);
  row.put((raw.score[0] - raw.score[1]) / 5.0);
  row.put(raw.steps_left / kTizeroSteps);
  return true;
}

}  // namespace agon::football
