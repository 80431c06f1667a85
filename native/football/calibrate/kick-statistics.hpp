#pragma once

#include <cmath>
#include <vector>

#include "agon/football/game/game-state.hpp"

/// Observations of a game, and the kicks, shots and passes in them by the recorded games' rules.
namespace calibrate {

/// What one observation of a game says, in metres and m/s, field axes with y up.
struct Moment {
  agon::football::Vector3 ball, ball_velocity;
  int owner_team = agon::football::kNoTeam, owner = -1, mode = 0;
  int score[2] = {0, 0};
  agon::football::Vector2 place[2][11];
  float speed[2][11] = {};
  float tired[2][11] = {};
  bool yellow[2][11] = {}, active[2][11] = {};
};

inline Moment moment_of(const agon::football::GameState& game) {
  Moment m;
  m.ball = game.ball.position;
  m.ball_velocity = game.ball.velocity;
  const int owner = agon::football::owner_of(game);
  m.owner_team = owner < 0 ? -1 : agon::football::team_of(owner);
  m.owner = owner < 0 ? -1 : agon::football::index_of(owner);
  m.mode = game.mode;
  for (int team = 0; team < 2; team++) {
    m.score[team] = game.score[team];
    for (int k = 0; k < 11; k++) {
      const agon::football::GamePlayer& player = game.team[team][k];
      m.place[team][k] = player.body.position;
      m.speed[team][k] = agon::football::length(player.body.velocity);
      m.tired[team][k] = player.body.tired;
      m.yellow[team][k] = player.yellow != 0;
      m.active[team][k] = player.active != 0;
    }
  }
  return m;
}

namespace detail {

inline double speed_of(const Moment& m) { return agon::football::length(m.ball_velocity); }

struct Passes {
  int attempts[3] = {}, completed[3] = {};
};

/// Straight line meets the goal line within 6 m of its centre, from within 35 m, at over 26 m/s: the side that shot, or
/// −1.
inline int shot_by(const Moment& m, int kicker) {
  const double s = kicker == 0 ? 1 : -1;
  const double x = m.ball.x * s, vx = m.ball_velocity.x * s;
  if (speed_of(m) <= 26 || vx <= 0 || std::hypot(55 - x, m.ball.y) > 35) return -1;
  const double y = m.ball.y + m.ball_velocity.y * (55 - x) / vx;
  return std::fabs(y) <= 6 ? kicker : -1;
}

struct Kicks {
  int count = 0, shots[2] = {};
  Passes passes;
};

/// Who owned the ball last, among the six rows before `row`.
inline int kicker_before(const std::vector<Moment>& rows, std::size_t row) {
  for (std::size_t back = 1; back < 7 && back <= row; back++) {
    if (rows[row - back].owner_team >= 0) return int(row - back);
  }
  return -1;
}

inline void follow_pass(const std::vector<Moment>& rows, std::size_t kick, const Moment& kicker, Passes& passes) {
  for (std::size_t i = kick + 1; i < rows.size() && i < kick + 60; i++) {
    const Moment& m = rows[i];
    if (m.mode != 0 || m.score[0] != rows[kick].score[0] || m.score[1] != rows[kick].score[1]) return;
    if (m.owner_team < 0 || (m.owner_team == kicker.owner_team && m.owner == kicker.owner)) continue;
    const double far = std::hypot(m.ball.x - rows[kick].ball.x, m.ball.y - rows[kick].ball.y);
    const int band = far < 12 ? 0 : far < 25 ? 1 : 2;
    passes.attempts[band]++;
    passes.completed[band] += m.owner_team == kicker.owner_team;
    return;
  }
}

inline Kicks kicks_of(const std::vector<Moment>& rows) {
  Kicks kicks;
  for (std::size_t i = 1; i < rows.size(); i++) {
    if (rows[i].mode != 0) continue;
    if (speed_of(rows[i]) <= 9 || speed_of(rows[i]) - speed_of(rows[i - 1]) <= 4) continue;
    const int kicker = kicker_before(rows, i);
    if (kicker < 0) continue;
    kicks.count++;
    const int side = shot_by(rows[i], rows[std::size_t(kicker)].owner_team);
    if (side >= 0) {
      kicks.shots[side]++;
    }
    follow_pass(rows, i, rows[std::size_t(kicker)], kicks.passes);
    i += 3;
  }
  return kicks;
}

}  // namespace detail

}  // namespace calibrate
