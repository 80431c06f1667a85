#pragma once

#include "agon/football/ball.hpp"

/// Posts and bars of both goals, and the step of the real ball.
namespace agon::football {

namespace detail {

/// Distance between axes at which ball and wood touch.
inline constexpr float kWoodReach = kBallRadius + kPostRadius;
inline constexpr float kWoodKeep = 0.8f;
inline constexpr float kWoodNormal = 1.1f;

/// The hit on a cylinder seen along its axis. `offset` points from the axis to the ball's centre, `velocity` is the
/// part across the axis; both come back changed. False when there is no touch.
AGON_HD inline bool rebound(Vector2& offset, Vector2& velocity) {
  const float distance = length(offset);
  if (distance >= kWoodReach || distance <= 0) return false;
  const Vector2 normal = offset * (1.0f / distance);
  offset = normal * kWoodReach;
  const float speed = length(velocity);
  if (speed <= 0) return true;
  const Vector2 way = velocity * (1.0f / speed) + normal * kWoodNormal;
  const float size = length(way);
  if (size > 0) velocity = way * (kWoodKeep * speed / size);
  return true;
}

}  // namespace detail

/// Puts a ball that touches a post or a bar on its surface and turns its velocity; true when it touched.
AGON_HD inline bool hit_woodwork(Ball& ball) {
  const float goal_x = ball.position.x < 0 ? -kPitchHalfLength : kPitchHalfLength;
  const float dx = ball.position.x - goal_x;
  if (dx >= detail::kWoodReach || dx <= -detail::kWoodReach) return false;
  bool touched = false;

  const float post_y = ball.position.y < 0 ? -kGoalHalfWidth : kGoalHalfWidth;
  if (ball.position.z < kGoalHeight) {
    Vector2 offset = {dx, ball.position.y - post_y};
    Vector2 velocity = {ball.velocity.x, ball.velocity.y};
    if (detail::rebound(offset, velocity)) {
      touched = true;
      ball.position = {goal_x + offset.x, post_y + offset.y, ball.position.z};
      ball.velocity = {velocity.x, velocity.y, ball.velocity.z};
    }
  }
  if (ball.position.y < kGoalHalfWidth && ball.position.y > -kGoalHalfWidth) {
    Vector2 offset = {ball.position.x - goal_x, ball.position.z - kGoalHeight};
    Vector2 velocity = {ball.velocity.x, ball.velocity.z};
    if (detail::rebound(offset, velocity)) {
      touched = true;
      ball.position = {goal_x + offset.x, ball.position.y, kGoalHeight + offset.y};
      ball.velocity = {velocity.x, ball.velocity.y, velocity.y};
    }
  }
  return touched;
}

/// One physics step of the real ball. A ball that flew into the wood is seen there for one step, then turned: the
/// order of the recorded hits.
AGON_HD inline void step_ball(Ball& ball) {
  hit_woodwork(ball);
  fly(ball);
}

}  // namespace agon::football
