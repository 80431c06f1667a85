#pragma once

#include "agon/football/carry.hpp"
#include "agon/football/game/bodies.hpp"
#include "agon/football/game/keeper.hpp"
#include "agon/football/game/kick-off.hpp"
#include "agon/football/game/slide.hpp"
#include "agon/football/woodwork.hpp"

/// One physics step of a game: players in the order of their numbers, then the ball, then contacts, then the rules.
namespace agon::football {

namespace detail {

/// A ball further away than this is no longer the carrier's, metres.
inline constexpr float kLosesBall = 3.0f;
/// A ball that its receiver has not met after so many ticks was meant for nobody.
inline constexpr int kMeantFor = 300;
/// Chasing: from here on the meeting point is walked to at the wanted pace.
inline constexpr float kChaseEase = 1.0f;

AGON_HD inline void count_down(GamePlayer& player) {
  if (player.tackle_wait > 0) player.tackle_wait--;
  if (player.touch_wait > 0) player.touch_wait--;
  if (player.busy > 0 && --player.busy == 0 && player.activity != Activity::kSentOff) {
    player.activity = Activity::kFree;
    player.missed = 0;
    player.body.ticks_left = 0;
    player.body.reach = 0;
  }
}

AGON_HD inline Command command_of(const GameState& game, const GamePlayer& player) {
  Command command = player.orders.run;
  if (!player.orders.chase) return command;
  if (game.carrier != kNobody) {
    // Who steers roughly at an opponent's ball keeps his way, and gets past the opponent's body by it.
    const Vector2 to_ball = unit(flat(game.ball.position) - player.body.position);
    if (dot(to_ball, command.direction) > 0.7f) return command;
    return {to_ball, larger(command.speed, kWalkSpeed)};
  }
  const Vector2 way = player.meeting - player.body.position;
  const float away = length(way);
  if (away < 0.3f && player.time_to_ball > 0.1f) return {{}, 0};
  const bool released = dot(command.direction, command.direction) <= 0;
  const float pace = away > kChaseEase + 1.0f ? kSprintSpeed : larger(released ? 0.0f : command.speed, kWalkSpeed);
  return {unit(way), pace};
}

/// Carries the ball, touch by touch.
AGON_HD inline void run_with_ball(GameState& game, int who, const Command& command) {
  GamePlayer& player = player_of(game, who);
  if (game.in_hands) {
    move(player.body, {command.direction, smaller(command.speed, kDribbleSpeed)}, player.build);
    return;
  }
  if (carry(player.body, game.ball, command, player.build)) touch(game, who);
  if (ball_gap(game, player) > kLosesBall) release_ball(game);
}

AGON_HD inline void act(GameState& game, RandomStream& stream, int who) {
  GamePlayer& player = player_of(game, who);
  if (!player.active) return;
  count_down(player);
  if (player.activity == Activity::kSliding) {
    advance_slide(game, stream, who);
    return;
  }
  if (player.orders.slide) {
    player.orders.slide = 0;
    if (begin_slide(game, who)) return;
  }
  advance_kick(game, stream, who);
  const Command command = command_of(game, player);
  if (game.carrier == who) {
    run_with_ball(game, who, command);
  } else {
    move(player.body, command, player.build);
  }
}

AGON_HD inline void score_goal(GameState& game, int team) {
  game.score[team]++;
  whistle(game, kModeKickOff, 1 - team, {});
}

/// Goal, goal kick, corner or throw-in for the ball that moved from `before` to where it is.
AGON_HD inline void judge_ball(GameState& game, Vector3 before) {
  const Vector3 p = game.ball.position;
  const float ax = p.x < 0 ? -p.x : p.x, ay = p.y < 0 ? -p.y : p.y;
  const int touched = game.last_touch == kNobody ? 0 : team_of(game.last_touch);
  if (ax > kOutX) {
    const float line = p.x < 0 ? -kOutX : kOutX;
    const float moved = p.x - before.x;
    const float share = moved != 0 ? clamped((line - before.x) / moved, 0.0f, 1.0f) : 1.0f;
    const float y = before.y + share * (p.y - before.y), z = before.z + share * (p.z - before.z);
    const int defending = p.x < 0 ? 0 : 1;
    const float by = before.y < 0 ? -before.y : before.y;
    const float bx = before.x < 0 ? -before.x : before.x;
    const bool outside_post = by > kGoalHalfWidth && bx > kPitchHalfLength;
    if (y < kGoalHalfWidth && y > -kGoalHalfWidth && z < kGoalHeight && !outside_post) {
      score_goal(game, 1 - defending);
    } else if (touched == defending) {
      whistle(game, kModeCorner, 1 - defending, {p.x, p.y});
    } else {
      whistle(game, kModeGoalKick, defending, {p.x, p.y});
    }
    return;
  }
  if (ay > kOutY && game.immune == 0) whistle(game, kModeThrowIn, 1 - touched, {p.x, p.y});
}

AGON_HD inline void obey_whistle(GameState& game) {
  const Whistle call = game.whistle;
  if (call.mode == kModeNormal) return;
  game.whistle = {};
  if (call.mode == kModeKickOff) {
    kick_off(game, call.team, ball_start(game.level.ball_x, game.level.ball_y));
  } else {
    award(game, call.mode, call.team, call.place);
  }
}

}  // namespace detail

AGON_HD inline void tick(GameState& game, RandomStream& stream) {
  if (game.mode != kModeNormal) {
    advance_restart(game, stream);
    hold_ball(game);
    if (game.mode != kModeNormal) return;
  } else {
    const int first = game.level.reverse_team_processing ? 1 : 0;
    for (int turn = 0; turn < 2; turn++) {
      const int team = turn == 0 ? first : 1 - first;
      for (int k = 0; k < game.level.players[team]; k++) detail::act(game, stream, number_of(team, k));
    }
  }
  separate(game);
  hold_ball(game);
  const Vector3 before = game.ball.position;
  if (!game.in_hands) step_ball(game.ball);
  keepers(game, stream);
  tackles(game, stream);
  blocks(game, stream);
  receive(game, stream);
  if (game.since_kick < 1000) game.since_kick++;
  if (game.since_kick > detail::kMeantFor) game.receiver = kNobody;
  if (game.since_touch < 1000) game.since_touch++;
  if (game.immune > 0) game.immune--;
  detail::judge_ball(game, before);
  watch_advantage(game);
  detail::obey_whistle(game);
}

}  // namespace agon::football
