#pragma once

#include "agon/football/game/receive.hpp"

/// Standing tackles: automatic, whoever moves the player, when an opponent's ball comes within reach.
namespace agon::football {

namespace detail {

/// How near the ball must be to a tackler who comes from the front, and to others, metres.
inline constexpr float kFrontReach = 1.5f;
inline constexpr float kTackleReach = 1.1f;
/// Cosine from which a tackler counts as in front of the carrier.
inline constexpr float kInFront = 0.2f;
inline constexpr float kTackleHeight = 0.6f;
/// Ticks between attempts.
inline constexpr int kTackleWait = 20;
/// Share of lost tackles from behind that are fouls.
inline constexpr float kTackleFoul = 0.03f;

/// How the tackler comes: 1 from the front, −1 from behind the carrier.
AGON_HD inline float frontal(const GameState& game, const GamePlayer& tackler, const GamePlayer& carrier) {
  const Vector2 to_ball = flat(game.ball.position) - carrier.body.position;
  const Vector2 ahead = length(carrier.body.velocity) > 1.0f ? carrier.body.facing : unit(to_ball);
  return dot(ahead, unit(tackler.body.position - carrier.body.position));
}

AGON_HD inline float tackle_chance(const GameState& game, int tackler, int carrier) {
  const GamePlayer& player = player_of(game, tackler);
  const GamePlayer& other = player_of(game, carrier);
  const float strength = player.skill * attributes_of(index_of(tackler)).stand_tackle;
  const float hold = other.skill * attributes_of(index_of(carrier)).dribble;
  const float front = frontal(game, player, other);
  const float slow = length(other.body.velocity) < 4.2f && length(other.body.velocity) > 2.5f ? 0.12f : 0.0f;
  const float base = front > kInFront ? 0.97f : front > -0.5f ? 0.12f : 0.03f;
  return clamped(base + 0.35f * (strength - 0.6f) - 0.15f * (hold - 0.6f) - slow, 0.03f, 0.97f);
}

AGON_HD inline void book(GameState& game, int who, bool red) {
  GamePlayer& player = player_of(game, who);
  const bool sent_off = red || player.yellow;
  player.yellow = 1;
  if (!sent_off || active_players(game, team_of(who)) <= 1 || index_of(who) == 0) return;
  player.active = 0;
  player.activity = Activity::kSentOff;
  player.kick = {};
  player.body.velocity = {};
  player.body.position = {side_of(team_of(who)) * -20.0f, kPitchHalfWidth + 4.0f};
}

/// Free kick, or penalty in the offender's own area.
AGON_HD inline void foul(GameState& game, int offender, Vector2 place) {
  const int team = team_of(offender);
  const bool in_area = place.x * side_of(team) < -(kPitchHalfLength - 16.5f) && place.y < 20.09f && place.y > -20.09f;
  game.fouls[team]++;
  whistle(game, in_area ? kModePenalty : kModeFreeKick, 1 - team, place);
}

/// The ball is won: taken along, or only poked away.
AGON_HD inline void win_ball(GameState& game, RandomStream& stream, int tackler) {
  GamePlayer& player = player_of(game, tackler);
  if (!touch(game, tackler)) return;
  release_ball(game);
  const float kept = draw_uniform(stream);
  const float turn = draw_normal(stream) * 0.5f;
  if (kept < 0.75f) {
    cushion(game, stream, player, 4.0f);
    take_ball(game, tackler, false);
    return;
  }
  const Vector2 way = turned(unit(flat(game.ball.position) - player.body.position), turn);
  const float speed = 3.0f + 4.0f * draw_uniform(stream);
  strike(game.ball, {way.x * speed, way.y * speed, 0.5f}, {});
}

AGON_HD inline void try_tackle(GameState& game, RandomStream& stream, int tackler, int carrier) {
  GamePlayer& player = player_of(game, tackler);
  player.tackle_wait = kTackleWait;
  if (draw_uniform(stream) < tackle_chance(game, tackler, carrier)) {
    GamePlayer& loser = player_of(game, carrier);
    loser.touch_wait = std::int16_t(8.0f + 4.0f * length(loser.body.velocity));
    loser.tackle_wait = loser.touch_wait;
    win_ball(game, stream, tackler);
    return;
  }
  const bool behind = frontal(game, player, player_of(game, carrier)) < -0.5f;
  if (behind && draw_uniform(stream) < kTackleFoul) foul(game, tackler, player_of(game, carrier).body.position);
}

}  // namespace detail

/// One tick: the first opponent in order whose foot reaches the carried ball tries.
AGON_HD inline void tackles(GameState& game, RandomStream& stream) {
  if (game.carrier == kNobody || game.in_hands || game.mode != kModeNormal) return;
  if (game.ball.position.z > detail::kTackleHeight) return;
  const int team = 1 - team_of(game.carrier);
  for (int k = 0; k < game.level.players[team]; k++) {
    const GamePlayer& player = game.team[team][k];
    const Vector2 gap = flat(game.ball.position) - player.body.position;
    if (dot(gap, gap) > detail::kFrontReach * detail::kFrontReach) continue;
    const bool front = detail::frontal(game, player, player_of(game, game.carrier)) > detail::kInFront;
    if (!front && dot(gap, gap) > detail::kTackleReach * detail::kTackleReach) continue;
    // Of the built-in AI only the key player interferes; the others keep their places.
    if (player.builtin && game.designated[team] != k) continue;
    if (player.tackle_wait > 0 || player.touch_wait > 0 || !player.active || player.activity != Activity::kFree) continue;
    detail::try_tackle(game, stream, number_of(team, k), game.carrier);
    return;
  }
}

}  // namespace agon::football
