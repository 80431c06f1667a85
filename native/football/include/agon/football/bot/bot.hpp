#pragma once

#include "agon/football/bot/keeper-play.hpp"

/// The built-in AI of one player for one environment step: action 19.
namespace agon::football {

namespace detail {

/// The taker of a restart kicks at once; where to is chosen like any pass, goal kicks and corners go high.
AGON_HD inline void take_restart(GameState& game, RandomStream& stream, int who) {
  GamePlayer& player = player_of(game, who);
  if (player.kick.kind != 0) return;
  const int team = team_of(who);
  const PassChoice pass = best_pass(game, stream, who, game.level.difficulty[team]);
  const float drawn = draw_uniform(stream), across = draw_uniform(stream) - 0.5f;
  KickOrder order;
  order.kind = kShortPass;
  const float goal_distance = length(other_goal(team) - flat(game.ball.position));
  if (game.mode == kModePenalty || (game.mode == kModeFreeKick && goal_distance < 24.0f)) {
    order.kind = kShot;
    order.held = kFullPress;
    order.aimed = 1;
    order.place = other_goal(team) + Vector2{0, across * 6.0f};
  } else if (game.mode == kModeCorner) {
    order.kind = kHighPass;
    order.aimed = 1;
    order.place = other_goal(team) + Vector2{-side_of(team) * (6.0f + 8.0f * drawn), across * 14.0f};
  } else if (game.mode != kModeThrowIn && (drawn < 0.6f || pass.mate < 0)) {
    order.kind = kHighPass;
    order.aimed = 1;
    order.place = player.body.position + Vector2{side_of(team) * 50.0f, across * 30.0f};
  } else if (pass.mate >= 0) {
    order.kind = std::int8_t(game.mode == kModeThrowIn ? kShortPass : pass.kind);
    order.target = std::int8_t(pass.mate);
  }
  order_kick(game, who, order);
}

/// Ticks until the weakest team notices a kick of the other one; the strongest sees it at once.
inline constexpr float kSlowReaction = 10.0f;

AGON_HD inline bool has_not_seen(const GameState& game, int who, float difficulty) {
  if (game.mode != kModeNormal || game.last_touch == kNobody || team_of(game.last_touch) == team_of(who)) return false;
  return float(game.since_kick) < kSlowReaction * (1.0f - difficulty);
}

}  // namespace detail

AGON_HD inline void think(GameState& game, RandomStream& stream, int who) {
  GamePlayer& player = player_of(game, who);
  const float difficulty = game.level.difficulty[team_of(who)];
  if (detail::has_not_seen(game, who, difficulty)) return;
  player.orders = {};
  if (!player.active) return;
  // Nobody of the built-in AI stands about before his first stride: recorded ones run at 1.7 m/s after one step.
  if (dot(player.body.velocity, player.body.velocity) < 0.01f) player.body.ticks_left = 0;
  if (game.mode != kModeNormal) {
    if (game.taker == who) detail::take_restart(game, stream, who);
    return;
  }
  if (player.lazy) return;
  if (index_of(who) == 0) {
    keeper_play(game, stream, who);
    return;
  }
  if (game.carrier == who) {
    on_ball(game, stream, who, difficulty);
    return;
  }
  player.orders.run = off_ball(game, stream, who, difficulty);
}

}  // namespace agon::football
