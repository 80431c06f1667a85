#pragma once

#include <cstdint>

#include "agon/football/actions.hpp"
#include "agon/football/distance.hpp"
#include "agon/football/raw-observation.hpp"

/// TiZero's action mask as its release computes it, oddities included. A mask is held as bits: bit k allows action k.
namespace agon::football {

inline constexpr int kTizeroMaskWidth = 20;

AGON_HD constexpr std::uint32_t action_bit(int action) { return std::uint32_t{1} << action; }

AGON_HD constexpr std::uint32_t direction_bits(int first, int last) {
  return first > last ? 0u : action_bit(first) | direction_bits(first + 1, last);
}

inline constexpr std::uint32_t kKickBits =
    action_bit(kLongPass) | action_bit(kHighPass) | action_bit(kShortPass) | action_bit(kShot);

/// Replaces the whole mask: the flag is first brought to what is wanted, then only the targets are left.
AGON_HD inline std::uint32_t forced_mask(std::uint32_t targets, bool want_sprint, bool sprinting) {
  if (want_sprint == sprinting) return targets;
  return action_bit(want_sprint ? kSprint : kReleaseSprint);
}

/// The direction action whose unit vector has the largest dot product with ball - player, the first of equals.
AGON_HD inline int direction_to_ball(const RawObservation& raw) {
  const double* p = raw.left.position[raw.active];
  int best = kLeft;
  double largest = 0.0;
  for (int action = kLeft; action <= kBottomLeft; action++) {
    double unit[2];
    unit_direction(action, unit);
    const double dot = unit[0] * (raw.ball[0] - p[0]) + unit[1] * (raw.ball[1] - p[1]);
    if (action != kLeft && !(dot > largest)) continue;
    best = action;
    largest = dot;
  }
  return best;
}

/// True if the player is the one to take the running restart; always false in open play.
AGON_HD inline bool takes_restart(const RawObservation& raw) {
  if (raw.game_mode == kModeNormal) return false;
  if (raw.game_mode == kModePenalty) return raw.ball[0] > 0.0 && raw.left.position[raw.active][0] > 0.7;
  const int own = nearest_player(raw.left, raw.ball, -1);
  const int other = nearest_player(raw.right, raw.ball, -1);
  if (own != raw.active) return false;
  return distance2(raw.left.position[own], raw.ball) < distance2(raw.right.position[other], raw.ball);
}

/// True if the player is ahead of the ball with nobody of his to come after him: fewer than two outfield team-mates
/// further back.
AGON_HD inline bool must_run_back(const RawObservation& raw) {
  const double x = raw.left.position[raw.active][0];
  if (raw.game_mode != kModeNormal || raw.ball_owned_team == kLeftTeam || !(x > raw.ball[0] + 0.05)) return false;
  int behind = 0;
  for (int k = 1; k < raw.left.players; k++) behind += raw.left.position[k][0] < x ? 1 : 0;
  return behind < 2;
}

/// The direction away from a near edge, 0 if there is none. The last test reads x where one would expect y: the
/// release does so, and the weights live with it (a carrier with x <= -0.37 is sent to the bottom).
AGON_HD inline int inward_direction(const RawObservation& raw) {
  const double x = raw.left.position[raw.active][0];
  const double y = raw.left.position[raw.active][1];
  const bool hold = raw.ball_owned_team == kLeftTeam && raw.ball_owned_player == raw.active;
  if (x <= -0.97 || (hold && x <= -0.95)) return kRight;
  if (x >= 0.97 || (hold && x >= 0.95)) return kLeft;
  if (y >= 0.39 || (hold && y >= 0.37)) return kTop;
  if (y <= -0.39 || (hold && x <= -0.37)) return kBottom;
  return 0;
}

/// Actions that the state of the game forbids, the last step of the mask.
AGON_HD inline std::uint32_t forbidden_by_mode(const RawObservation& raw, bool taker) {
  const std::uint32_t slide = action_bit(kSlide);
  const std::uint32_t dribble = action_bit(kDribble);
  if (raw.game_mode == kModeNormal) {
    const bool own = raw.ball_owned_team == kLeftTeam;
    const bool far = distance2(raw.ball, raw.left.position[raw.active]) >= 0.05;
    return (own ? slide : dribble) | (far ? kKickBits | slide | dribble : 0u);
  }
  if (!taker) return kKickBits | slide | dribble | action_bit(kReleaseDribble);
  const std::uint32_t taking = action_bit(kSprint) | action_bit(kReleaseSprint) | slide | dribble |
                               action_bit(kReleaseDribble);
  const std::uint32_t passes = kKickBits & ~action_bit(kShot);
  return raw.game_mode == kModePenalty ? taking | passes : taking;
}

/// The allowed actions as bits. The observation must be eleven a side (see eleven_a_side).
AGON_HD inline std::uint32_t tizero_mask_bits(const RawObservation& raw) {
  const double* p = raw.left.position[raw.active];
  const bool sprinting = raw.sticky_actions[kStickySprint] != 0;
  const bool dribbling = raw.sticky_actions[kStickyDribble] != 0;
  const bool taker = takes_restart(raw);
  // Idle and release direction are never allowed.
  std::uint32_t mask = direction_bits(kLeft, kReleaseDribble) & ~action_bit(kReleaseDirection);
  if (must_run_back(raw)) {
    mask = forced_mask(action_bit(kLeft) | action_bit(kTopLeft) | action_bit(kBottomLeft), true, sprinting);
  }
  if (fabs(raw.ball[0] - p[0]) > 0.75 || fabs(raw.ball[1] - p[1]) > 0.5) {
    mask = forced_mask(action_bit(direction_to_ball(raw)), true, sprinting);
  }
  const int inward = inward_direction(raw);
  if (inward != 0 && !taker) mask = forced_mask(action_bit(inward), false, sprinting);
  mask &= ~action_bit(sprinting ? kSprint : kReleaseSprint);
  mask &= ~action_bit(dribbling ? kDribble : kReleaseDribble);
  if (p[0] < 0.4 || fabs(p[1]) > 0.3) mask &= ~action_bit(kShot);
  mask &= ~forbidden_by_mode(raw, taker);
  // The release asserts that this cannot happen; a level from elsewhere may still bring it about.
  return mask != 0 ? mask : action_bit(direction_to_ball(raw));
}

/// Writes the mask into `out` [20]: 1 allowed, 0 forbidden; the last column (built-in AI) is always 0.
/// Returns false, with the buffer untouched, unless the observation is eleven a side with a controlled player.
AGON_HD inline bool tizero_mask(const RawObservation& raw, float* out) {
  if (!eleven_a_side(raw)) return false;
  const std::uint32_t mask = tizero_mask_bits(raw);
  for (int action = 0; action < kTizeroMaskWidth; action++) out[action] = (mask >> action & 1u) != 0 ? 1.0f : 0.0f;
  return true;
}

/// The action that TiZero sends for its choice: dribble while sprinting becomes release sprint.
AGON_HD inline int tizero_sent_action(int chosen, bool sprinting) {
  return chosen == kDribble && sprinting ? kReleaseSprint : chosen;
}

}  // namespace agon::football
