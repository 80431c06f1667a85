// Recorded runs of players without the ball, replayed from their actions: speed against time, steady speeds, tiredness.
#include <algorithm>
#include <cmath>
#include <string>

#include "agon/football/attributes.hpp"
#include "agon/football/random.hpp"
#include "calibration.hpp"
#include "replayed-controls.hpp"
#include "traces.hpp"

using namespace agon::football;

namespace {

const Build kIndexOne = {attributes_of(1).top_speed, attributes_of(1).stamina};
const char* const kPaces[] = {"walk", "sprint", "dribble flag"};

struct Error {
  double speed = 0, velocity = 0;  // mean absolute errors, m/s
  double drift = 0;                // of the position at the end, metres
};

/// Replays a trial (rows: action, x, y, vx, vy) and compares `rows` rows from `from` on.
Error replay(const fixtures::Table<float>& trace, const TraceTrial& trial, int from, int rows) {
  Player player;
  ReplayedControls controls;
  Error error;
  Vector2 origin, recorded_origin;
  for (int i = 0; i < from + rows; i++) {
    const float* row = trace.row(std::size_t(trial.first_row + i));
    const Vector2 velocity = {row[3], -row[4]};
    const Vector2 position = {row[1], -row[2]};
    if (i == from) {
      origin = player.position;
      recorded_origin = position;
    }
    if (i >= from) {
      error.speed += std::fabs(double(length(velocity)) - length(player.velocity)) / rows;
      error.velocity += double(length(velocity - player.velocity)) / rows;
      error.drift = length((position - recorded_origin) - (player.position - origin));
    }
    controls.take(int(row[0]));
    const Command command = controls.command();
    for (int tick = 0; tick < kTicksPerStep; tick++) move(player, command, kIndexOne);
  }
  return error;
}

void from_rest() {
  const auto trace = read_trace("move", k_move_columns);
  for (int pace = 0; pace < 3; pace++) {
    double mean = 0, worst = 0, velocity = 0;
    int count = 0;
    for (const TraceTrial& trial : k_move_trials) {
      if (trial.pace != pace) continue;
      const Error error = replay(trace, trial, 1, 15);
      mean += error.speed;
      velocity += error.velocity;
      worst = std::max(worst, error.speed);
      count++;
    }
    char what[120];
    std::snprintf(what, sizeof what, "from rest, %s: mean of %d trials", kPaces[pace], count);
    check::row(what, mean / count, 0.5, "m/s");
    std::snprintf(what, sizeof what, "from rest, %s: worst trial (as vectors, mean: %.2f)", kPaces[pace],
                  velocity / count);
    check::row(what, worst, 0.5, "m/s");
  }
}

void stops_and_turns() {
  const auto trace = read_trace("turn", k_turn_columns);
  const int turned_at = 25;
  for (const TraceTrial& trial : k_turn_trials) {
    const Error error = replay(trace, trial, turned_at + 1, 15);
    char what[120];
    std::snprintf(what, sizeof what, "%s %s%s (as vectors %.2f; %.2f m aside after 1.5 s)", kPaces[trial.pace],
                  trial.turn, std::string(trial.turn) == "stop" ? "" : " degrees", error.velocity, error.drift);
    check::row(what, error.speed, 0.5, "m/s");
  }
}

float speed_after(int index, float wanted, int steps) {
  Player player;
  const Build build = {attributes_of(index).top_speed, attributes_of(index).stamina};
  for (int tick = 0; tick < steps * kTicksPerStep; tick++) move(player, {{1, 0}, wanted}, build);
  return length(player.velocity);
}

void steady_speeds() {
  const auto trace = read_trace("sprint_by_player", k_sprint_by_player_columns);
  const float wanted[] = {kWalkSpeed, kSprintSpeed};
  for (const TraceTrial& trial : k_sprint_by_player_trials) {
    double worst = 0;
    for (int index = 1; index < kMaxPlayers; index++) {
      const float* row = trace.row(std::size_t(trial.first_row + trial.rows - 1)) + 2 * (index - 1);
      const double recorded = std::hypot(row[0], row[1]);
      worst = std::max(worst, std::fabs(speed_after(index, wanted[trial.pace], 60) / recorded - 1) * 100);
    }
    check::row((std::string("steady ") + kPaces[trial.pace] + ", worst of players 1-10").c_str(), worst, 1, "%");
  }
  const double dribble = speed_after(1, kDribbleSpeed, 60);
  check::row("steady dribble flag without the ball", std::fabs(dribble / 3.5 - 1) * 100, 1, "%");
}

/// Players 1-10 from rest, whose first strides began at different moments: compared from the first moving row on.
void other_players() {
  const auto trace = read_trace("sprint_by_player", k_sprint_by_player_columns);
  const float wanted[] = {kWalkSpeed, kSprintSpeed};
  for (const TraceTrial& trial : k_sprint_by_player_trials) {
    double worst = 0, mean = 0;
    for (int index = 1; index < kMaxPlayers; index++) {
      const auto recorded = [&](int i) {
        const float* row = trace.row(std::size_t(trial.first_row + i)) + 2 * (index - 1);
        return std::hypot(row[0], row[1]);
      };
      int theirs = 0, ours = 0;
      while (recorded(theirs) < 0.3f) theirs++;
      while (speed_after(index, wanted[trial.pace], ours) < 0.3f) ours++;
      double error = 0;
      for (int i = 0; i < 15; i++)
        error += std::fabs(recorded(theirs + i) - speed_after(index, wanted[trial.pace], ours + i)) / 15;
      worst = std::max(worst, error);
      mean += error / 10;
    }
    char what[120];
    std::snprintf(what, sizeof what, "from rest, %s, players 1-10: worst (mean %.2f)", kPaces[trial.pace], mean);
    check::row(what, worst, 0.5, "m/s");
  }
}

void tiredness() {
  const auto trace = read_trace("tired", k_tired_columns);
  const float stamina = attributes_of(1).stamina;
  for (const TraceTrial& trial : k_tired_trials) {
    float tired = 0;
    const float* before = trace.row(std::size_t(trial.first_row));
    for (int i = 1; i < trial.rows; i++) {
      const float* row = trace.row(std::size_t(trial.first_row + i));
      tired = tire(tired, stamina, float(std::hypot(row[0] - before[0], row[1] - before[1])));
      before = row;
    }
    check::row((std::string("tired factor per metre, ") + kPaces[trial.pace]).c_str(),
               std::fabs(tired / before[2] - 1) * 100, 3, "%");
  }
  CHECK(tire(0.98f, 0.7f, 1000) == kMostTired);
}

/// A stop, an arc and standing still end where they should, for any direction and pace.
void settles() {
  for (int direction = kLeft; direction <= kBottomLeft; direction++) {
    for (const int flag : {kIdle, kSprint, kDribble}) {
      Player player;
      ReplayedControls controls;
      controls.take(flag);
      controls.take(direction);
      for (int tick = 0; tick < 500; tick++) move(player, controls.command(), kIndexOne);
      const Vector2 along = controls.direction;
      CHECK(dot(player.velocity, along) > 0.999f * length(player.velocity));
      controls.take(kReleaseDirection);
      for (int tick = 0; tick < 200; tick++) move(player, controls.command(), kIndexOne);
      CHECK(length(player.velocity) == 0.0f);
      CHECK(dot(player.facing, along) > 0.99f);
    }
  }
}

/// Whatever is asked of whomever: no one outruns his top speed or changes velocity faster than his feet allow.
void limits() {
  RandomStream stream = step_stream(6, 0, 0);
  for (int index = 0; index < kMaxPlayers; index++) {
    const Build build = {attributes_of(index).top_speed, attributes_of(index).stamina};
    Player player;
    float fastest = 0, sharpest = 0;
    for (int change = 0; change < 2000; change++) {
      const float angle = draw_uniform(stream) * 2 * kPi;
      const float paces[] = {0, kDribbleSpeed, kWalkSpeed, kSprintSpeed};
      const Command command = {{cosine(angle), sine(angle)}, paces[draw_integer(stream, 4)]};
      for (std::uint32_t tick = draw_integer(stream, 120); tick > 0; tick--) {
        const Vector2 before = player.velocity;
        move(player, command, build);
        fastest = larger(fastest, length(player.velocity));
        sharpest = larger(sharpest, length(player.velocity - before) / kTick);
      }
    }
    CHECK(fastest > 7 && fastest <= build.top_speed * 1.0001f);
    CHECK(sharpest > 30 && sharpest < 35.51f);
    CHECK(player.tired == kMostTired);
  }
}

}  // namespace

int main() {
  from_rest();
  stops_and_turns();
  steady_speeds();
  other_players();
  tiredness();
  settles();
  limits();
  return check::finish("movement");
}
