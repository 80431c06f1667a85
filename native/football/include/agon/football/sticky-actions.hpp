#pragma once

#include <cstdint>

#include "agon/football/actions.hpp"
#include "agon/football/raw-observation.hpp"

/// What an action leaves behind in the controller, and the actions that the environment forces at held restarts.
namespace agon::football {

/// Applies one v2 action to the ten sticky bits in place. Directions exclude one another, sprint and dribble are
/// independent flags; idle and the buttons change nothing; 19 hands the player over and clears everything.
/// Returns false, with the bits untouched, for an id outside the set.
AGON_HD inline bool apply_sticky(std::uint8_t sticky[kStickyActions], int action) {
  if (action < kIdle || action > kBuiltinAi) return false;
  if (is_direction(action) || action == kReleaseDirection || action == kBuiltinAi) {
    for (int k = 0; k < 8; k++) sticky[k] = 0;
  }
  if (is_direction(action)) sticky[action - kLeft] = 1;
  if (action == kSprint) sticky[kStickySprint] = 1;
  if (action == kReleaseSprint || action == kBuiltinAi) sticky[kStickySprint] = 0;
  if (action == kDribble) sticky[kStickyDribble] = 1;
  if (action == kReleaseDribble || action == kBuiltinAi) sticky[kStickyDribble] = 0;
  return true;
}

/// True while the player is moved by its agent; action 19 gives it to the built-in AI, any other one takes it back.
AGON_HD inline bool controller_enabled(int action) { return action != kBuiltinAi; }

/// A restart is forced once the game has been out of mode 0 for this many observations in a row.
inline constexpr int kHeldRestartSteps = 20;
/// Up to this many the owner walks towards the other goal, afterwards back.
inline constexpr int kHeldRestartTurn = 30;

/// The action that the environment carries out instead of `action` when a restart is held too long: one short pass by
/// everybody, then idle, while an agent whose player owns the ball is walked forth and back. `waited` counts the
/// observations in a row with a game mode other than 0, the present one included. In the agent's own view.
AGON_HD inline int held_restart_action(int action, int waited, bool owns_ball) {
  if (waited < kHeldRestartSteps) return action;
  if (waited == kHeldRestartSteps) return kShortPass;
  if (!owns_ball) return kIdle;
  return waited <= kHeldRestartTurn ? kRight : kLeft;
}

}  // namespace agon::football
