#pragma once

#include "agon/football/game/kick.hpp"
#include "agon/football/game/prediction.hpp"
#include "agon/football/game/slide.hpp"
#include "agon/football/sticky-actions.hpp"

/// From an agent's action to a player's orders for one environment step.
namespace agon::football {

namespace detail {

/// The magnet draws the key player to a loose ball that is this near, metres: recorded players went their own way from
/// 8 m on, to a low ball from 5 to 8 m and to any ball from 3 m, wherever they steered; to an opponent's from 3 m too.
inline constexpr float kMagnetLow = 6.5f;
inline constexpr float kMagnetHigh = 3.0f;
inline constexpr float kMagnetLowHeight = 0.6f;
/// Steering straight at the ball he is drawn from anywhere, and runs there at full pace even when he was walking;
/// steering roughly at it from this near.
inline constexpr float kMagnetStraight = 0.9f;
inline constexpr float kMagnetRoughly = 0.64f;
inline constexpr float kMagnetRoughlyNear = 8.0f;

AGON_HD inline Vector2 sticky_direction(const GamePlayer& player) {
  for (int k = 0; k < 8; k++) {
    if (!player.sticky[k]) continue;
    double out[2];
    unit_direction(kLeft + k, out);
    return {float(out[0]), -float(out[1])};
  }
  return {};
}

/// A player beyond a line of the pitch loses the outward component.
AGON_HD inline Vector2 kept_inward(Vector2 direction, Vector2 position) {
  Vector2 d = direction;
  if ((position.x > kPitchHalfLength && d.x > 0) || (position.x < -kPitchHalfLength && d.x < 0)) d.x = 0;
  if ((position.y > kPitchHalfWidth && d.y > 0) || (position.y < -kPitchHalfWidth && d.y < 0)) d.y = 0;
  return d.x == direction.x && d.y == direction.y ? direction : unit(d);
}

AGON_HD inline bool drawn_to_ball(const GameState& game, int who, Vector2 direction) {
  const GamePlayer& player = player_of(game, who);
  const int team = team_of(who);
  if (!game.level.use_magnet || game.designated[team] != index_of(who) || game.mode != kModeNormal) return false;
  if (game.in_hands || (player.sticky[kStickySprint] && player.sticky[kStickyDribble])) return false;
  if (game.carrier != kNobody) return team_of(game.carrier) != team && ball_gap(game, player) < kMagnetHigh;
  const float reach = game.ball.position.z < kMagnetLowHeight ? kMagnetLow : kMagnetHigh;
  const float gap = ball_gap(game, player);
  if (game.receiver == who || gap < reach) return true;
  const float straight = dot(unit(player.meeting - player.body.position), direction);
  return straight > (gap < kMagnetRoughlyNear ? kMagnetRoughly : kMagnetStraight);
}

}  // namespace detail

/// Applies a v2 action (field axes, left team's view) of the player's controller.
AGON_HD inline void take_action(GameState& game, int who, int action) {
  GamePlayer& player = player_of(game, who);
  apply_sticky(player.sticky, action);
  player.builtin = !controller_enabled(action);
  if (player.builtin) return;
  const Vector2 held = detail::sticky_direction(player);
  player.orders = {};
  if (is_button(action) && action != kSlide) {
    KickOrder order;
    order.kind = std::int8_t(action);
    order.direction = held;
    order_kick(game, who, order);
  }
  const bool sprint = player.sticky[kStickySprint], dribble = player.sticky[kStickyDribble];
  const Vector2 direction = detail::kept_inward(held, player.body.position);
  player.orders.run = {direction, sprint ? kSprintSpeed : dribble ? kDribbleSpeed : kWalkSpeed};
  player.orders.knock_on = sprint && dribble;
  player.orders.chase = detail::drawn_to_ball(game, who, direction);
  player.orders.slide = action == kSlide;
}

}  // namespace agon::football
