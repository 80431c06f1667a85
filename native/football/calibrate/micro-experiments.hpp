#pragma once

#include <cmath>
#include <functional>
#include <vector>

#include "agon/football/game-batch.hpp"

/// The recorded micro-experiments, played in the simulator from the same starts with the same hands.
namespace calibrate {

using namespace agon::football;

/// What the results are taken from: metres and m/s, y up.
struct MicroRow {
  Vector3 ball, ball_velocity;
  int owner_team, owner;
  int mode, left_score;
  Vector2 left, left_velocity, right, right_velocity;  // L1 and R1
};

struct Results {
  double value[4] = {-1, -1, -1, -1};
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

/// kind, distance, angle → speed, delay, steps to the receiver, top height.
inline Results pass_trial(const float* p, std::uint64_t seed) {
  const bool down = p[2] > 45;
  const detail::Start from = down ? detail::Start{-11, -17} : detail::Start{-27.5, 0};
  const detail::Start to = down ? detail::Start{-11, -17 + double(p[1]) * 1.0163} : detail::Start{-27.5 + double(p[1]) * 1.011, 0};
  Level level = detail::bare_level(down ? detail::Start{-10.2, -16.7} : detail::Start{-26.5, 0}, {-55, 0});
  detail::add_player(level, 0, from, true);
  detail::add_player(level, 0, to, true);
  const int hold = down ? kBottom : kRight;
  const auto rows = detail::play(level, 2, 0, 60, seed, [&](int step, const MicroRow&) -> std::vector<std::int32_t> {
    return {step == 0 ? hold : step == 3 ? kReleaseDirection : step == 4 ? int(p[0]) : kIdle, kIdle};
  });
  Results out;
  const int kick = detail::kicked(rows, 4);
  if (kick < 0) return out;
  const int got = detail::owned_by(rows, kick, 0, 2);
  double top = 0;
  for (std::size_t i = std::size_t(kick); i < rows.size(); i++) top = std::max(top, double(rows[i].ball.z));
  return {{detail::speed(rows[std::size_t(kick)]), double(kick - 4), got < 0 ? -1.0 : double(got - kick), top}};
}

/// kind, offset → next owner's team.
inline Results intercept_trial(const float* p, std::uint64_t seed) {
  Level level = detail::bare_level({-15.7, 0}, {-55, 0});
  level.difficulty[1] = 0.6f;
  detail::add_player(level, 0, {-16.5, 0}, true);
  detail::add_player(level, 0, {3.7, 0}, true);
  detail::add_player(level, 1, {-6.4, double(p[1])}, false);
  const auto rows = detail::play(level, 2, 0, 40, seed, [&](int step, const MicroRow&) -> std::vector<std::int32_t> {
    return {step == 0 ? kRight : step == 1 ? int(p[0]) : kIdle, kIdle};
  });
  const int kick = detail::kicked(rows, 1);
  for (std::size_t i = std::size_t(std::max(kick, 0)); i < rows.size(); i++) {
    if (rows[i].owner_team == 1 || (rows[i].owner_team == 0 && rows[i].owner == 2)) return {{double(rows[i].owner_team), -1, -1, -1}};
  }
  return {};
}

/// distance, lateral, pace, keeper → goal, speed, delay, crossing.
inline Results shot_trial(const float* p, std::uint64_t seed) {
  const bool keeper = p[3] > 0;
  const int pace = int(p[2]);
  const double x = 55 - double(p[0]) - (pace == 0 ? 0 : pace == 1 ? 3 : 4.3) - 0.5;
  Level level = detail::bare_level({x + 0.3, double(p[1])}, {keeper ? 55.0 : -55.0, 0});
  level.difficulty[1] = 0.6f;
  detail::add_player(level, 0, {x, double(p[1]) * 1.0163}, true);
  const int press = pace == 0 ? 1 : 8;
  const auto rows = detail::play(level, 1, 0, 45, seed, [&](int step, const MicroRow&) -> std::vector<std::int32_t> {
    if (step == press) return {kShot};
    return {pace == 2 ? (step == 0 ? kSprint : step == 1 ? kRight : kIdle) : step == 0 ? kRight : kIdle};
  });
  Results out;
  out.value[0] = rows.back().left_score > 0 ? 1 : 0;
  const int kick = detail::kicked(rows, press);
  if (kick < 0) return out;
  out.value[1] = detail::speed(rows[std::size_t(kick)]);
  out.value[2] = kick - press;
  for (std::size_t i = std::size_t(kick); i < rows.size(); i++) {
    const bool last = i + 1 == rows.size() || rows[i + 1].ball.x > 54 || rows[i + 1].ball.x < rows[i].ball.x;
    if (rows[i].ball_velocity.x <= 5 || !last) continue;
    out.value[3] = -(rows[i].ball.y + rows[i].ball_velocity.y * (55 - rows[i].ball.x) / rows[i].ball_velocity.x);
    break;
  }
  return out;
}

/// pace, gap, carrier → won, foul, length, steps until up.
inline Results slide_trial(const float* p, std::uint64_t seed) {
  Level level = detail::bare_level({-0.7, 0}, {-55, 0});
  detail::add_player(level, 0, {-16.2, 0}, true);
  detail::add_player(level, 1, {0, 0}, true);
  const int carrier = int(p[2]);
  int press = -1;
  const auto rows = detail::play(level, 1, 1, 60, seed, [&](int step, const MicroRow& now) -> std::vector<std::int32_t> {
    const double gap = length(now.left - now.right);
    std::int32_t own = detail::begin_run(step, int(p[0]), kRight);
    if (press < 0 && step > 1 && gap < double(p[1])) {
      press = step;
      own = kSlide;
    }
    // The right agent sees its own goal on the left: away from us is backwards for it.
    return {own, carrier == 0 || step > 0 ? kIdle : carrier == 1 ? kRight : kLeft};
  });
  Results out;
  if (press < 0) return out;
  out.value[0] = out.value[1] = 0;
  int stop = -1, up = -1;
  for (int i = press; i < press + 21 && i < int(rows.size()); i++) {
    const MicroRow& row = rows[std::size_t(i)];
    if (row.owner_team == 0) out.value[0] = 1;
    if (row.mode == kModeFreeKick) out.value[1] = 1;
    const double pace = length(row.left_velocity);
    if (stop < 0 && pace < 0.4) stop = i;
    if (stop >= 0 && up < 0 && pace > 1) up = i;
  }
  if (stop < 0 || int(rows.size()) < press + 21) return out;
  out.value[2] = length(rows[std::size_t(stop)].left - rows[std::size_t(press)].left);
  out.value[3] = up < 0 ? -1 : up - press;
  return out;
}

/// carrier pace, defender pace, start, difficulty → lost, steps from the approach to 2 m.
inline Results tackle_trial(const float* p, std::uint64_t seed) {
  Level level = detail::bare_level({-15.8, 0}, {-55, 0});
  level.difficulty[1] = p[3];
  detail::add_player(level, 0, {-16.5, 0}, true);
  detail::add_player(level, 1, {p[2] > 0 ? -8.4 : -21.6, 0}, true);
  const auto rows = detail::play(level, 1, 1, 60, seed, [&](int step, const MicroRow& now) -> std::vector<std::int32_t> {
    const Vector2 way = flat(now.ball) - now.right;
    const std::int32_t steer = rotated_action(detail::steering(way));
    return {detail::begin_run(step, int(p[0]), kRight), int(p[1]) == 2 && step == 0 ? kSprint : steer};
  });
  int near = -1;
  for (std::size_t i = 0; i < rows.size() && near < 0; i++) {
    if (length(rows[i].left - rows[i].right) <= 2) near = int(i);
  }
  const int lost = detail::owned_by(rows, 1, 1, -1);
  return {{lost < 0 ? 0.0 : 1.0, lost < 0 || near < 0 ? -1.0 : double(lost - near), -1, -1}};
}

/// pace, distance → steps to own.
inline Results loose_trial(const float* p, std::uint64_t seed) {
  Level level = detail::bare_level({-11 + 0.06 + double(p[1]), 0}, {-55, 0});
  detail::add_player(level, 0, {-11, 0}, true);
  const auto rows = detail::play(level, 1, 0, 45, seed, [&](int step, const MicroRow&) -> std::vector<std::int32_t> {
    return {detail::begin_run(step, int(p[0]), kRight)};
  });
  return {{double(detail::owned_by(rows, 0, 0, 1)), -1, -1, -1}};
}

/// carrier pace, distance, difficulty → lost, gap at the end, step of the loss.
inline Results retreat_trial(const float* p, std::uint64_t seed) {
  Level level = detail::bare_level({-15.8, 0}, {-55, 0});
  level.difficulty[1] = p[2];
  detail::add_player(level, 0, {-16.5, 0}, true);
  detail::add_player(level, 1, {-16.5 + double(p[1]), 0}, false);
  const auto rows = detail::play(level, 1, 0, 50, seed, [&](int step, const MicroRow&) -> std::vector<std::int32_t> {
    return {detail::begin_run(step, int(p[0]), kRight)};
  });
  const int lost = detail::owned_by(rows, 1, 1, -1);
  return {{lost < 0 ? 0.0 : 1.0, double(length(rows.back().left - rows.back().right)), double(lost), -1}};
}

}  // namespace calibrate
