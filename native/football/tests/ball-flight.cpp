// Recorded flights of the reference engine, replayed from their first row.
#include "agon/football/woodwork.hpp"

#include <algorithm>
#include <cmath>

#include "calibration.hpp"
#include "traces.hpp"

using namespace agon::football;

namespace {

/// Rows are x, y, z, vx, vy, vz, rx, ry, rz with y downwards; spin is already in our frame.
Ball recorded(const float* row) {
  return {{row[0], -row[1], row[2]}, {row[3], -row[4], row[5]}, {row[6], row[7], row[8]}};
}

Ball flown(Ball ball, int ticks) {
  for (int i = 0; i < ticks; i++) fly(ball);
  return ball;
}

double median(std::vector<double>& values) {
  std::nth_element(values.begin(), values.begin() + values.size() / 2, values.end());
  return values[values.size() / 2];
}

/// One recorded row after another: a step whose velocity is not what free flight gives was a touch.
struct Flights {
  std::vector<double> steps;              // error of the next velocity, m/s, moving balls
  std::vector<double> after[3];           // position error after 0.5, 1, 2 s, mm
  long touched = 0;
};

template <std::size_t N>
void replay(const fixtures::Table<float>& trace, const TraceTrial (&trials)[N], int ticks_per_row, double tolerance,
            Flights& flights) {
  for (const TraceTrial& trial : trials) {
    const auto row = [&](int i) { return trace.row(std::size_t(trial.first_row + i)); };
    std::vector<bool> free(std::size_t(trial.rows), false);
    for (int i = 0; i + 1 < trial.rows; i++) {
      const Ball now = recorded(row(i));
      const Ball next = recorded(row(i + 1));
      const double error = length(flown(now, ticks_per_row).velocity - next.velocity);
      free[std::size_t(i)] = error < tolerance;
      if (length(now.velocity) > 0.2f) {
        flights.steps.push_back(error);
        flights.touched += error >= tolerance;
      }
    }
    const int seconds_half = 50 / ticks_per_row;
    for (int span = 0; span < 3; span++) {
      const int rows = seconds_half << span;
      for (int i = 0; i + rows < trial.rows;) {
        const Ball start = recorded(row(i));
        const bool whole = std::all_of(free.begin() + i, free.begin() + i + rows, [](bool f) { return f; });
        if (!whole || length(start.velocity) <= 1.0f) {
          i++;
          continue;
        }
        const Ball end = recorded(row(i + rows));
        if (std::fabs(end.position.x) > kPitchHalfLength) {  // the net and the boards behind it are not free flight
          i++;
          continue;
        }
        flights.after[span].push_back(1000.0 * length(flown(start, rows * ticks_per_row).position - end.position));
        i += rows / 2;
      }
    }
  }
}

void report(const char* name, Flights& flights) {
  static const double allowed[] = {2.5, 5, 10};
  static const char* span_names[] = {"0.5 s", "1 s", "2 s"};
  for (int span = 0; span < 3; span++) {
    if (flights.after[span].size() < 5) continue;
    char what[100];
    std::snprintf(what, sizeof what, "%s: %s, median of %zu (worst %.1f)", name, span_names[span],
                  flights.after[span].size(), *std::max_element(flights.after[span].begin(), flights.after[span].end()));
    check::row(what, median(flights.after[span]), allowed[span], "mm");
  }
}

void hundred_hertz() {
  Flights all;
  const auto each = [&](const char* name, const fixtures::Table<float>& trace, const auto& trials) {
    Flights own;
    replay(trace, trials, 1, 0.02, own);
    report(name, own);
    replay(trace, trials, 1, 0.02, all);
  };
  each("pass, 100 Hz", read_trace("pass_100hz", k_pass_100hz_columns), k_pass_100hz_trials);
  each("shot, 100 Hz", read_trace("shot_nokeeper_100hz", k_shot_nokeeper_100hz_columns), k_shot_nokeeper_100hz_trials);
  each("ball run, 100 Hz", read_trace("ballrun_100hz", k_ballrun_100hz_columns), k_ballrun_100hz_trials);
  report("all, 100 Hz", all);
  std::printf("  %zu recorded steps of a moving ball, %ld of them touches\n", all.steps.size(), all.touched);
  check::row("share of steps off by more than 0.02 m/s", double(all.touched) / double(all.steps.size()), 0.03, "");
  check::row("next velocity, median error", median(all.steps), 0.005, "m/s");
}

void ten_hertz() {
  Flights passes, shots;
  replay(read_trace("pass", k_pass_columns), k_pass_trials, 10, 0.05, passes);
  report("pass, 10 Hz", passes);
  replay(read_trace("shot_nokeeper", k_shot_nokeeper_columns), k_shot_nokeeper_trials, 10, 0.05, shots);
  report("shot, 10 Hz", shots);
}

/// Rules of the table that flights alone would not show.
void rules() {
  Ball rest;
  fly(rest);
  for (int i = 0; i < 200; i++) fly(rest);
  CHECK(std::fabs(rest.position.z - kBallRadius) < 0.002f);
  CHECK(length(rest.velocity) < 0.15f);

  Ball drop;
  drop.position.z = 5;
  float top = 0;
  for (int i = 0; i < 300; i++) {
    fly(drop);
    if (i > 120) top = larger(top, drop.position.z);
  }
  CHECK(top > 1.5f && top < 2.2f);
  CHECK(drop.position.z >= kBallRadius - 0.1f);

  Ball bent;
  strike(bent, {25, 0, 6}, {0, 0, 60});
  for (int i = 0; i < 60; i++) fly(bent);
  CHECK(bent.position.y > 0.5f);  // spin to the left (seen from above) bends to the left
}

/// Recorded shots against a post, and what came back. Hits that ended the play (a goal, out) leave nothing to compare.
void recorded_hits() {
  const auto trace = read_trace("shot_nokeeper", k_shot_nokeeper_columns);
  double worst = 0, worst_velocity = 0, unturned = 1e9;
  int hits = 0;
  for (const TraceTrial& trial : k_shot_nokeeper_trials) {
    for (int i = 0; i + 1 < trial.rows; i++) {
      Ball ball = recorded(trace.row(std::size_t(trial.first_row + i)));
      const Ball straight = flown(ball, kTicksPerStep);
      const Ball next = recorded(trace.row(std::size_t(trial.first_row + i + 1)));
      bool hit = false;
      for (int tick = 0; tick < kTicksPerStep; tick++) {
        hit = hit_woodwork(ball) || hit;
        fly(ball);
      }
      if (!hit || length(next.velocity) < 0.1f) continue;
      hits++;
      worst = std::max(worst, 1000.0 * length(ball.position - next.position));
      worst_velocity = std::max(worst_velocity, double(length(ball.velocity - next.velocity)));
      unturned = std::min(unturned, 1000.0 * length(straight.position - next.position));
    }
  }
  CHECK(hits >= 5);
  char what[100];
  std::snprintf(what, sizeof what, "%d recorded hits of a post: worst (without the post at least %.0f mm)", hits,
                unturned);
  check::row(what, worst, 5, "mm");
  check::row("velocity after them: worst", worst_velocity, 0.1, "m/s");
}

/// A hit keeps 0.8 of the speed in its plane and goes along (unit velocity + 1.1 unit normal).
void woodwork() {
  Ball post;
  strike(post, {20, 0, 1}, {0, 0, 0});
  post.position = {kPitchHalfLength - 0.15f, kGoalHalfWidth, 1};
  CHECK(hit_woodwork(post));
  CHECK(std::fabs(post.position.x - (kPitchHalfLength - 0.18f)) < 1e-5f && post.position.y == kGoalHalfWidth);
  CHECK(std::fabs(post.velocity.x + 16) < 1e-4f && post.velocity.z == 1.0f);

  Ball bar;
  strike(bar, {0, 3, -10}, {0, 0, 0});
  bar.position = {-kPitchHalfLength, 1, kGoalHeight + 0.1f};
  CHECK(hit_woodwork(bar));
  CHECK(std::fabs(bar.position.z - kGoalHeight - 0.18f) < 1e-5f);
  CHECK(std::fabs(bar.velocity.z - 8) < 1e-4f && bar.velocity.y == 3.0f);

  Ball side;
  strike(side, {30, 0, 0}, {0, 0, 0});
  side.position = {kPitchHalfLength, kGoalHalfWidth + 0.15f, 1};
  CHECK(hit_woodwork(side));
  CHECK(side.velocity.x > 0 && side.velocity.y > 0);
  CHECK(std::fabs(side.velocity.y / side.velocity.x - 1.1f) < 1e-3f);
  CHECK(std::fabs(length(side.velocity) - 24) < 1e-3f);

  Ball inside;
  inside.position = {kPitchHalfLength, 0, 1};
  CHECK(!hit_woodwork(inside));
  Ball above;
  above.position = {kPitchHalfLength, kGoalHalfWidth, kGoalHeight + 0.5f};
  CHECK(!hit_woodwork(above));
}

void units() {
  const Vector3 place = from_field({1, -0.42f, 2});
  CHECK(place.x == 54.4f && place.y > 35.11f && place.y < 35.113f && place.z == 2.0f);
  const Vector3 direction = velocity_to_field({5.44f, -8.36f, 1});
  CHECK(std::fabs(direction.x - 0.01f) < 1e-8f && std::fabs(direction.y - 0.01f) < 1e-8f && direction.z == 0.1f);
  const Vector3 spin = spin_from_field({1e-4f, 1e-4f, 1e-3f});
  CHECK(std::fabs(spin.x - 54.4f) < 1e-4f && std::fabs(spin.y + 83.6f) < 1e-4f && std::fabs(spin.z - 10) < 1e-5f);
  const Vector3 start = to_field({player_start(1, 1).x, player_start(1, 1).y, 0});
  CHECK(std::fabs(start.x - 1.01103f) < 1e-5f && std::fabs(start.y - 1.01627f) < 1e-5f);
}

}  // namespace

int main() {
  hundred_hertz();
  ten_hertz();
  rules();
  recorded_hits();
  woodwork();
  units();
  return check::finish("ball flight");
}
