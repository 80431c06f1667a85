#pragma once

#include "agon/football/game/level-check.hpp"
#include "agon/football/random.hpp"

/// Random levels: any number of players a side, anywhere on the pitch, any flags.
namespace random_levels {

using namespace agon::football;

AGON_HD inline float between(RandomStream& stream, float low, float high) {
  return low + (high - low) * draw_uniform(stream);
}

AGON_HD inline Level level(RandomStream& stream) {
  Level out;
  for (int team = 0; team < 2; team++) {
    out.players[team] = 1 + int(draw_integer(stream, kMaxPlayers));
    for (int k = 0; k < out.players[team]; k++) {
      LevelPlayer& player = out.team[team][k];
      player.x = between(stream, -1, 1);
      player.y = between(stream, -0.42f, 0.42f);
      player.role = k == 0 ? 0 : 1 + int(draw_integer(stream, kRoles - 1));
      player.lazy = draw_integer(stream, 8) == 0;
    }
    out.difficulty[team] = draw_uniform(stream);
  }
  out.ball_x = between(stream, -1.01f, 1.01f);
  out.ball_y = between(stream, -0.43f, 0.43f);
  out.game_duration = 20 + int(draw_integer(stream, 400));
  out.second_half = draw_integer(stream, 4) == 0 ? int(draw_integer(stream, 20)) : kNeverStep;
  out.kick_off = int(draw_integer(stream, 3)) - 1;
  out.use_magnet = draw_integer(stream, 2) == 0;
  out.offsides = draw_integer(stream, 2) == 0;
  return out;
}

}  // namespace random_levels
