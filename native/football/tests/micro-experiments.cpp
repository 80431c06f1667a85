// Recorded micro-experiments with the ball, opponents and keepers, played in the simulator: the tolerances of the
// calibration table. Rows that are known not to hold are printed as such and must stay few.
#include <algorithm>
#include <cmath>
#include <cstring>
#include <string>
#include <vector>

#include "calibration.hpp"
#include "fixtures/outcomes.hpp"
#include "micro-experiments.hpp"

namespace {

using Trial = calibrate::Results (*)(const float*, std::uint64_t);

/// Recorded and simulated values of one result over the trials that `taken` selects.
struct Pool {
  std::vector<double> recorded, ours;

  static double mean(const std::vector<double>& values) {
    double sum = 0;
    for (const double value : values) sum += value;
    return values.empty() ? 0 : sum / double(values.size());
  }
  static double spread(const std::vector<double>& values) {
    double sum = 0;
    const double m = mean(values);
    for (const double value : values) sum += (value - m) * (value - m);
    return values.empty() ? 0 : std::sqrt(sum / double(values.size()));
  }
  static double median(std::vector<double> values) {
    if (values.empty()) return 0;
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
  }
};

constexpr int kRepeats = 12;

/// Each recorded trial of the pool is played `kRepeats` times. With `happened` only results that happened count.
template <std::size_t N, class Taken>
Pool pooled(const Outcome (&outcomes)[N], Trial trial, int result, Taken taken, bool happened = true) {
  Pool pool;
  std::uint64_t seed = 1;
  for (const Outcome& outcome : outcomes) {
    if (!taken(outcome.parameter)) continue;
    const float recorded = outcome.result[result];
    if (recorded != -1 || !happened) pool.recorded.push_back(recorded);
    for (int i = 0; i < kRepeats; i++) {
      const double ours = trial(outcome.parameter, 4000 + seed++).value[result];
      if (ours != -1 || !happened) pool.ours.push_back(ours);
    }
  }
  return pool;
}

int not_met = 0;

/// A row of the table. `known` rows are not asked to hold.
void row(const std::string& what, double recorded, double ours, double allowed, bool known = false) {
  const double off = std::fabs(ours - recorded);
  const bool holds = off <= allowed;
  std::printf("  %-52s recorded %7.3f ours %7.3f allowed %6.3f %s\n", what.c_str(), recorded, ours, allowed,
              holds ? "ok" : known ? "not met (known)" : "NOT MET");
  not_met += !holds;
  if (!known) check::that(holds, what.c_str(), "calibration", 0);
}

const char* kind_name(float kind) { return kind == 9 ? "long" : kind == 10 ? "high" : "short"; }

void passes() {
  for (const float kind : {11.0f, 9.0f, 10.0f}) {
    for (const float distance : {5.0f, 10.0f, 15.0f, 20.0f, 30.0f, 40.0f}) {
      const auto taken = [&](const float* p) { return p[0] == kind && p[1] == distance; };
      const std::string name = std::string(kind_name(kind)) + " pass, " + std::to_string(int(distance)) + " m: ";
      const Pool speed = pooled(k_pass_outcomes, calibrate::pass_trial, 0, taken);
      row(name + "speed m/s", Pool::mean(speed.recorded), Pool::mean(speed.ours), 0.07 * Pool::mean(speed.recorded));
      const Pool delay = pooled(k_pass_outcomes, calibrate::pass_trial, 1, taken);
      row(name + "steps to the kick", Pool::median(delay.recorded), Pool::median(delay.ours), 2);
      const Pool steps = pooled(k_pass_outcomes, calibrate::pass_trial, 2, taken);
      // Overrun and overhit balls come back to the receiver late in the reference, at once or never in ours.
      const bool known = distance == 5 || distance >= 30 || (kind == 10 && distance == 10);
      row(name + "steps to the receiver", Pool::median(steps.recorded), Pool::median(steps.ours), 2, known);
    }
  }
}

void interceptions() {
  for (const float kind : {11.0f, 9.0f, 10.0f}) {
    for (const float offset : {0.0f, 1.0f, 2.0f, 3.0f, 5.0f, 8.0f}) {
      const Pool team = pooled(
          k_pass_intercept_outcomes, calibrate::intercept_trial, 0,
          [&](const float* p) { return p[0] == kind && p[1] == offset; }, false);
      const auto share = [](const std::vector<double>& values) {
        return double(std::count(values.begin(), values.end(), 1.0)) / double(values.size());
      };
      row(std::string(kind_name(kind)) + " pass intercepted, " + std::to_string(int(offset)) + " m aside",
          share(team.recorded), share(team.ours), 0.2, true);
    }
    const Pool all = pooled(k_pass_intercept_outcomes, calibrate::intercept_trial, 0,
                            [&](const float* p) { return p[0] == kind; }, false);
    const auto share = [](const std::vector<double>& values) {
      return double(std::count(values.begin(), values.end(), 1.0)) / double(values.size());
    };
    row(std::string(kind_name(kind)) + " pass intercepted, all offsets", share(all.recorded), share(all.ours), 0.2, kind == 10);
  }
}

void shots() {
  const auto all = [](const float*) { return true; };
  const Pool speed = pooled(k_shot_nokeeper_outcomes, calibrate::shot_trial, 1, all);
  row("shot speed m/s", Pool::mean(speed.recorded), Pool::mean(speed.ours), 0.07 * Pool::mean(speed.recorded));
  const Pool delay = pooled(k_shot_nokeeper_outcomes, calibrate::shot_trial, 2, all);
  row("steps to the shot", Pool::median(delay.recorded), Pool::median(delay.ours), 2);
  for (const float distance : {12.0f, 16.0f, 20.0f, 25.0f, 30.0f}) {
    const auto straight = [&](const float* p) { return p[0] == distance && p[1] == 0; };
    const Pool across = pooled(k_shot_nokeeper_outcomes, calibrate::shot_trial, 3, straight);
    const double ratio = Pool::spread(across.ours) / Pool::spread(across.recorded);
    row("spread of shots from " + std::to_string(int(distance)) + " m, ours over recorded (log 1.5)", 0,
        std::log(ratio) / std::log(1.5), 1);
  }
  for (const float lateral : {0.0f, 8.0f, 16.0f}) {
    const Pool goal = pooled(k_shot_nokeeper_outcomes, calibrate::shot_trial, 0,
                             [&](const float* p) { return p[1] == lateral; });
    row("on target without keeper, " + std::to_string(int(lateral)) + " m aside", Pool::mean(goal.recorded),
        Pool::mean(goal.ours), 0.15);
  }
  const float bands[][2] = {{6, 9}, {12, 16}, {20, 20}, {25, 30}};
  for (const auto& band : bands) {
    const Pool goal = pooled(k_shot_keeper_outcomes, calibrate::shot_trial, 0,
                             [&](const float* p) { return p[0] >= band[0] && p[0] <= band[1]; });
    row("goals against a keeper from " + std::to_string(int(band[0])) + "-" + std::to_string(int(band[1])) + " m",
        Pool::mean(goal.recorded), Pool::mean(goal.ours), 0.2);
  }
}

void slides() {
  for (const float pace : {1.0f, 2.0f}) {
    const std::string name = pace == 1 ? "slide from walk" : "slide from sprint";
    // Nothing is hit when the ball is still far.
    const auto far = [&](const float* p) { return p[0] == pace && p[1] >= 4 && p[2] == 0; };
    const Pool length = pooled(k_slide_outcomes, calibrate::slide_trial, 2, far);
    row(name + ": length m", Pool::mean(length.recorded), Pool::mean(length.ours), 0.25 * Pool::mean(length.recorded));
    const Pool up = pooled(k_slide_outcomes, calibrate::slide_trial, 3, far);
    row(name + ": steps until up", Pool::mean(up.recorded), Pool::mean(up.ours), 0.25 * Pool::mean(up.recorded));
    for (const float carrier : {0.0f, 1.0f}) {
      const Pool won = pooled(k_slide_outcomes, calibrate::slide_trial, 0,
                              [&](const float* p) { return p[0] == pace && p[2] == carrier; });
      row(name + (carrier == 0 ? ": won from a standing carrier" : ": won from one who comes"), Pool::mean(won.recorded),
          Pool::mean(won.ours), 0.25, true);
    }
  }
  const Pool foul = pooled(k_slide_outcomes, calibrate::slide_trial, 1, [](const float*) { return true; });
  row("slides that are fouls", Pool::mean(foul.recorded), Pool::mean(foul.ours), 0.2);
}

void tackles() {
  const char* const carriers[] = {"standing", "walking", "sprinting", "dribbling"};
  for (int carrier = 0; carrier < 4; carrier++) {
    for (const float start : {8.0f, -5.0f}) {
      if (carrier == 0 && start < 0) continue;
      const Pool lost = pooled(k_tackle_outcomes, calibrate::tackle_trial, 0, [&](const float* p) {
        return int(p[0]) == carrier && p[2] == start && (start > 0 || p[1] == 2);
      });
      row(std::string(carriers[carrier]) + (start > 0 ? " carrier meets a tackler head-on" : " carrier chased"),
          Pool::mean(lost.recorded), Pool::mean(lost.ours), 0.2, start < 0);
    }
  }
}

void loose_balls() {
  for (const float distance : {3.0f, 6.0f, 10.0f, 20.0f}) {
    const Pool steps = pooled(k_loose_ball_outcomes, calibrate::loose_trial, 0,
                              [&](const float* p) { return p[1] == distance; });
    row("steps to a loose ball " + std::to_string(int(distance)) + " m away", Pool::median(steps.recorded),
        Pool::median(steps.ours), 2);
  }
}

void retreats() {
  for (const float distance : {3.0f, 6.0f, 10.0f}) {
    const Pool lost = pooled(k_retreat_outcomes, calibrate::retreat_trial, 0,
                             [&](const float* p) { return p[1] == distance; });
    row("lone defender from " + std::to_string(int(distance)) + " m wins the ball", Pool::mean(lost.recorded),
        Pool::mean(lost.ours), 0.2, distance == 3);
  }
}

}  // namespace

int main() {
  passes();
  interceptions();
  shots();
  slides();
  tackles();
  loose_balls();
  retreats();
  std::printf("  %d rows not met\n", not_met);
  return check::finish("micro-experiments");
}
