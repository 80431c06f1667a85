#pragma once

#include "agon/football/carry.hpp"
#include "runs.hpp"

/// Recorded runs with the ball, compared with runs from the same actions: mean speed and mean distance to the ball.
namespace calibrate {

namespace carried {

using namespace agon::football;

struct Means {
  Sample recorded_speed, recorded_gap, speed, gap;
};

/// Adds the means over the rows from `from` on of one trial.
inline void replay(const Trace& trace, const Trial& trial, std::size_t from, Means& out) {
  Player player;
  Ball ball;
  ReplayedControls controls;
  Sample recorded_speed, recorded_gap, speed, gap;
  for (std::size_t i = 0; i < trial.rows; i++) {
    const auto value = [&](const char* name) { return trace.value(trial, i, name); };
    if (i == 0) {
      player.position = {value("L1_x"), -value("L1_y")};
      ball.position = {value("ball_x"), -value("ball_y"), kBallRadius};
    }
    if (i >= from) {
      recorded_speed.add(std::hypot(value("L1_vx"), value("L1_vy")));
      recorded_gap.add(std::hypot(value("ball_x") - value("L1_x"), value("ball_y") - value("L1_y")));
      speed.add(length(player.velocity));
      gap.add(length(Vector2{ball.position.x - player.position.x, ball.position.y - player.position.y}));
    }
    controls.take(int(value("action_l1")));
    const Command command = controls.command();
    for (int tick = 0; tick < kTicksPerStep; tick++) {
      carry(player, ball, command, runs::build_of(1));
      fly(ball);
    }
  }
  out.recorded_speed.add(recorded_speed.mean());
  out.recorded_gap.add(recorded_gap.mean());
  out.speed.add(speed.mean());
  out.gap.add(gap.mean());
}

}  // namespace carried

/// Straight runs by the tolerances of the table in calibration.md; those for turns are our own bounds.
inline void runs_with_ball(const std::string& folder, Table& table) {
  Trace trace;
  if (!Trace::read(folder, "ballrun", trace)) return;
  std::map<std::pair<std::string, std::string>, carried::Means> groups;
  for (const Trial& trial : trace.trials) {
    const std::string turn = trial.text("turn");
    const std::size_t from = turn == "none" ? 20 : std::size_t(trial.number("turn_at_step", 30)) + 1;
    carried::replay(trace, trial, from, groups[{trial.text("speed"), turn}]);
  }
  for (const auto& [key, means] : groups) {
    const bool straight = key.second == "none";
    const std::string what = "with the ball, " + runs::pace_name(key.first) +
                             (straight               ? ", straight"
                              : key.second == "stop" ? ", stop"
                                                     : ", turn of " + key.second);
    const double speed = means.recorded_speed.mean();
    table.push_back({"ballrun", what + ": mean speed", means.speed.mean(), speed, straight ? 0.05 * speed : 0.35, "m/s",
                     Bound::kDifference, !straight});
    table.push_back({"ballrun", what + ": mean distance to it", means.gap.mean(), means.recorded_gap.mean(),
                     straight ? 0.15 : 0.25, "m", Bound::kDifference, !straight});
  }
}

}  // namespace calibrate
