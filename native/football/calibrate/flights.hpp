#pragma once

#include <string>

#include "agon/football/woodwork.hpp"
#include "sample.hpp"
#include "table-row.hpp"
#include "trace.hpp"

/// Recorded flights of the free ball, flown again from their rows.
namespace calibrate {

namespace flights {

using namespace agon::football;

inline Ball recorded_ball(const Trace& trace, const Trial& trial, std::size_t i) {
  const float* ball = trace.row(trial, i) + trace.column("ball_x");
  return {{ball[0], -ball[1], ball[2]}, {ball[3], -ball[4], ball[5]}, {ball[6], ball[7], ball[8]}};
}

inline Ball flown(Ball ball, std::size_t ticks) {
  for (std::size_t i = 0; i < ticks; i++) fly(ball);
  return ball;
}

inline constexpr int kSpans = 3;

/// A step whose velocity is not what free flight gives was a touch; flights are stretches without one.
struct Flights {
  Sample steps;          // error of the next velocity, m/s, moving balls
  Sample after[kSpans];  // position error after 0.5, 1, 2 s, mm
  long touched = 0;
};

inline std::vector<bool> untouched(const Trace& trace, const Trial& trial, std::size_t ticks, double tolerance,
                                   Flights& out) {
  std::vector<bool> free(trial.rows, false);
  for (std::size_t i = 0; i + 1 < trial.rows; i++) {
    const Ball now = recorded_ball(trace, trial, i);
    const double error = length(flown(now, ticks).velocity - recorded_ball(trace, trial, i + 1).velocity);
    free[i] = error < tolerance;
    if (length(now.velocity) <= 0.2f) continue;
    out.steps.add(error);
    out.touched += error >= tolerance;
  }
  return free;
}

inline void follow(const Trace& trace, const Trial& trial, const std::vector<bool>& free, std::size_t ticks, int span,
                   Flights& out) {
  const std::size_t rows = (50 / ticks) << span;
  for (std::size_t i = 0; i + rows < trial.rows;) {
    const Ball start = recorded_ball(trace, trial, i);
    const Ball end = recorded_ball(trace, trial, i + rows);
    const bool whole = std::all_of(free.begin() + std::ptrdiff_t(i), free.begin() + std::ptrdiff_t(i + rows),
                                   [](bool f) { return f; });
    // The net and the boards behind the goal line are not free flight.
    if (!whole || length(start.velocity) <= 1.0f || std::fabs(end.position.x) > kPitchHalfLength) {
      i++;
      continue;
    }
    out.after[span].add(1000.0 * length(flown(start, rows * ticks).position - end.position));
    i += rows / 2;
  }
}

inline void replay(const Trace& trace, std::size_t ticks, double tolerance, Flights& out) {
  for (const Trial& trial : trace.trials) {
    const std::vector<bool> free = untouched(trace, trial, ticks, tolerance, out);
    for (int span = 0; span < kSpans; span++) follow(trace, trial, free, ticks, span, out);
  }
}

inline void report(const std::string& name, const Flights& all, Table& table) {
  constexpr double allowed[kSpans] = {2.5, 5, 10};
  const char* const spans[kSpans] = {"0.5 s", "1 s", "2 s"};
  for (int span = 0; span < kSpans; span++) {
    if (all.after[span].size() < 5) continue;
    const std::string what = std::string("free ball, position after ") + spans[span] + ", median of " +
                             std::to_string(all.after[span].size());
    table.push_back({name, what, all.after[span].median(), 0, allowed[span], "mm", Bound::kDifference, span == 0});
  }
}

/// Recorded shots against a post, and where the ball was a step later. Hits that ended the play leave nothing to
/// compare.
inline void hits(const Trace& trace, const std::string& name, Table& table) {
  Sample places;
  for (const Trial& trial : trace.trials) {
    for (std::size_t i = 0; i + 1 < trial.rows; i++) {
      Ball ball = recorded_ball(trace, trial, i);
      const Ball next = recorded_ball(trace, trial, i + 1);
      bool hit = false;
      for (int tick = 0; tick < kTicksPerStep; tick++) {
        hit = hit_woodwork(ball) || hit;
        fly(ball);
      }
      if (hit && length(next.velocity) >= 0.1f) places.add(1000.0 * length(ball.position - next.position));
    }
  }
  if (places.empty()) return;
  const std::string what = "ball off a post, a step later, worst of " + std::to_string(places.size());
  table.push_back({name, what, places.most(), 0, 5, "mm", Bound::kDifference, true});
}

}  // namespace flights

inline void free_flights(const std::string& folder, Table& table) {
  flights::Flights fine;
  bool any = false;
  for (const char* name : {"pass_100hz", "shot_nokeeper_100hz", "ballrun_100hz"}) {
    Trace trace;
    if (!Trace::read(folder, name, trace)) continue;
    any = true;
    flights::replay(trace, 1, 0.02, fine);
  }
  if (any) {
    flights::report("100 Hz", fine, table);
    table.push_back({"100 Hz", "steps of a moving ball that are no free flight",
                     double(fine.touched) / double(fine.steps.size()), 0, 0.03, "", Bound::kDifference, true});
  }
  for (const char* name : {"pass", "shot_nokeeper"}) {
    Trace trace;
    if (!Trace::read(folder, name, trace)) continue;
    flights::Flights coarse;
    flights::replay(trace, 10, 0.05, coarse);
    flights::report(name, coarse, table);
    if (std::string(name) == "shot_nokeeper") flights::hits(trace, name, table);
  }
}

}  // namespace calibrate
