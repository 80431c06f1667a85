#pragma once

#include "agon/football/tiredness.hpp"
#include "agon/football/world.hpp"

/// How a player moves: decisions once a stride, then simple limits on speed and acceleration. The reference moves its
/// players by captured motion clips; this model has the clips' rhythm and the limits measured on its traces.
namespace agon::football {

inline constexpr float kWalkSpeed = 5.0f;
inline constexpr float kSprintSpeed = 8.0f;  // before the player's top speed
inline constexpr float kDribbleSpeed = 3.5f;
/// With the ball the dribble flag means a little more.
inline constexpr float kDribbleCarrySpeed = 3.95f;

/// What the controller asks for: a direction (unit, or null when released) and a speed in m/s.
struct Command {
  Vector2 direction;
  float speed = 0;
};

/// Ticks of a stride: a command waits until the running stride ends. Strides under the dribble flag are longer.
inline constexpr int kStrideTicks = 25;
inline constexpr int kDribbleStrideTicks = 36;
/// The first stride after a restart, standing.
inline constexpr int kFirstStrideTicks = 18;

struct Player {
  Vector2 position;  // metres
  Vector2 velocity;  // m/s
  Vector2 facing = {1, 0};
  Command stride;         // what the running stride follows
  float reach = 0;        // speed along the stride's direction that acceleration allows so far, m/s
  float tired = 0;
  std::int16_t stride_length = kFirstStrideTicks;  // of the running stride, ticks
  std::int16_t ticks_left = kFirstStrideTicks;
  std::uint8_t turning_about = 0;  // slowing down in an arc before the way back
  std::uint8_t unused[3] = {};     // no padding: see GameState
};

/// The limits of one player.
struct Build {
  float top_speed = 8;  // m/s
  float stamina = 0.7f;
};

namespace detail {

/// A sprinter faster than this who wants to go back (more than 157.5 degrees) runs out in an arc: each stride keeps
/// this share of the speed, down to the speed at which he can turn.
inline constexpr float kArcSpeed = 5.5f;
inline constexpr float kArcCosine = -0.92387953f;
inline constexpr float kArcKeeps = 0.42f;
inline constexpr float kArcEnds = 1.5f;
inline constexpr int kArcTicks = 32;
/// Beyond this cosine between motion and wish (107.5 degrees) a player faster than this stops first.
inline constexpr float kStopCosine = -0.3f;
inline constexpr float kStopSpeed = 2.5f;
/// Slower than this the player turns on the spot.
inline constexpr float kStandingSpeed = 0.3f;

/// Fastest change of velocity by braking and turning at a speed, m/s².
AGON_HD inline float braking(float speed) { return larger(35.5f - 0.32f * speed * speed, 8.0f); }

/// Acceleration straight ahead at a speed, m/s²: push-off, strides up to walking speed, then towards the top speed.
AGON_HD inline float acceleration(float speed, float top_speed) {
  if (speed < 1.75f) return 35.5f;
  if (speed < kWalkSpeed) return 8.0f;
  return clamped(2.4f * (top_speed - speed), 0.0f, 4.0f);
}

AGON_HD inline void begin_stride(Player& player, Command command, float top_speed) {
  const float speed = length(player.velocity);
  const bool released = dot(command.direction, command.direction) <= 0;
  command.speed = released ? 0.0f : smaller(command.speed, top_speed);
  const bool dribbling = command.speed <= kDribbleCarrySpeed && command.speed > 0 && speed > 3.0f;
  player.stride_length = dribbling ? kDribbleStrideTicks : kStrideTicks;

  const float along = dot(player.velocity, command.direction);
  const bool back = along < kArcCosine * speed;
  player.turning_about = back && speed > (player.turning_about ? kArcEnds : kArcSpeed);
  if (player.turning_about) {
    command = {player.velocity * (1.0f / speed), kArcKeeps * speed};
    player.stride_length = kArcTicks;
  } else if (speed > kStopSpeed && along < kStopCosine * speed) {
    command.speed = 0;
  }
  player.ticks_left = player.stride_length;
  player.stride = command;
  player.reach = larger(dot(player.velocity, command.direction), 0.0f);
}

}  // namespace detail

/// One physics step of 10 ms. `command` is taken up when a stride ends.
AGON_HD inline void move(Player& player, const Command& command, const Build& build) {
  if (player.ticks_left <= 0) detail::begin_stride(player, command, build.top_speed);
  player.ticks_left--;

  const float wanted = player.stride.speed;
  player.reach = smaller(player.reach + detail::acceleration(player.reach, build.top_speed) * kTick, wanted);
  const Vector2 gap = player.stride.direction * player.reach - player.velocity;
  const float distance = length(gap);
  const float most = detail::braking(length(player.velocity)) * kTick;
  player.velocity = distance <= most ? player.velocity + gap : player.velocity + gap * (most / distance);

  const float speed = length(player.velocity);
  if (speed > detail::kStandingSpeed) player.facing = player.velocity * (1.0f / speed);
  player.position = player.position + player.velocity * kTick;
  player.tired = tire(player.tired, build.stamina, speed * kTick);
}

}  // namespace agon::football
