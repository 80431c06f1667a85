#pragma once

#include <vector>

#include "agon/football/game/scenarios.hpp"
#include "agon/football/game/step.hpp"
#include "check.hpp"

/// Games to arrange by hand: the usual eleven a side, nobody controlled, everybody lazy so that only what the test
/// arranges happens.
namespace made {

using namespace agon::football;

inline GameState game(const char* name = "11_vs_11_stochastic", bool lazy = true, std::uint64_t seed = 4) {
  Level level;
  CHECK(scenario(name, 0, level));
  level.agents[0] = level.agents[1] = 0;
  for (int team = 0; team < 2; team++) {
    for (int k = 0; k < level.players[team] && lazy; k++) level.team[team][k].lazy = 1;
  }
  CHECK(check_level(level) == LevelFault::kNone);
  GameState state;
  reset_game(state, level, seed, 0);
  return state;
}

inline void ticks(GameState& game, int count) {
  RandomStream stream = step_stream(game.seed, game.episode, game.frame);
  for (int i = 0; i < count; i++) tick(game, stream);
}

/// The ball free at a place with a velocity, last touched by somebody.
inline void free_ball(GameState& game, Vector3 position, Vector3 velocity, int last_touch) {
  release_ball(game);
  game.ball = Ball{};
  game.ball.position = position;
  game.ball.velocity = velocity;
  game.last_touch = last_touch;
}

inline float gap_to_ball(const GameState& game, int team, int k) { return ball_gap(game, game.team[team][k]); }

}  // namespace made
