#pragma once

#include <cmath>
#include <functional>
#include <vector>

#include "agon/football/game-batch.hpp"

/// A few players arranged by hand and played by scripted hands: what the micro-experiments are made of.
namespace calibrate {

using namespace agon::football;

/// What the results are taken from: metres and m/s, y up.
struct MicroRow {
  Vector3 ball, ball_velocity;
  int owner_team, owner;
  int mode, left_score;
  Vector2 left, left_velocity, right, right_velocity;  // L1 and R1
};

namespace detail {

/// A place in metres in field axes (y down), as the recordings give it.
struct Start {
  double x, y;
};

inline LevelPlayer placed(Start at, int team, int role) {
  const double s = team == 0 ? 1 : -1;
  LevelPlayer player;
  player.x = float(s * at.x / double(kMetresPerPlayerStartX));
  player.y = float(s * at.y / double(kMetresPerPlayerStartY));
  player.role = role;
  return player;
}

/// A level with keepers and a few players: left keeper lazy in his goal, the right one where told.
inline Level bare_level(Start ball, Start right_keeper) {
  Level level;
  level.players[0] = level.players[1] = 1;
  level.team[0][0] = placed({-55, 0}, 0, 0);
  level.team[0][0].lazy = 1;
  level.team[0][0].controllable = 0;
  level.team[1][0] = placed(right_keeper, 1, 0);
  level.team[1][0].controllable = 0;
  level.ball_x = float(ball.x / double(kMetresPerFieldX));
  level.ball_y = float(ball.y / double(kMetresPerFieldY));
  level.difficulty[0] = level.difficulty[1] = 1;
  level.offsides = 0;
  level.may_overlap = 1;
  level.game_duration = 1000;
  level.reverse_team_processing = 0;
  return level;
}

inline void add_player(Level& level, int team, Start at, bool controllable) {
  LevelPlayer& player = level.team[team][level.players[team]++];
  player = placed(at, team, team == 0 ? 9 : 1);
  player.controllable = controllable;
}

inline MicroRow row_of(const GameState& game) {
  const int owner = owner_of(game);
  const GamePlayer& left = game.team[0][1];
  const GamePlayer& right = game.team[1][1];
  return {game.ball.position, game.ball.velocity, owner < 0 ? -1 : team_of(owner), owner < 0 ? -1 : index_of(owner),
          game.mode, game.score[0], left.body.position, left.body.velocity, right.body.position, right.body.velocity};
}

/// The direction action (field axes) nearest to a vector with y up.
inline int steering(Vector2 way) {
  const double angle = std::atan2(double(way.y), double(way.x));
  const int eighth = (int(std::lround(angle / (3.14159265358979 / 4))) % 8 + 8) % 8;
  constexpr int actions[8] = {kRight, kTopRight, kTop, kTopLeft, kLeft, kBottomLeft, kBottom, kBottomRight};
  return actions[eighth];
}

/// Actions of L1, then further left agents, then R1 (each in its own view), from the rows so far.
using Hands = std::function<std::vector<std::int32_t>(int step, const MicroRow& now)>;

inline std::vector<MicroRow> play(Level level, int left, int right, int steps, std::uint64_t seed, const Hands& hands) {
  GameBatch batch(1, left, right, 1);
  std::vector<MicroRow> rows;
  if (batch.reset(0, level, seed, 0) != LevelFault::kNone) return rows;
  rows.push_back(row_of(batch.state(0)));
  for (int step = 0; step < steps; step++) {
    batch.step(hands(step, rows.back()).data(), {});
    rows.push_back(row_of(batch.state(0)));
    if (rows.back().left_score > 0) break;
  }
  return rows;
}

inline double speed(const MicroRow& row) { return length(row.ball_velocity); }

inline int kicked(const std::vector<MicroRow>& rows, int from) {
  for (std::size_t i = std::size_t(std::max(from, 1)); i < rows.size(); i++) {
    if (speed(rows[i]) > 8 && speed(rows[i]) - speed(rows[i - 1]) > 3) return int(i);
  }
  return -1;
}

inline int owned_by(const std::vector<MicroRow>& rows, int from, int team, int player) {
  for (std::size_t i = std::size_t(from); i < rows.size(); i++) {
    if (rows[i].owner_team == team && (player < 0 || rows[i].owner == player)) return int(i);
  }
  return -1;
}

/// Buttons that set a pace in the first steps: {flag, then direction}.
inline std::int32_t begin_run(int step, int pace, int direction) {
  if (pace == 0) return kIdle;
  const std::int32_t flag = pace == 2 ? kSprint : pace == 3 ? kDribble : direction;
  return step == 0 ? flag : step == 1 && pace != 1 ? direction : kIdle;
}

}  // namespace detail

}  // namespace calibrate
