#pragma once

#include "micro-play.hpp"

/// The recorded micro-experiments, played in the simulator from the same starts with the same hands. Each trial gives
/// up to four results; −1 is "did not happen".
namespace calibrate {

struct Results {
  double value[4] = {-1, -1, -1, -1};
};

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
