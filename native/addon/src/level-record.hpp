#pragma once

#include <cmath>

#include "agon/football/game/level-check.hpp"

/// A level as plain float64 numbers, the way JavaScript writes and reads it: `src/envs/football/native/level-record.ts`
/// has the same order.
namespace agon::addon {

inline constexpr int kLevelHeader = 17;
inline constexpr int kLevelPlayer = 5;
inline constexpr int kLevelNumbers = kLevelHeader + 2 * football::kMaxPlayers * kLevelPlayer;

namespace detail {

/// What no field of a level may be, so that `check_level` refuses it: NaN, fractions and what does not fit become it.
inline constexpr std::int32_t kNoNumber = -1000000000;

inline std::int32_t whole(double value) {
  return value == std::floor(value) && std::fabs(value) < 1e9 ? std::int32_t(value) : kNoNumber;
}

inline std::uint8_t flag(double value) { return value == 1 ? 1 : 0; }

}  // namespace detail

/// Any numbers give a level; whether it can be played is for `check_level` to say. It has no agents.
inline football::Level level_of(const double* in) {
  using namespace detail;
  football::Level level;
  level.ball_x = float(in[0]);
  level.ball_y = float(in[1]);
  for (int team = 0; team < 2; team++) {
    level.players[team] = whole(in[2 + team]);
    level.difficulty[team] = float(in[4 + team]);
    level.agents[team] = 0;
  }
  level.game_duration = whole(in[6]);
  level.second_half = whole(in[7]);
  level.kick_off = whole(in[8]);
  level.use_magnet = flag(in[9]);
  level.offsides = flag(in[10]);
  level.end_episode_on_score = flag(in[11]);
  level.end_episode_on_possession_change = flag(in[12]);
  level.end_episode_on_out_of_play = flag(in[13]);
  level.control_all_players = flag(in[14]);
  level.may_overlap = flag(in[15]);
  level.reverse_team_processing = in[16] == 2 ? football::kBySeed : flag(in[16]);
  for (int i = 0; i < 2 * football::kMaxPlayers; i++) {
    const double* own = in + kLevelHeader + i * kLevelPlayer;
    football::LevelPlayer& player = level.team[i / football::kMaxPlayers][i % football::kMaxPlayers];
    player.x = float(own[0]);
    player.y = float(own[1]);
    player.role = whole(own[2]);
    player.lazy = flag(own[3]);
    player.controllable = flag(own[4]);
  }
  return level;
}

inline void write_level(const football::Level& level, double* out) {
  const double header[kLevelHeader] = {
      level.ball_x,
      level.ball_y,
      double(level.players[0]),
      double(level.players[1]),
      level.difficulty[0],
      level.difficulty[1],
      double(level.game_duration),
      double(level.second_half),
      double(level.kick_off),
      double(level.use_magnet),
      double(level.offsides),
      double(level.end_episode_on_score),
      double(level.end_episode_on_possession_change),
      double(level.end_episode_on_out_of_play),
      double(level.control_all_players),
      double(level.may_overlap),
      double(level.reverse_team_processing),
  };
  for (int i = 0; i < kLevelHeader; i++) out[i] = header[i];
  for (int i = 0; i < 2 * football::kMaxPlayers; i++) {
    const football::LevelPlayer& player = level.team[i / football::kMaxPlayers][i % football::kMaxPlayers];
    const double own[kLevelPlayer] = {player.x, player.y, double(player.role), double(player.lazy),
                                      double(player.controllable)};
    for (int n = 0; n < kLevelPlayer; n++) out[kLevelHeader + i * kLevelPlayer + n] = own[n];
  }
}

}  // namespace agon::addon
