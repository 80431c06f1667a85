#pragma once

#include <cstdint>
#include <cstring>
#include <vector>

#include "agon/football/game/game-state.hpp"
#include "agon/football/random.hpp"

/// Games played by random hands, and one number for everything that happened in them.
namespace played {

AGON_HD inline std::uint64_t mixed_float(std::uint64_t hash, float value) {
  std::uint32_t bits;
  std::memcpy(&bits, &value, sizeof bits);
  return (hash ^ bits) * 0x100000001b3ull;
}

/// Ball, players, rules: every number that a game shows or goes on from.
AGON_HD inline std::uint64_t hash(const agon::football::GameState& game) {
  std::uint64_t h = 0xcbf29ce484222325ull;
  const agon::football::Ball& ball = game.ball;
  const float numbers[] = {ball.position.x, ball.position.y, ball.position.z, ball.velocity.x, ball.velocity.y,
                           ball.velocity.z, ball.spin.x,     ball.spin.y,     ball.spin.z};
  for (const float number : numbers) h = mixed_float(h, number);
  for (int team = 0; team < 2; team++) {
    for (int k = 0; k < game.level.players[team]; k++) {
      const agon::football::GamePlayer& player = game.team[team][k];
      const float own[] = {player.body.position.x, player.body.position.y, player.body.velocity.x,
                           player.body.velocity.y, player.body.facing.x,   player.body.facing.y,
                           player.body.tired,      player.time_to_ball};
      for (const float number : own) h = mixed_float(h, number);
      h = mixed_float(h, float(player.busy * 64 + player.tackle_wait));
      h = mixed_float(h, float(player.kick.kind * 256 + player.kick.age));
    }
    h = mixed_float(h, float(game.score[team] * 16 + game.designated[team]));
  }
  h = mixed_float(h, float(game.mode * 64 + game.carrier));
  return mixed_float(h, float(game.steps_left));
}

/// A random hand on `agents` controllers: mostly held directions, some buttons, now and then the built-in AI.
class Hand {
 public:
  Hand(std::uint64_t seed, int agents) : seed_(seed), actions_(std::size_t(agents)) {}

  const std::int32_t* actions(int step) {
    agon::football::RandomStream stream = agon::football::step_stream(seed_, 99, std::uint32_t(step));
    for (std::int32_t& action : actions_) {
      const std::uint32_t sort = agon::football::draw_integer(stream, 10);
      action = sort < 5 ? std::int32_t(agon::football::draw_integer(stream, 20)) : sort < 8 ? 0 : 19;
    }
    return actions_.data();
  }

 private:
  std::uint64_t seed_;
  std::vector<std::int32_t> actions_;
};

}  // namespace played
