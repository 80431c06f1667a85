#pragma once

#include "agon/football/spin.hpp"
#include "agon/football/world.hpp"

/// Flight, bounce and roll of the free ball: one call is one physics step of 10 ms.
namespace agon::football {

struct Ball {
  Vector3 position = {0, 0, kBallRadius};  // of the centre, metres
  Vector3 velocity;                        // m/s
  /// rad/s, as observations show it; a forward roll along v is (−vy, vx, 0) / radius.
  Vector3 spin;
};

namespace detail {

/// Ball centres below this height feel the grass (rolling friction, spin coupling).
inline constexpr float kGrassReach = 0.135f;
inline constexpr float kGrassDepth = 0.025f;

/// Air drag: s becomes s − 0.015 s² h.
AGON_HD inline void drag(Ball& ball) {
  const float speed = length(ball.velocity);
  ball.velocity = ball.velocity * (1.0f - 0.015f * speed * kTick);
}

/// How much grass touches the ball, 0 … 1, at a height of its centre.
AGON_HD inline float grass_factor(float z) {
  const float share = clamped(1.0f - (z - kBallRadius) / kGrassDepth, 0.0f, 1.0f);
  return share == 1.0f ? 1.0f : power(share, 0.7f);
}

/// Lifts a sunken ball to the surface and turns its fall; the impact, 0 … 1, is how hard it came down.
AGON_HD inline float bounce(Ball& ball) {
  if (ball.position.z >= kBallRadius) return 0;
  ball.position.z = kBallRadius;
  const float fall = -ball.velocity.z;
  if (fall <= 0) return 0;
  ball.velocity.z = larger(0.62f * fall - 0.06f, 0.0f);
  return clamped((fall - 0.5f) / 12.0f, 0.0f, 1.0f);
}

AGON_HD inline void roll(Ball& ball, float grass) {
  const float speed = length(Vector2{ball.velocity.x, ball.velocity.y});
  if (speed <= 0) return;
  const float slower = larger(speed - grass * (0.04f * speed * speed + 1.6f) * kTick, 0.0f);
  ball.velocity.x *= slower / speed;
  ball.velocity.y *= slower / speed;
}

/// Spin moves towards rolling, and velocity towards what the spin had asked for.
AGON_HD inline void couple_spin(Ball& ball, float grass, float impact) {
  const Vector3 before = ball.spin;
  const Vector3 rolling = {-ball.velocity.y / kBallRadius, ball.velocity.x / kBallRadius, 0};
  ball.spin = spin_towards(before, rolling, kPi * grass + (impact > 0 ? 4.0f * kPi : 0.0f));
  const float share = clamped(0.01f * grass + 0.5f * impact, 0.0f, 1.0f);
  ball.velocity.x = (1.0f - share) * ball.velocity.x + kBallRadius * share * before.y;
  ball.velocity.y = (1.0f - share) * ball.velocity.y - kBallRadius * share * before.x;
}

/// Magnus force, strongest near 37 m/s.
AGON_HD inline void swerve(Ball& ball) {
  const float speed = length(ball.velocity);
  if (speed <= 0 || dot(ball.spin, ball.spin) <= 0) return;
  const float strength = power(sine(0.94f * kPi * clamped(speed / 70.0f, 0.0f, 1.0f)), 2.6f);
  const Vector3 pull = cross(ball.velocity * (1.0f / speed), ball.spin * -0.01f);
  ball.velocity = ball.velocity + pull * (30.0f * strength * kTick);
}

}  // namespace detail

/// One step of the free ball without woodwork, as predictions of its path use it.
AGON_HD inline void fly(Ball& ball) {
  ball.velocity.z -= kGravity * kTick;
  detail::drag(ball);
  const bool near_ground = ball.position.z < detail::kGrassReach;
  const float grass = near_ground ? detail::grass_factor(ball.position.z) : 0.0f;
  const float impact = detail::bounce(ball);
  if (near_ground) {
    detail::roll(ball, grass);
    detail::couple_spin(ball, grass, impact);
  }
  detail::swerve(ball);
  ball.position = ball.position + ball.velocity * kTick;
}

/// A touch or kick: the ball leaves with this velocity and spin, from the surface of the grass at least.
AGON_HD inline void strike(Ball& ball, Vector3 velocity, Vector3 spin) {
  ball.position.z = larger(ball.position.z, kBallRadius);
  ball.velocity = velocity;
  ball.spin = spin;
}

}  // namespace agon::football
