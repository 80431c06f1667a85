#pragma once

#include "agon/football/game/restart.hpp"

/// Kick-offs: the start of a game, after a goal, and of the second half.
namespace agon::football {

namespace detail {

AGON_HD inline Vector2 start_of(const LevelPlayer& player, int team) {
  return player_start(player.x, player.y) * side_of(team);
}

/// With equally many players the formations are exchanged, mirrored, when the other side kicks off than at the start:
/// so the two at the centre spot are always of the side that kicks off.
AGON_HD inline Vector2 kick_off_place(const GameState& game, int team, int k, int kicking) {
  const Level& level = game.level;
  const bool exchanged = kicking != game.first_kick_off && level.players[0] == level.players[1];
  return start_of(level.team[exchanged ? 1 - team : team][k], team);
}

}  // namespace detail

/// The side whose player is nearest to the ball at the start.
AGON_HD inline int nearest_side(const Level& level) {
  const Vector2 ball = flat(ball_start(level.ball_x, level.ball_y));
  int side = 0;
  float least = 1e9f;
  for (int team = 0; team < 2; team++) {
    for (int k = 0; k < level.players[team]; k++) {
      const float away = length(detail::start_of(level.team[team][k], team) - ball);
      if (away < least) {
        least = away;
        side = team;
      }
    }
  }
  return side;
}

/// Everybody at the level's start positions, the ball at `ball`; play is on at once.
AGON_HD inline void kick_off(GameState& game, int kicking, Vector3 ball) {
  game.ball = Ball{};
  game.ball.position = ball;
  for (int team = 0; team < 2; team++) {
    for (int k = 0; k < game.level.players[team]; k++) {
      GamePlayer& player = game.team[team][k];
      if (!player.active) continue;
      const Vector2 place = detail::kick_off_place(game, team, k, kicking);
      detail::stand(player, place, Vector2{side_of(team), 0});
    }
  }
  game.mode = kModeNormal;
  game.whistle = {};
  game.taker = game.receiver = game.shooter = game.last_touch = kNobody;
  game.since_kick = game.since_touch = 1000;
  game.immune = 0;
  game.indirect = 0;
  release_ball(game);
  estimate_possession(game);
}

}  // namespace agon::football
