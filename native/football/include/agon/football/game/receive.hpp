#pragma once

#include "agon/football/game/kick.hpp"

/// Meeting a ball that nobody has: trapping it, heading it down, or letting it past.
namespace agon::football {

namespace detail {

inline constexpr float kTrapReach = 0.75f;
inline constexpr float kTrapHeight = 1.9f;
/// A ball that was missed is still touched this often.
inline constexpr float kDeflects = 0.3f;

/// Chance to trap a ball at this speed relative to the player.
AGON_HD inline float trap_chance(const GameState& game, int who, float speed) {
  const GamePlayer& player = player_of(game, who);
  const float control = player.skill * attributes_of(index_of(who)).ball_control;
  const bool expected = game.receiver == who || game.last_touch == who || game.last_touch == kNobody;
  const float height = clamped(game.ball.position.z - 0.6f, 0.0f, 1.3f);
  const float base = expected ? 1.75f - 0.032f * speed : 1.58f - 0.058f * speed;
  return clamped(base + 0.25f * (control - 0.75f) - 0.25f * height, 0.08f, 1.0f);
}

/// Takes the pace out of the ball and leads it the way the player goes.
AGON_HD inline void cushion(GameState& game, RandomStream& stream, const GamePlayer& player, float speed) {
  const Vector2 ahead = player.body.facing * 0.6f;
  const float rest = 0.05f * speed;
  const float along_x = draw_normal(stream), along_y = draw_normal(stream);
  const Vector2 run = player.body.velocity * 0.95f + ahead + Vector2{along_x, along_y} * (0.3f * rest);
  const float drop = clamped(game.ball.velocity.z * 0.2f, -1.0f, 1.0f);
  strike(game.ball, {run.x, run.y, drop}, game.ball.spin * 0.2f);
}

AGON_HD inline void deflect(GameState& game, RandomStream& stream, const GamePlayer& player) {
  const float turn = draw_normal(stream) * 0.7f;
  const float keeps = 0.35f + 0.3f * draw_uniform(stream);
  const Vector2 out = turned(flat(game.ball.velocity), turn) * keeps + player.body.velocity * 0.2f;
  const float lift = draw_uniform(stream) * 2.5f;
  strike(game.ball, {out.x, out.y, lift}, game.ball.spin * 0.3f);
}

AGON_HD inline bool can_touch(const GamePlayer& player) {
  return player.active && player.touch_wait == 0 && player.activity == Activity::kFree && !player.missed;
}

/// One player and a free ball. True when he touched it.
AGON_HD inline bool receive_by(GameState& game, RandomStream& stream, int who) {
  GamePlayer& player = player_of(game, who);
  const Vector3 relative = game.ball.velocity - Vector3{player.body.velocity.x, player.body.velocity.y, 0};
  const float speed = length(relative);
  const float chance = trap_chance(game, who, speed);
  if (draw_uniform(stream) < chance) {
    if (!touch(game, who)) return true;
    cushion(game, stream, player, speed);
    take_ball(game, who, false);
    return true;
  }
  if (draw_uniform(stream) >= kDeflects) {
    player.missed = 1;
    return false;
  }
  if (!touch(game, who)) return true;
  deflect(game, stream, player);
  player.missed = 1;
  player.touch_wait = 15;
  return true;
}

}  // namespace detail

/// One tick of the free ball and the players near it; the nearest who can touch it does.
AGON_HD inline void receive(GameState& game, RandomStream& stream) {
  if (game.carrier != kNobody || game.mode != kModeNormal || game.ball.position.z > detail::kTrapHeight) return;
  int nearest = kNobody;
  float least = detail::kTrapReach * detail::kTrapReach;
  for (int team = 0; team < 2; team++) {
    for (int k = 0; k < game.level.players[team]; k++) {
      const GamePlayer& player = game.team[team][k];
      const Vector2 gap = flat(game.ball.position) - player.body.position;
      const float away = dot(gap, gap);
      if (away >= least || !detail::can_touch(player)) continue;
      least = away;
      nearest = number_of(team, k);
    }
  }
  if (nearest != kNobody && player_of(game, nearest).kick.kind == 0) detail::receive_by(game, stream, nearest);
}

}  // namespace agon::football
