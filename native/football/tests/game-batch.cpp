// The batch: refusals, seats, encodings, rewards, and games that go on with the same bits after save and load.
#include <cstring>
#include <vector>

#include "agon/football/game-batch.hpp"
#include "agon/football/game/scenarios.hpp"
#include "check.hpp"
#include "played-games.hpp"

using namespace agon::football;

namespace {

Level eleven() {
  Level level;
  CHECK(scenario("11_vs_11_stochastic", 0, level));
  return level;
}

void every_scenario_plays() {
  for (int i = 0; i < kScenarioCount; i++) {
    for (std::uint32_t episode = 0; episode < 2; episode++) {
      Level level;
      CHECK(scenario(scenario_name(i), episode, level));
      const LevelFault fault = check_level(level);
      if (!CHECK(fault == LevelFault::kNone)) std::printf("%s: %s\n", scenario_name(i).data(), level_fault_text(fault));
      GameBatch batch(1, level.agents[0], 0, 1);
      CHECK(batch.reset(0, level, 3, episode) == LevelFault::kNone);
      const std::int32_t idle = kIdle;
      for (int step = 0; step < 60; step++) batch.step(&idle, {});
      std::vector<double> row(batch.agents() * kRawRowWidth);
      CHECK(batch.observe(Encoding::kRaw, row.data()) == 1);
    }
  }
  Level untouched;
  CHECK(!scenario("no such thing", 0, untouched));
}

/// The first observation of a level: what its file says, in the reference's units.
void begins_as_written() {
  GameBatch batch(1, 11, 11, 1);
  CHECK(batch.reset(0, eleven(), 5, 0) == LevelFault::kNone);
  std::vector<double> rows(22 * kRawRowWidth);
  CHECK(batch.observe(Encoding::kRaw, rows.data()) == 1);
  CHECK(std::fabs(rows[9] + 1.01103) < 1e-5);                // left keeper
  CHECK(std::fabs(rows[12] - 1.01627 * 0.02) < 1e-5);        // player 1
  CHECK(rows[0] == 0 && rows[1] == 0 && std::fabs(rows[2] - 0.11) < 1e-6);
  const double* last = rows.data() + 21 * kRawRowWidth;  // the right team sees the same from the other side
  CHECK(std::fabs(last[9] + 1.01103) < 1e-5);
  CHECK(last[9 + 176 + 2] == 10);
  CHECK(rows[9 + 176 + 6] == 3001);
}

void goals_are_rewarded() {
  Level level;
  scenario("academy_empty_goal_close", 0, level);
  GameBatch batch(1, 1, 1, 1);
  CHECK(batch.reset(0, level, 1, 0) == LevelFault::kNone);
  float scoring[2], checkpoints[2], total[2] = {}, checked = 0;
  std::uint8_t terminated = 0, truncated = 0;
  std::int32_t score[2];
  const StepBuffers buffers = {scoring, checkpoints, &terminated, &truncated, score};
  for (int step = 0; step < 200 && !terminated; step++) {
    const std::int32_t actions[2] = {step == 0 ? kRight : step == 12 ? kShot : kIdle, kIdle};
    batch.step(actions, buffers);
    for (int i = 0; i < 2; i++) total[i] += scoring[i];
    checked += checkpoints[0];
  }
  CHECK(terminated && !truncated);
  CHECK(score[0] == 1 && score[1] == 0);
  CHECK(total[0] == 1 && total[1] == -1);
  CHECK(std::fabs(checked - 1) < 1e-5f);
  batch.step(std::vector<std::int32_t>{kRight, kRight}.data(), buffers);
  CHECK(!terminated && scoring[0] == 0);
}

void encodings_fit() {
  GameBatch batch(2, 11, 11, 2);
  for (std::size_t i = 0; i < 2; i++) CHECK(batch.reset(i, eleven(), 9, std::uint32_t(i)) == LevelFault::kNone);
  const std::vector<std::int32_t> idle(44, kIdle);
  for (int step = 0; step < 20; step++) batch.step(idle.data(), {});
  for (int i = 0; i < kEncodings; i++) {
    const Encoding encoding = static_cast<Encoding>(i);
    std::vector<unsigned char> out(44 * encoding_width(encoding) * encoding_bytes(encoding), 0xee);
    CHECK(batch.observe(encoding, out.data()) == 2);
  }
  Level small;
  scenario("academy_run_to_score", 0, small);
  GameBatch other(1, 1, 0, 1);
  CHECK(other.reset(0, small, 1, 0) == LevelFault::kNone);
  std::vector<float> row(kTizeroWidth);
  CHECK(other.observe(Encoding::kTizero, row.data()) == 0);
}

void saved_games_go_on() {
  GameBatch batch(1, 11, 11, 1), other(3, 11, 11, 1);
  CHECK(batch.reset(0, eleven(), 21, 4) == LevelFault::kNone);
  for (std::size_t i = 0; i < 3; i++) CHECK(other.reset(i, eleven(), 1, 0) == LevelFault::kNone);
  std::vector<unsigned char> saved(GameBatch::state_bytes());
  played::Hand hand(77, 22);
  for (int step = 0; step < 700; step++) {
    if (step == 400) batch.save(0, saved.data());
    batch.step(hand.actions(step), {});
  }
  CHECK(other.load(2, saved.data()));
  std::vector<std::int32_t> three(66, kIdle);
  for (int step = 400; step < 700; step++) {
    std::memcpy(three.data() + 44, hand.actions(step), 22 * sizeof(std::int32_t));
    other.step(three.data(), {});
  }
  CHECK(played::hash(other.state(2)) == played::hash(batch.state(0)));
  GameBatch fewer(1, 1, 0, 1);
  CHECK(!fewer.load(0, saved.data()));
}

}  // namespace

int main() {
  every_scenario_plays();
  begins_as_written();
  goals_are_rewarded();
  encodings_fit();
  saved_games_go_on();
  return check::finish("game-batch");
}
