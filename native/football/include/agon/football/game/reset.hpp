#pragma once

#include "agon/football/game/kick-off.hpp"
#include "agon/football/game/seats.hpp"

/// The beginning of an episode.
namespace agon::football {

/// Puts a game at the start of a level that `check_level` accepts. The same level, seed and episode number give the
/// same game.
AGON_HD inline void reset_game(GameState& game, const Level& level, std::uint64_t seed, std::uint32_t episode) {
  game = GameState{};
  // nvcc 13 gives device code `GameState{}` with the first row of a two-dimensional array alone.
  for (int team = 0; team < 2; team++)
    for (int k = 0; k < kMaxPlayers; k++) game.team[team][k] = GamePlayer{};
  game.level = level;
  if (level.reverse_team_processing == kBySeed) game.level.reverse_team_processing = std::uint8_t(seed & 1u);
  game.seed = seed;
  game.episode = episode;
  for (int team = 0; team < 2; team++) {
    for (int k = 0; k < level.players[team]; k++) {
      GamePlayer& player = game.team[team][k];
      const Attributes attributes = attributes_of(k);
      player.build = {attributes.top_speed, attributes.stamina};
      player.skill = attribute_share(level.difficulty[team], 0);
      player.role = std::uint8_t(level.team[team][k].role);
      player.lazy = level.team[team][k].lazy;
    }
  }
  game.first_kick_off = level.kick_off == kNearest ? nearest_side(level) : level.kick_off;
  game.steps_left = level.game_duration + 1;
  kick_off(game, game.first_kick_off, ball_start(level.ball_x, level.ball_y));
  seat_agents(game);
}

}  // namespace agon::football
