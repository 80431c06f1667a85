#pragma once

#include "agon/football/ball.hpp"
#include "agon/football/player.hpp"

/// Running with the ball: once a stride, when the ball is within reach, it is knocked ahead so that the runner meets
/// it again at a comfortable distance. Speeds, distances, lift and spin of the touches are those of recorded runs.
/// Who has the ball is not decided here: the caller carries for the player in possession and moves everyone else.
namespace agon::football {

namespace detail {

/// How touches of one pace go.
struct Gait {
  float reach;    // a ball further away than this is chased, not touched; metres
  float gap;      // wanted distance to the ball at the next touch, metres
  float seconds;  // to the next touch
  float loss;     // what grass and air take from the ball until its half-way, m/s
  float keeps;    // share of the runner's speed after a touch
};

AGON_HD inline Gait gait_of(float speed) {
  if (speed > kWalkSpeed) return {0.92f, 0.74f, 0.75f, 1.12f, 0.947f};
  if (speed > kDribbleCarrySpeed) return {0.62f, 0.48f, 0.25f, 0.31f, 1.0f};
  return {0.70f, 0.53f, 0.36f, 0.44f, 1.0f};
}

/// The ball is touched in this tick of a stride.
inline constexpr int kTouchTick = 9;
/// Balls above this height are not for the feet, metres.
inline constexpr float kTouchHeight = 0.6f;
/// A touch lifts the ball by this share of its speed, keeps this share of its spin, and adds this forward spin
/// (rad/s per m/s).
inline constexpr float kTouchLift = 0.118f;
inline constexpr float kTouchSpinKept = 0.41f;
inline constexpr float kTouchTopspin = 1.65f;
/// A touch gives no more than this times the pace, plus 1 m/s.
inline constexpr float kTouchMost = 1.3f;
/// The runner gains about this much until the next touch, m/s.
inline constexpr float kTouchGain = 2.0f;

/// A sprinter with the ball turns by 22.5 degrees a touch when asked for 22.5 to 126 degrees.
AGON_HD inline Vector2 turn_with_ball(Vector2 motion, Vector2 wanted) {
  const float cosine_asked = dot(motion, wanted);
  if (cosine_asked >= 0.92387953f || cosine_asked < -0.58778525f) return wanted;
  const float side = motion.x * wanted.y - motion.y * wanted.x < 0 ? -0.38268343f : 0.38268343f;
  return {motion.x * 0.92387953f - motion.y * side, motion.x * side + motion.y * 0.92387953f};
}

/// What the next stride of a carrier follows: the wish when the ball will be at his feet, else the way to the ball.
AGON_HD inline Command carrying_stride(const Player& player, const Ball& ball, Command wish, float reach) {
  const Vector2 soon = {ball.position.x + ball.velocity.x * float(kTouchTick) * kTick,
                        ball.position.y + ball.velocity.y * float(kTouchTick) * kTick};
  const Vector2 there = soon - (player.position + player.velocity * (float(kTouchTick) * kTick));
  if (length(there) <= reach) {
    const float speed = length(player.velocity);
    if (wish.speed > kWalkSpeed && speed > kWalkSpeed && dot(wish.direction, wish.direction) > 0)
      wish.direction = turn_with_ball(player.velocity * (1.0f / speed), wish.direction);
    return wish;
  }
  const Vector2 way = {ball.position.x - player.position.x, ball.position.y - player.position.y};
  const float distance = length(way);
  if (distance <= 0) return wish;
  const bool released = dot(wish.direction, wish.direction) <= 0;
  return {way * (1.0f / distance), released ? larger(length(player.velocity), kDribbleSpeed) : wish.speed};
}

/// Knocks the ball to where the runner wants it at the next touch.
AGON_HD inline void knock(Player& player, Ball& ball, const Gait& gait) {
  const bool released = dot(player.stride.direction, player.stride.direction) <= 0;
  const bool stopping = player.stride.speed <= 0;
  const Vector2 way = released ? player.facing : player.stride.direction;
  const float now = length(player.velocity);
  const float pace = stopping ? now : smaller(player.stride.speed, now + kTouchGain);
  const Vector2 run = stopping ? player.velocity * 0.25f : (player.velocity + way * pace) * 0.5f;
  const Vector2 meeting = player.position + run * gait.seconds + way * gait.gap;
  Vector2 velocity = {(meeting.x - ball.position.x) / gait.seconds, (meeting.y - ball.position.y) / gait.seconds};
  if (!stopping) velocity = velocity + way * gait.loss;
  const float speed = length(velocity);
  const float most = kTouchMost * pace + 1.0f;
  if (speed > most) velocity = velocity * (most / speed);

  const Vector3 struck = {velocity.x, velocity.y, kTouchLift * smaller(speed, most)};
  const Vector3 topspin = {-velocity.y * kTouchTopspin, velocity.x * kTouchTopspin, 0};
  strike(ball, struck, ball.spin * kTouchSpinKept + topspin);
  player.velocity = player.velocity * gait.keeps;
  player.reach *= gait.keeps;
}

}  // namespace detail

/// One physics step of the player who carries the ball: `move` with the ball at his feet. True when he touched it;
/// the ball's own step (`fly`) is the caller's.
AGON_HD inline bool carry(Player& player, Ball& ball, const Command& command, const Build& build) {
  Command wish = command;
  if (wish.speed == kDribbleSpeed) wish.speed = kDribbleCarrySpeed;
  const float reach = detail::gait_of(wish.speed).reach;
  if (player.ticks_left <= 0) wish = detail::carrying_stride(player, ball, wish, reach);
  move(player, wish, build);
  if (player.stride_length - player.ticks_left != detail::kTouchTick || ball.position.z > detail::kTouchHeight)
    return false;
  const Vector2 gap = {ball.position.x - player.position.x, ball.position.y - player.position.y};
  if (length(gap) > reach) return false;
  detail::knock(player, ball, detail::gait_of(player.stride.speed));
  return true;
}

}  // namespace agon::football
