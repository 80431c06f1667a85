#pragma once

#include <set>

#include "agon/football/attributes.hpp"
#include "replayed-controls.hpp"
#include "sample.hpp"
#include "table-row.hpp"
#include "trace.hpp"

/// Recorded runs without the ball, run again from their actions: speed against time, steady speeds, tiredness.
namespace calibrate {

namespace runs {

using namespace agon::football;

inline Build build_of(int index) { return {attributes_of(index).top_speed, attributes_of(index).stamina}; }

/// What a recorded pace is called, in the order of ReplayedControls' flags.
inline std::string pace_name(const std::string& pace) { return pace == "dribble_button" ? "dribble flag" : pace; }

inline float pace_speed(const std::string& pace) {
  return pace == "sprint" ? kSprintSpeed : pace == "walk" ? kWalkSpeed : kDribbleSpeed;
}

/// Mean absolute error of the speed of L1 over `rows` rows from `from` on, m/s.
inline double speed_error(const Trace& trace, const Trial& trial, std::size_t from, std::size_t rows) {
  Player player;
  ReplayedControls controls;
  double error = 0;
  for (std::size_t i = 0; i < from + rows && i < trial.rows; i++) {
    const double recorded = std::hypot(trace.value(trial, i, "L1_vx"), trace.value(trial, i, "L1_vy"));
    if (i >= from) error += std::fabs(recorded - double(length(player.velocity))) / double(rows);
    controls.take(int(trace.value(trial, i, "action_l1")));
    const Command command = controls.command();
    for (int tick = 0; tick < kTicksPerStep; tick++) move(player, command, build_of(1));
  }
  return error;
}

inline constexpr std::size_t kMeasuredRows = 15;

inline void from_rest(const std::string& folder, Table& table) {
  Trace trace;
  if (!Trace::read(folder, "move", trace)) return;
  std::map<std::string, Sample> errors;
  for (const Trial& trial : trace.trials) errors[trial.text("speed")].add(speed_error(trace, trial, 1, kMeasuredRows));
  for (const auto& [pace, sample] : errors) {
    const std::string what = "speed from rest over 1.5 s, " + pace_name(pace);
    table.push_back({"move", what + ", mean", sample.mean(), 0, 0.5, "m/s"});
    table.push_back({"move", what + ", worst of " + std::to_string(sample.size()), sample.most(), 0, 0.5, "m/s"});
  }
}

inline void turns(const std::string& folder, Table& table) {
  Trace trace;
  if (!Trace::read(folder, "turn", trace)) return;
  for (const Trial& trial : trace.trials) {
    const std::string turn = trial.text("turn");
    const std::string what = "speed over 1.5 s after " + pace_name(trial.text("speed")) + ", " +
                             (turn == "stop" ? "stop" : "turn of " + turn);
    const std::size_t from = std::size_t(trial.number("turn_at_step", 25)) + 1;
    table.push_back({"turn", what, speed_error(trace, trial, from, kMeasuredRows), 0, 0.5, "m/s"});
  }
}

inline double speed_after(int index, float wanted, std::size_t steps) {
  Player player;
  for (std::size_t tick = 0; tick < steps * kTicksPerStep; tick++) move(player, {{1, 0}, wanted}, build_of(index));
  return length(player.velocity);
}

inline double lane_speed(const Trace& trace, const Trial& trial, std::size_t i, int index) {
  const std::string name = "L" + std::to_string(index);
  return std::hypot(trace.value(trial, i, name + "_vx"), trace.value(trial, i, name + "_vy"));
}

/// Players 1 … 10 from rest, whose first strides began at different moments: compared from the first moving row on.
inline double lane_error(const Trace& trace, const Trial& trial, int index) {
  const float wanted = pace_speed(trial.text("speed"));
  std::size_t theirs = 0, ours = 0;
  while (theirs + kMeasuredRows < trial.rows && lane_speed(trace, trial, theirs, index) < 0.3) theirs++;
  while (speed_after(index, wanted, ours) < 0.3) ours++;
  double error = 0;
  for (std::size_t i = 0; i < kMeasuredRows; i++)
    error += std::fabs(lane_speed(trace, trial, theirs + i, index) - speed_after(index, wanted, ours + i)) /
             double(kMeasuredRows);
  return error;
}

inline void lanes(const std::string& folder, Table& table) {
  Trace trace;
  if (!Trace::read(folder, "sprint_by_player", trace)) return;
  for (const Trial& trial : trace.trials) {
    const std::string pace = pace_name(trial.text("speed"));
    Sample errors;
    for (int index = 1; index < kMaxPlayers; index++) {
      if (trace.column("L" + std::to_string(index) + "_vx") < 0) continue;
      const double recorded = lane_speed(trace, trial, trial.rows - 1, index);
      const double ours = speed_after(index, pace_speed(trial.text("speed")), trial.rows - 1);
      table.push_back({"sprint_by_player", "steady " + pace + " of player " + std::to_string(index), ours, recorded,
                       0.01 * recorded, "m/s"});
      errors.add(lane_error(trace, trial, index));
    }
    table.push_back({"sprint_by_player", "speed from rest over 1.5 s, " + pace + ", worst of the players",
                     errors.most(), 0, 0.5, "m/s"});
  }
}

/// The dribble flag without the ball: the pace that recorded runs end with.
inline void steady_dribble(const std::string& folder, Table& table) {
  Trace trace;
  if (!Trace::read(folder, "move", trace)) return;
  Sample recorded;
  for (const Trial& trial : trace.trials)
    if (trial.text("speed") == "dribble_button") recorded.add(lane_speed(trace, trial, trial.rows - 1, 1));
  if (recorded.empty()) return;
  table.push_back({"move", "steady dribble flag", speed_after(1, kDribbleSpeed, 60), recorded.median(),
                   0.01 * recorded.median(), "m/s"});
}

inline void tiredness(const std::string& folder, Table& table) {
  Trace trace;
  if (!Trace::read(folder, "tired", trace)) return;
  for (const Trial& trial : trace.trials) {
    float tired = 0;
    double metres = 0;
    for (std::size_t i = 1; i < trial.rows; i++) {
      const double x = trace.value(trial, i, "L1_x") - trace.value(trial, i - 1, "L1_x");
      const double y = trace.value(trial, i, "L1_y") - trace.value(trial, i - 1, "L1_y");
      metres += std::hypot(x, y);
      tired = tire(tired, attributes_of(1).stamina, float(std::hypot(x, y)));
    }
    const double recorded = 1000 * trace.value(trial, trial.rows - 1, "L1_tired") / metres;
    table.push_back({"tired", "tired factor per kilometre, " + pace_name(trial.text("speed")),
                     1000 * double(tired) / metres, recorded, 0.03 * recorded, ""});
  }
}

}  // namespace runs

inline void runs_without_ball(const std::string& folder, Table& table) {
  runs::from_rest(folder, table);
  runs::steady_dribble(folder, table);
  runs::turns(folder, table);
  runs::lanes(folder, table);
  runs::tiredness(folder, table);
}

}  // namespace calibrate
