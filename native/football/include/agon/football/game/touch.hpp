#pragma once

#include "agon/football/game/game-state.hpp"

/// Every contact of a player with the ball goes through `touch`: who touched last, and who stands offside.
namespace agon::football {

namespace detail {

/// x of the second-last opponent as the team sees it (its attack towards +x).
AGON_HD inline float second_last_opponent(const GameState& game, int team) {
  float last = -1e9f, second = -1e9f;
  const int other = 1 - team;
  for (int k = 0; k < game.level.players[other]; k++) {
    const GamePlayer& player = game.team[other][k];
    if (!player.active) continue;
    const float x = player.body.position.x * side_of(team);
    if (x > last) {
      second = last;
      last = x;
    } else if (x > second) {
      second = x;
    }
  }
  return second;
}

AGON_HD inline int active_players(const GameState& game, int team) {
  int count = 0;
  for (int k = 0; k < game.level.players[team]; k++) count += game.team[team][k].active;
  return count;
}

/// From `place` to the nearest opponent of a team, metres.
AGON_HD inline float nearest_opponent(const GameState& game, int team, Vector2 place) {
  float least = 1e9f;
  for (int k = 0; k < game.level.players[1 - team]; k++) {
    const GamePlayer& other = game.team[1 - team][k];
    if (!other.active) continue;
    const Vector2 gap = other.body.position - place;
    least = smaller(least, dot(gap, gap));
  }
  return square_root(least);
}

}  // namespace detail

/// Nobody of the team may be further forward than this when the ball is played, in the team's own direction, metres.
AGON_HD inline float offside_line(const GameState& game, int team) {
  return larger(larger(detail::second_last_opponent(game, team), game.ball.position.x * side_of(team)), 0.0f);
}

AGON_HD inline void whistle(GameState& game, int mode, int team, Vector2 place) {
  if (game.whistle.mode == kModeNormal) game.whistle = {mode, team, place};
}

AGON_HD inline void note_offside(GameState& game, int toucher) {
  const int team = team_of(toucher);
  for (int t = 0; t < 2; t++) {
    for (int k = 0; k < game.level.players[t]; k++) game.team[t][k].offside = 0;
  }
  if (!game.level.offsides || game.indirect || detail::active_players(game, 1 - team) < 2) return;
  const float line = offside_line(game, team);
  for (int k = 0; k < game.level.players[team]; k++) {
    GamePlayer& player = game.team[team][k];
    if (player.active && number_of(team, k) != toucher && player.body.position.x * side_of(team) > line)
      player.offside = 1;
  }
}

/// Books a touch. False when the toucher stood offside: the whistle has gone and the ball must be left alone.
AGON_HD inline bool touch(GameState& game, int who) {
  GamePlayer& player = player_of(game, who);
  if (player.offside && game.mode == kModeNormal) {
    player.offside = 0;
    game.offsides[team_of(who)]++;
    whistle(game, kModeFreeKick, 1 - team_of(who), player.body.position);
    return false;
  }
  note_offside(game, who);
  game.last_touch = who;
  game.since_touch = 0;
  game.indirect = 0;
  game.receiver = kNobody;
  game.shooter = kNobody;
  for (int t = 0; t < 2; t++) {
    for (int k = 0; k < game.level.players[t]; k++) game.team[t][k].missed = 0;
  }
  return true;
}

/// The player has the ball under control from now on.
AGON_HD inline void take_ball(GameState& game, int who, bool in_hands) {
  game.carrier = who;
  game.in_hands = in_hands ? 1 : 0;
  game.holding = in_hands ? 1 : 0;
}

AGON_HD inline void release_ball(GameState& game) {
  game.carrier = kNobody;
  game.in_hands = 0;
  game.holding = 0;
}

}  // namespace agon::football
