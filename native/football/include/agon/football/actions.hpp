#pragma once

#include "agon/football/host-device.hpp"

/// The action sets of the reference: "default" is 0..18, "v2" adds 19.
namespace agon::football {

inline constexpr int kIdle = 0;
inline constexpr int kLeft = 1;
inline constexpr int kTopLeft = 2;
inline constexpr int kTop = 3;
inline constexpr int kTopRight = 4;
inline constexpr int kRight = 5;
inline constexpr int kBottomRight = 6;
inline constexpr int kBottom = 7;
inline constexpr int kBottomLeft = 8;
inline constexpr int kLongPass = 9;
inline constexpr int kHighPass = 10;
inline constexpr int kShortPass = 11;
inline constexpr int kShot = 12;
inline constexpr int kSprint = 13;
inline constexpr int kReleaseDirection = 14;
inline constexpr int kReleaseSprint = 15;
inline constexpr int kSlide = 16;
inline constexpr int kDribble = 17;
inline constexpr int kReleaseDribble = 18;
inline constexpr int kBuiltinAi = 19;

inline constexpr int kDefaultActions = 19;
inline constexpr int kV2Actions = 20;

/// Names as the reference's action set has them, by id.
inline constexpr const char* kActionNames[kV2Actions] = {
    "idle",
    "left", "top_left", "top", "top_right",
    "right", "bottom_right", "bottom", "bottom_left",
    "long_pass", "high_pass", "short_pass", "shot",
    "sprint", "release_direction", "release_sprint",
    "sliding", "dribble", "release_dribble",
    "builtin_ai"};

AGON_HD inline bool is_direction(int action) { return action >= kLeft && action <= kBottomLeft; }

/// Buttons that are held for the one environment step in which they are sent: passes, shot and slide.
AGON_HD inline bool is_button(int action) {
  return (action >= kLongPass && action <= kShot) || action == kSlide;
}

/// Unit vector of direction action 1..8 in field axes (y grows towards the bottom); diagonals are normalised.
AGON_HD inline void unit_direction(int action, double out[2]) {
  constexpr double diagonal = 0.7071067811865475;  // 1 / sqrt(2) in float64
  const bool left = action == kLeft || action == kTopLeft || action == kBottomLeft;
  const bool right = action == kRight || action == kTopRight || action == kBottomRight;
  const bool top = action == kTop || action == kTopLeft || action == kTopRight;
  const bool bottom = action == kBottom || action == kBottomLeft || action == kBottomRight;
  const double length = (left || right) && (top || bottom) ? diagonal : 1.0;
  out[0] = left ? -length : right ? length : 0.0;
  out[1] = top ? -length : bottom ? length : 0.0;
}

}  // namespace agon::football
