// Recorded runs with the ball, compared with runs of our own from the same actions: speed and distance to the ball.
#include <cmath>
#include <cstring>

#include "agon/football/attributes.hpp"
#include "agon/football/carry.hpp"
#include "agon/football/random.hpp"
#include "calibration.hpp"
#include "replayed-controls.hpp"
#include "traces.hpp"

using namespace agon::football;

namespace {

const Build kIndexOne = {attributes_of(1).top_speed, attributes_of(1).stamina};
const char* const kPaces[] = {"walk", "sprint", "dribble flag"};

struct Means {
  double speed = 0, gap = 0, touches = 0, farthest = 0;
  int trials = 0;
};

/// Adds the means over the rows from `from` on (rows: action, x, y, vx, vy, ball x, ball y).
void replay(const fixtures::Table<float>& trace, const TraceTrial& trial, int from, Means& recorded, Means& ours) {
  Player player;
  Ball ball;
  ReplayedControls controls;
  const int measured = trial.rows - from;
  for (int i = 0; i < trial.rows; i++) {
    const float* row = trace.row(std::size_t(trial.first_row + i));
    if (i == 0) {
      player.position = {row[1], -row[2]};
      ball.position = {row[5], -row[6], kBallRadius};
    }
    const Vector2 gap = {ball.position.x - player.position.x, ball.position.y - player.position.y};
    if (i >= from) {
      recorded.speed += std::hypot(row[3], row[4]) / measured;
      recorded.gap += std::hypot(row[5] - row[1], row[6] - row[2]) / measured;
      ours.speed += length(player.velocity) / measured;
      ours.gap += length(gap) / measured;
      ours.farthest = std::fmax(ours.farthest, length(gap));
    }
    controls.take(int(row[0]));
    const Command command = controls.command();
    for (int tick = 0; tick < kTicksPerStep; tick++) {
      ours.touches += carry(player, ball, command, kIndexOne);
      fly(ball);
    }
  }
  recorded.trials++;
  ours.trials++;
}

void straight() {
  const auto trace = read_trace("ballrun", k_ballrun_columns);
  for (int pace = 0; pace < 3; pace++) {
    Means recorded, ours;
    for (const TraceTrial& trial : k_ballrun_trials)
      if (trial.pace == pace && std::strcmp(trial.turn, "none") == 0) replay(trace, trial, 20, recorded, ours);
    const double n = ours.trials;
    char what[120];
    std::snprintf(what, sizeof what, "%s: mean speed %.2f, recorded %.2f m/s", kPaces[pace], ours.speed / n,
                  recorded.speed / n);
    check::row(what, std::fabs(ours.speed / recorded.speed - 1) * 100, 5, "%");
    std::snprintf(what, sizeof what, "%s: mean gap %.2f, recorded %.2f m (%.0f touches a run)", kPaces[pace],
                  ours.gap / n, recorded.gap / n, ours.touches / n);
    check::row(what, std::fabs(ours.gap - recorded.gap) / n, 0.15, "m");
  }
}

/// The spec sets no tolerance for turns with the ball; these bounds are our own.
void turns() {
  const auto trace = read_trace("ballrun", k_ballrun_columns);
  for (int pace = 0; pace < 3; pace++) {
    for (const char* turn : {"45", "90", "180", "stop"}) {
      Means recorded, ours;
      for (const TraceTrial& trial : k_ballrun_trials)
        if (trial.pace == pace && std::strcmp(trial.turn, turn) == 0) replay(trace, trial, 31, recorded, ours);
      const double n = ours.trials;
      char what[120];
      std::snprintf(what, sizeof what, "%s, %s: mean speed %.2f, recorded %.2f m/s", kPaces[pace], turn, ours.speed / n,
                    recorded.speed / n);
      check::row(what, std::fabs(ours.speed - recorded.speed) / n, 0.35, "m/s");
      std::snprintf(what, sizeof what, "%s, %s: mean gap %.2f (most %.2f), recorded %.2f m", kPaces[pace], turn,
                    ours.gap / n, ours.farthest, recorded.gap / n);
      check::row(what, std::fabs(ours.gap - recorded.gap) / n, 0.25, "m");
    }
  }
}

/// Whatever is asked, the runner and the ball stay together.
void keeps_the_ball() {
  RandomStream stream = step_stream(5, 0, 0);
  Player player;
  Ball ball;
  ball.position = {0.5f, 0, kBallRadius};
  const int wishes[] = {kLeft,        kTopLeft, kTop,        kTopRight,        kRight,
                        kBottomRight, kBottom,  kBottomLeft, kReleaseDirection};
  const int flags[] = {kIdle, kSprint, kDribble};
  float farthest = 0;
  for (int change = 0; change < 4000; change++) {
    ReplayedControls controls;
    controls.take(wishes[draw_integer(stream, 9)]);
    controls.take(flags[draw_integer(stream, 3)]);
    const int ticks = 10 + int(draw_integer(stream, 150));
    for (int tick = 0; tick < ticks; tick++) {
      carry(player, ball, controls.command(), kIndexOne);
      fly(ball);
      const Vector2 at = {ball.position.x, ball.position.y};
      farthest = larger(farthest, length(at - player.position));
    }
  }
  check::row("farthest ball in 4000 random changes of mind", farthest, 5, "m");
}

}  // namespace

int main() {
  straight();
  turns();
  keeps_the_ball();
  return check::finish("carrying");
}
