#pragma once

#include <cstdint>

#include "agon/football/actions.hpp"
#include "agon/football/distance.hpp"
#include "agon/football/raw-observation.hpp"
#include "agon/football/row-writer.hpp"
#include "agon/football/tizero-mask.hpp"

/// The encoder of the GRF_MARL policies (beat_bot, defensive_passer, group_pressure): 217 numbers from one
/// eleven-a-side observation, of which the first 19 are the action mask. Computed in float64, cast at the end.
namespace agon::football {

inline constexpr int kGrfMarlWidth = 217;
inline constexpr int kGrfMarlMaskWidth = kDefaultActions;

/// Beyond this distance from the ball a player counts as away from it.
inline constexpr double kGrfMarlNear = 0.03;

/// The zone of the pitch in which the ball is, first match: own box, own half, middle, other box, other half, else.
AGON_HD inline int grf_marl_zone(double x, double y) {
  const bool box = fabs(y) < 0.27;
  const bool pitch = fabs(y) < 0.42;
  if (x >= -1.0 && x < -0.64 && box) return 0;
  if (x >= -1.0 && x < -0.2 && pitch) return 1;
  if (x >= -0.2 && x <= 0.2 && pitch) return 2;
  if (x > 0.64 && x <= 1.0 && box) return 3;
  if (x > 0.2 && x <= 1.0 && pitch) return 4;
  return 5;
}

/// Kicks, dribble and slide that possession and the distance from the ball rule out.
AGON_HD inline std::uint32_t grf_marl_forbidden_by_ball(const RawObservation& raw, bool far) {
  const std::uint32_t kicks = kKickBits | action_bit(kDribble);
  const std::uint32_t slide = action_bit(kSlide);
  if (raw.ball_owned_team == kRightTeam) return kicks | (far ? slide : 0u);
  if (raw.ball_owned_team == kNoTeam && far && raw.game_mode == kModeNormal) return kicks | slide;
  return slide | (far ? kicks : 0u);
}

/// The allowed actions as bits, 0..18. The observation must be eleven a side (see eleven_a_side).
AGON_HD inline std::uint32_t grf_marl_mask_bits(const RawObservation& raw) {
  const double x = raw.ball[0];
  if ((raw.game_mode == kModeGoalKick && x < -0.7) || (raw.game_mode == kModeCorner && x > 0.9)) {
    return action_bit(kIdle) | action_bit(kLongPass) | action_bit(kHighPass) | action_bit(kShortPass);
  }
  if (raw.game_mode == kModePenalty && x > 0.6) return action_bit(kIdle) | action_bit(kShot);
  const bool far = distance2(raw.ball, raw.left.position[raw.active]) > kGrfMarlNear;
  std::uint32_t mask = direction_bits(kIdle, kReleaseDribble) & ~grf_marl_forbidden_by_ball(raw, far);
  if (!raw.sticky_actions[kStickySprint]) mask &= ~action_bit(kReleaseSprint);
  mask &= ~action_bit(raw.sticky_actions[kStickyDribble] ? kSlide : kReleaseDribble);
  bool directed = false;
  for (int k = 0; k < 8; k++) directed = directed || raw.sticky_actions[k] != 0;
  if (!directed) mask &= ~action_bit(kReleaseDirection);
  const bool in_box = x >= 0.64 && fabs(raw.ball[1]) <= 0.27;
  if (!in_box) mask &= ~action_bit(kShot);
  if (in_box && x <= 1.0) mask &= ~(action_bit(kLongPass) | action_bit(kHighPass));
  return mask;
}

/// The seven numbers of another player: position, direction, speed, distance to `p`, tiredness.
AGON_HD inline void put_grf_marl_player(RowWriter& row, const Team& team, int k, const double p[2]) {
  const double* direction = team.direction[k];
  row.put2(team.position[k][0] * 2.0, team.position[k][1] * 2.0);
  row.put2(direction[0] * 100.0, direction[1] * 100.0);
  row.put(length2(direction[0], direction[1]) * 100.0);
  row.put(distance2(team.position[k], p) * 2.0);
  row.put(team.tired_factor[k]);
}

/// Columns 19-36: the ball, its zone, its way to the player, its speed and who has it.
AGON_HD inline void put_grf_marl_ball(RowWriter& row, const RawObservation& raw, const double p[2]) {
  for (int axis = 0; axis < 3; axis++) row.put(raw.ball[axis]);
  row.one_hot(grf_marl_zone(raw.ball[0], raw.ball[1]), 6);
  row.put2(raw.ball[0] - p[0], raw.ball[1] - p[1]);
  for (int axis = 0; axis < 3; axis++) row.put(raw.ball_direction[axis] * 20.0);
  row.put(length2(raw.ball_direction[0], raw.ball_direction[1]) * 20.0);
  row.put(distance2(raw.ball, p));
  row.put(raw.ball_owned_team != kNoTeam);
  row.put(raw.ball_owned_team == kLeftTeam);
}

/// Columns 114-132: the controlled player.
AGON_HD inline void put_grf_marl_self(RowWriter& row, const RawObservation& raw, const double p[2]) {
  const double* direction = raw.left.direction[raw.active];
  row.put2(p[0], p[1]);
  row.put2(direction[0] * 100.0, direction[1] * 100.0);
  row.put(length2(direction[0], direction[1]) * 100.0);
  row.one_hot(raw.left.roles[raw.active], kRoles);
  row.put(distance2(raw.ball, p) > kGrfMarlNear);
  row.put(raw.left.tired_factor[raw.active]);
  row.put(raw.sticky_actions[kStickyDribble] != 0);
  row.put(raw.sticky_actions[kStickySprint] != 0);
}

/// Encodes one observation into `out` [217], mask first.
/// Returns false, with the buffer untouched, unless it is eleven a side with a controlled player.
AGON_HD inline bool encode_grf_marl(const RawObservation& raw, float* out) {
  if (!eleven_a_side(raw)) return false;
  const double* p = raw.left.position[raw.active];
  RowWriter row{out};
  const std::uint32_t mask = grf_marl_mask_bits(raw);
  for (int action = 0; action < kGrfMarlMaskWidth; action++) row.put((mask >> action & 1u) != 0);
  put_grf_marl_ball(row, raw, p);
  put_grf_marl_player(row, raw.left, nearest_player(raw.left, p, raw.active), p);
  for (int k = 0; k < kMaxPlayers; k++) {
    if (k != raw.active) put_grf_marl_player(row, raw.left, k, p);
  }
  put_grf_marl_self(row, raw, p);
  put_grf_marl_player(row, raw.right, nearest_player(raw.right, p, -1), p);
  for (int k = 0; k < kMaxPlayers; k++) put_grf_marl_player(row, raw.right, k, p);
  return true;
}

}  // namespace agon::football
