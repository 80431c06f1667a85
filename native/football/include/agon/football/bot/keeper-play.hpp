#pragma once

#include "agon/football/bot/on-ball.hpp"

/// The bot in goal: on the line between ball and goal, out for balls that are his, and the kick that follows.
namespace agon::football {

namespace detail {

/// Ticks for which a keeper keeps the ball in his hands before he kicks.
inline constexpr int kHoldBeforeKick = 110;

/// Steps out further the further the ball is away.
AGON_HD inline Vector2 keeper_place(const GameState& game, int team) {
  const Vector2 ball = flat(game.path[1]);
  const Vector2 goal = own_goal(team);
  const Vector2 way = ball - goal;
  const float away = length(way);
  const float out = clamped(1.2f + 0.13f * away, 1.5f, 7.5f);
  Vector2 place = goal + unit(way) * smaller(out, away);
  // Never so far out that he could not get back under a lob, never behind the line.
  place.x = side_of(team) * clamped(place.x * side_of(team), -kPitchHalfLength + 0.4f, -40.0f);
  return place;
}

AGON_HD inline void clear_ball(GameState& game, RandomStream& stream, int who) {
  GamePlayer& keeper = player_of(game, who);
  if (keeper.kick.kind != 0) return;
  const PassChoice pass = best_pass(game, stream, who, 0.5f);
  KickOrder order;
  if (pass.mate >= 0 && pass.rating > 0.4f && draw_uniform(stream) < 0.8f) {
    order.kind = std::int8_t(pass.kind);
    order.target = std::int8_t(pass.mate);
  } else {
    clear_far(game, stream, who);
    return;
  }
  order_kick(game, who, order);
}

}  // namespace detail

AGON_HD inline void keeper_play(GameState& game, RandomStream& stream, int who) {
  GamePlayer& keeper = player_of(game, who);
  const int team = team_of(who);
  keeper.orders = {};
  if (game.carrier == who) {
    if (!game.in_hands || game.holding > detail::kHoldBeforeKick) detail::clear_ball(game, stream, who);
    if (!game.in_hands) keeper.orders.run = {unit(Vector2{side_of(team), 0}), kDribbleSpeed};
    return;
  }
  const bool shot = game.shooter != kNobody && team_of(game.shooter) != team;
  const bool mine = game.designated[team] == 0 && game.carrier == kNobody && !shot;
  const float lead = team_time(game, 1 - team) - keeper.time_to_ball;
  const bool near_goal = length(keeper.meeting - own_goal(team)) < 14.0f;
  // A dead ball is fetched whoever else might be near: outfield policies shun the corners.
  const bool dead = dot(game.ball.velocity, game.ball.velocity) < 1.0f && lead > -3.0f;
  if (mine && (dead || lead > 0.2f || (near_goal && lead > -0.2f))) {
    keeper.orders.run = {unit(keeper.meeting - keeper.body.position), kSprintSpeed};
    return;
  }
  // Comes out at a carrier who is alone in front of him.
  const bool alone = game.carrier != kNobody && team_of(game.carrier) != team &&
                     length(flat(game.ball.position) - own_goal(team)) < 14.0f && ball_gap(game, keeper) < 8.0f;
  if (alone && game.designated[team] == 0) {
    keeper.orders.run = {unit(flat(game.path[2]) - keeper.body.position), kSprintSpeed};
    return;
  }
  Vector2 place = detail::keeper_place(game, team);
  if (shot) {
    // To where the shot passes him.
    const Vector2 v = flat(game.ball.velocity);
    const float speed = dot(v, v);
    const Vector2 gap = keeper.body.position - flat(game.ball.position);
    if (speed > 1.0f) place = flat(game.ball.position) + v * larger(dot(gap, v) / speed, 0.0f);
  }
  keeper.orders.run = detail::run_to(keeper, place, shot ? 6.0f : 1.5f);
}

}  // namespace agon::football
