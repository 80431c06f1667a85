#pragma once

#include "agon/football/vector.hpp"

/// The pitch and its two systems of units. The world is in metres, seconds and radians in the frame of vector.hpp;
/// observations are in field units, whose y grows towards the bottom of the picture and whose heights stay in metres.
namespace agon::football {

/// Physics step in seconds, and physics steps per environment step.
inline constexpr float kTick = 0.01f;
inline constexpr int kTicksPerStep = 10;

inline constexpr float kMetresPerFieldX = 54.4f;
inline constexpr float kMetresPerFieldY = 83.6f;
/// Scenario positions of players are scaled by these instead (the ball's by the two above).
inline constexpr float kMetresPerPlayerStartX = 55.0f;
inline constexpr float kMetresPerPlayerStartY = 84.96f;

inline constexpr float kPitchHalfLength = 55.0f;
inline constexpr float kPitchHalfWidth = 36.0f;
inline constexpr float kLineHalfWidth = 0.06f;
inline constexpr float kBallRadius = 0.11f;
/// The ball is out when its centre is further from the middle than these.
inline constexpr float kOutX = 55.17f;
inline constexpr float kOutY = 36.17f;

inline constexpr float kGoalHalfWidth = 3.7f;
inline constexpr float kGoalHeight = 2.5f;
inline constexpr float kGoalDepth = 2.55f;
inline constexpr float kPostRadius = 0.07f;

inline constexpr float kGravity = 9.81f;

/// A position as observations show it.
AGON_HD inline Vector3 to_field(Vector3 metres) {
  return {metres.x / kMetresPerFieldX, -metres.y / kMetresPerFieldY, metres.z};
}

AGON_HD inline Vector3 from_field(Vector3 field) {
  return {field.x * kMetresPerFieldX, -field.y * kMetresPerFieldY, field.z};
}

/// A velocity in m/s as the "direction" of observations: at the default rate the displacement per environment step.
AGON_HD inline Vector3 velocity_to_field(Vector3 v) {
  return to_field(v * (1.0f / float(kTicksPerStep)));
}

AGON_HD inline Vector3 velocity_from_field(Vector3 direction) { return from_field(direction) * float(kTicksPerStep); }

/// A spin in rad/s as `ball_rotation`. With reversed team processing the reference negates its x and y besides.
AGON_HD inline Vector3 spin_to_field(Vector3 w) { return {w.x / 544000.0f, -w.y / 836000.0f, w.z / 10000.0f}; }

AGON_HD inline Vector3 spin_from_field(Vector3 r) { return {r.x * 544000.0f, -r.y * 836000.0f, r.z * 10000.0f}; }

/// Start position of a player from a scenario, in the left team's frame.
AGON_HD inline Vector2 player_start(float x, float y) {
  return {x * kMetresPerPlayerStartX, -y * kMetresPerPlayerStartY};
}

/// Start position of the ball from a scenario; it rests on the grass.
AGON_HD inline Vector3 ball_start(float x, float y) {
  return {x * kMetresPerFieldX, -y * kMetresPerFieldY, kBallRadius};
}

}  // namespace agon::football
