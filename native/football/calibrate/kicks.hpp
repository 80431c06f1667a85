#pragma once

#include "duels.hpp"

/// Rows of recorded passes and shots.
namespace calibrate {

inline void passes(const std::string& folder, Table& table) {
  Trace trace;
  if (!Trace::read(folder, "pass", trace)) return;
  struct Cell {
    Pair speed, delay, steps;
  };
  std::map<std::string, std::map<double, Cell>> cells;
  play_trials(
      trace, {}, [&](const Trial& trial) { return recorded_hands(trace, trial); },
      [&](const Play& play, const Trial& trial, bool simulated) {
        const PassOutcome out = pass_outcome(play, int(trial.number("press_step", 4)));
        Cell& cell = cells[trial.text("kind")][trial.number("distance_m")];
        note(cell.speed, simulated, out.speed);
        note(cell.delay, simulated, out.delay);
        note(cell.steps, simulated, out.steps);
      });
  for (const auto& [kind, distances] : cells) {
    for (const auto& [distance, cell] : distances) {
      char start[60];
      std::snprintf(start, sizeof start, "%s pass of %g m: ", kind.c_str(), distance);
      const std::string name = start;
      const double speed = cell.speed.recorded.mean();
      table.push_back({"pass", name + "speed", cell.speed.ours.mean(), speed, 0.07 * speed, "m/s"});
      table.push_back(
          {"pass", name + "steps to the kick", cell.delay.ours.median(), cell.delay.recorded.median(), 2, "steps"});
      if (cell.steps.recorded.empty()) continue;
      table.push_back(
          {"pass", name + "steps to the receiver", cell.steps.ours.median(), cell.steps.recorded.median(), 2, "steps"});
    }
  }
}

namespace detail {

/// Where goals are compared by distance, the bands of distances.
inline std::string band_of(double distance) {
  return distance < 10.5 ? "6-9 m" : distance < 18 ? "12-16 m" : distance < 22.5 ? "20 m" : "25-30 m";
}

}  // namespace detail

inline void free_shots(const std::string& folder, Table& table) {
  Trace trace;
  if (!Trace::read(folder, "shot_nokeeper", trace)) return;
  Pair speed, delay;
  std::map<double, Pair> across, goals;
  play_trials(
      trace, {false, 0.6}, [&](const Trial& trial) { return recorded_hands(trace, trial); },
      [&](const Play& play, const Trial& trial, bool simulated) {
        const ShotOutcome out = shot_outcome(play);
        note(speed, simulated, out.speed);
        note(delay, simulated, out.delay);
        note(goals[trial.number("lateral_m")], simulated, out.goal);
        if (trial.number("lateral_m") == 0) note(across[trial.number("start_distance_m")], simulated, out.across);
      });
  table.push_back(
      {"shot_nokeeper", "shot speed", speed.ours.mean(), speed.recorded.mean(), 0.07 * speed.recorded.mean(), "m/s"});
  table.push_back({"shot_nokeeper", "steps to the shot", delay.ours.median(), delay.recorded.median(), 2, "steps"});
  for (const auto& [distance, pair] : across) {
    if (distance < 10) continue;  // from the nearest places too few cross the line in the open
    char what[80];
    std::snprintf(what, sizeof what, "spread at the goal line from %g m", distance);
    table.push_back({"shot_nokeeper", what, pair.ours.spread(), pair.recorded.spread(), 1.5, "m", Bound::kFactor});
  }
  for (const auto& [lateral, pair] : goals) {
    char what[80];
    std::snprintf(what, sizeof what, "on target without keeper, %g m aside", lateral);
    table.push_back({"shot_nokeeper", what, pair.ours.mean(), pair.recorded.mean(), 0.15, ""});
  }
}

inline void kept_shots(const std::string& folder, Table& table) {
  Trace trace;
  if (!Trace::read(folder, "shot_keeper", trace)) return;
  std::map<std::string, Pair> goals;
  play_trials(
      trace, {false, 0.6}, [&](const Trial& trial) { return recorded_hands(trace, trial); },
      [&](const Play& play, const Trial& trial, bool simulated) {
        note(goals[detail::band_of(trial.number("start_distance_m"))], simulated, shot_outcome(play).goal);
      });
  for (const auto& [band, pair] : goals)
    table.push_back(
        {"shot_keeper", "goals against a keeper from " + band, pair.ours.mean(), pair.recorded.mean(), 0.2, ""});
}

}  // namespace calibrate
