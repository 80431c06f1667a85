#pragma once

#include "agon/football/bot/formation.hpp"
#include "agon/football/game/kick.hpp"
#include "agon/football/game/prediction.hpp"

/// Restarts: who takes them, where everybody stands, and the taker's run-up. Between the whistle and the restart the
/// reference lets no time pass for agents, so here everybody is put in place at once.
namespace agon::football {

namespace detail {

inline constexpr float kGoalKickX = 0.92f * kPitchHalfLength;
inline constexpr float kPenaltyX = kPitchHalfLength - 11.0f;
inline constexpr float kFreeKickBounds = 0.95f;
inline constexpr float kThrowInX = 54.4f;
inline constexpr float kOpponentsAway = 9.15f;
/// The taker waits this far behind the ball; at a throw-in he has it.
inline constexpr float kTakerBehind = 2.3f;
inline constexpr int kThrowInTicks = 24;
/// A restart that nobody takes is taken by the taker after this many ticks, whatever plays him.
inline constexpr int kLongestRestart = 600;
/// After a restart the ball counts as in for so long, ticks.
inline constexpr int kImmuneTicks = 40;

AGON_HD inline Vector2 restart_place(int mode, int team, Vector2 place) {
  const float s = side_of(team);
  const float top = place.y < 0 ? -1.0f : 1.0f;
  switch (mode) {
    case kModeGoalKick: return {-s * kGoalKickX, 0};
    case kModeCorner: return {s * kPitchHalfLength, top * kPitchHalfWidth};
    case kModePenalty: return {s * kPenaltyX, 0};
    case kModeThrowIn: return {clamped(place.x, -kThrowInX, kThrowInX), top * kPitchHalfWidth};
    default: {
      const float x = kFreeKickBounds * kPitchHalfLength, y = kFreeKickBounds * kPitchHalfWidth;
      return {clamped(place.x, -x, x), clamped(place.y, -y, y)};
    }
  }
}

/// Where the formation thinks the ball is: it stays back at goal kicks and pushes up at corners.
AGON_HD inline Vector2 formation_ball(int mode, bool own, Vector2 ball) {
  if (mode == kModeGoalKick) return own ? Vector2{-30.0f, 0} : Vector2{8.0f, 0};
  if (mode == kModeCorner) return own ? Vector2{46.0f, 0.4f * ball.y} : Vector2{-62.0f, 0.3f * ball.y};
  if (mode == kModePenalty) return own ? Vector2{30.0f, 0} : Vector2{-35.0f, 0};
  return {ball.x * 0.9f, ball.y};
}

AGON_HD inline void stand(GamePlayer& player, Vector2 place, Vector2 facing) {
  const float tired = player.body.tired;
  player.body = Player{};
  player.body.tired = tired;
  player.body.position = place;
  player.body.facing = dot(facing, facing) > 0 ? facing : Vector2{1, 0};
  player.kick = {};
  player.offside = 0;
  player.missed = 0;
  player.tackle_wait = 0;
  player.touch_wait = 0;
  if (!player.active) return;
  player.activity = Activity::kFree;
  player.busy = 0;
}

/// Nobody of the other team within the distance, and nobody on the goal line's far side.
AGON_HD inline Vector2 kept_away(Vector2 place, Vector2 ball, float least, int team) {
  const Vector2 gap = place - ball;
  const float apart = length(gap);
  if (apart < least) {
    const Vector2 back = apart > 0.01f ? gap * (1.0f / apart) : Vector2{-side_of(team), 0};
    // Away from the ball, bent towards the own goal so that nobody is pushed over a line.
    const Vector2 way = unit(back + Vector2{-side_of(team) * 0.8f, ball.y > 0 ? -0.4f : 0.4f});
    place = ball + way * least;
  }
  return {clamped(place.x, -kPitchHalfLength + 0.5f, kPitchHalfLength - 0.5f),
          clamped(place.y, -kPitchHalfWidth + 0.5f, kPitchHalfWidth - 0.5f)};
}

AGON_HD inline Vector2 restart_spot(const GameState& game, int mode, int taking, int team, int k, Vector2 ball) {
  if (k == 0) {
    const float out = mode == kModePenalty ? 0.2f : 3.0f;
    if (!(mode == kModeFreeKick && team == taking)) return {-side_of(team) * (kPitchHalfLength - out), 0};
  }
  const Vector2 seen = formation_ball(mode, team == taking, seen_by(team, ball));
  Vector2 place = formation_place(game, team, k, seen);
  if (mode == kModePenalty) place.x = team == taking ? smaller(place.x, 36.0f) : larger(place.x, -36.0f);
  // Nobody waits offside for a free kick.
  if (team == taking && mode == kModeFreeKick) place.x = smaller(place.x, larger(seen.x, 0.0f) + 8.0f);
  const float least = team == taking ? 3.0f : mode == kModeThrowIn ? 3.0f : kOpponentsAway;
  return kept_away(seen_by(team, place), ball, least, team);
}

/// The one whose place is nearest to the ball; the keeper at goal kicks.
AGON_HD inline int taker_of(const GameState& game, int mode, int team, Vector2 ball) {
  if (mode == kModeGoalKick && game.team[team][0].active) return 0;
  int best = 0;
  float least = 1e9f;
  for (int k = 0; k < game.level.players[team]; k++) {
    if (!game.team[team][k].active) continue;
    const Vector2 gap = game.team[team][k].body.position - ball;
    const float away = length(gap) + (k == 0 ? 60.0f : 0.0f);
    if (away < least) {
      least = away;
      best = k;
    }
  }
  return best;
}

/// Behind the ball as seen from where it is to go.
AGON_HD inline Vector2 taker_spot(int mode, int team, Vector2 ball, float behind) {
  if (mode == kModeCorner) {
    const float side = ball.y > 0 ? 1.0f : -1.0f;
    return ball + Vector2{side_of(team) * 0.83f, side * 0.56f} * behind;
  }
  if (mode == kModeThrowIn) return ball + Vector2{0, ball.y > 0 ? 0.4f : -0.4f};
  return ball - Vector2{side_of(team) * behind, 0};
}

AGON_HD inline void place_everybody(GameState& game, int mode, int taking, Vector2 ball) {
  for (int team = 0; team < 2; team++) {
    for (int k = 0; k < game.level.players[team]; k++) {
      GamePlayer& player = game.team[team][k];
      if (!player.active) continue;
      const Vector2 place = number_of(team, k) == game.taker
                                ? taker_spot(mode, taking, ball, kTakerBehind)
                                : restart_spot(game, mode, taking, team, k, ball);
      stand(player, place, unit(ball - place));
    }
  }
}

}  // namespace detail

/// Gives the ball to `team` for a restart of this mode (2 … 6) and puts everybody in place.
AGON_HD inline void award(GameState& game, int mode, int team, Vector2 where) {
  const Vector2 ball = detail::restart_place(mode, team, where);
  game.taker = number_of(team, detail::taker_of(game, mode, team, ball));
  detail::place_everybody(game, mode, team, ball);
  game.ball = Ball{};
  game.ball.position = {ball.x, ball.y, kBallRadius};
  game.mode = mode;
  game.restart_team = team;
  game.restart_ticks = 0;
  game.receiver = game.shooter = kNobody;
  game.last_touch = game.taker;
  game.since_kick = game.since_touch = 1000;
  release_ball(game);
  if (mode == kModeThrowIn) take_ball(game, game.taker, true);
  estimate_possession(game);
}

/// One tick of the taker: with an order he runs up and kicks; everybody else stands.
AGON_HD inline void advance_restart(GameState& game, RandomStream& stream) {
  GamePlayer& taker = player_of(game, game.taker);
  game.restart_ticks++;
  if (taker.kick.kind == 0 && game.restart_ticks > detail::kLongestRestart) taker.kick.kind = kShortPass;
  const bool throwing = game.mode == kModeThrowIn;
  if (taker.kick.kind == 0) return;
  if (throwing && taker.kick.kind == kShot) taker.kick.kind = kShortPass;
  taker.kick.age++;
  const Vector2 to_ball = flat(game.ball.position) - taker.body.position;
  if (!throwing) move(taker.body, {unit(to_ball), kWalkSpeed}, taker.build);
  if (throwing ? taker.kick.age < detail::kThrowInTicks : length(to_ball) > 0.75f) return;
  const int mode = game.mode;
  if (throwing) game.ball.position.z = 2.0f;
  detail::strike_order(game, stream, game.taker);
  if (throwing) {
    // Hands throw at 17 m/s at most.
    const float speed = length(game.ball.velocity);
    if (speed > 17.0f) game.ball.velocity = game.ball.velocity * (17.0f / speed);
    game.ball.spin = {};
  }
  game.mode = kModeNormal;
  game.indirect = mode == kModeThrowIn || mode == kModeCorner || mode == kModeGoalKick;
  if (game.indirect) {
    for (int k = 0; k < game.level.players[game.restart_team]; k++) game.team[game.restart_team][k].offside = 0;
  }
  game.taker = kNobody;
  game.immune = detail::kImmuneTicks;
}

}  // namespace agon::football
