// Environment steps of 11_vs_11_stochastic on the CPU, as JSON: without observations, and with TiZero's encodings and
// masks of twenty players; per second, and per second of processor time, which other work on the machine touches less.
// `game-steps [SECONDS] [GAMES]`.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <vector>

#include "agon/football/game-batch.hpp"
#include "agon/football/game/scenarios.hpp"
#include "agon/football/random.hpp"

using namespace agon::football;

namespace {

struct Setting {
  const char* name;
  bool agents;   // twenty players under random hands instead of the built-in AI
  bool encoded;  // TiZero encodings and masks of the twenty
  int threads;
};

struct Rate {
  double per_second, per_processor_second;
};

double now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

void begin(GameBatch& batch, std::size_t game, std::uint32_t episode, bool agents) {
  Level level;
  scenario("11_vs_11_stochastic", episode, level);
  for (int team = 0; team < 2 && agents; team++) level.team[team][0].controllable = 0;
  if (batch.reset(game, level, 7 + game, episode) != LevelFault::kNone) std::exit(2);
}

Rate rate_of(const Setting& setting, std::size_t games, double seconds) {
  const int a_side = setting.agents ? 10 : 0;
  GameBatch batch(games, a_side, a_side, setting.threads);
  for (std::size_t i = 0; i < games; i++) begin(batch, i, 0, setting.agents);
  const std::size_t agents = games * batch.agents();
  std::vector<std::int32_t> actions(agents + 1);
  std::vector<float> encodings(agents * kTizeroWidth), masks(agents * kTizeroMaskWidth);
  std::vector<std::uint8_t> truncated(games);
  StepBuffers buffers;
  buffers.truncated = truncated.data();
  RandomStream stream = step_stream(3, 0, 0);
  std::uint32_t episode = 0;
  double steps = 0;
  const double start = now();
  const std::clock_t worked = std::clock();
  while (now() - start < seconds) {
    for (std::size_t i = 0; i < agents; i++) {
      const std::uint32_t word = draw_word(stream);
      actions[i] = word % 8 == 0 ? std::int32_t((word >> 8) % 19) : kIdle;
    }
    if (setting.encoded) {
      batch.observe(Encoding::kTizero, encodings.data());
      batch.observe(Encoding::kTizeroMask, masks.data());
    }
    batch.step(actions.data(), buffers);
    steps += double(games);
    for (std::size_t i = 0; i < games; i++) {
      if (truncated[i]) begin(batch, i, ++episode, setting.agents);
    }
  }
  const double processor = double(std::clock() - worked) / CLOCKS_PER_SEC;
  return {steps / (now() - start), steps / processor};
}

}  // namespace

int main(int argc, char** argv) {
  const double seconds = argc > 1 ? std::atof(argv[1]) : 2;
  const std::size_t games = argc > 2 ? std::size_t(std::atoi(argv[2])) : 64;
  const Setting settings[] = {
      {"built-in AI for all, 1 thread", false, false, 1}, {"built-in AI for all, 2 threads", false, false, 2},
      {"20 agents, no observations, 1 thread", true, false, 1}, {"20 agents, no observations, 2 threads", true, false, 2},
      {"20 agents with TiZero encodings, 1 thread", true, true, 1},
      {"20 agents with TiZero encodings, 2 threads", true, true, 2},
  };
  std::printf("{\"games\": %zu, \"steps\": {", games);
  for (const Setting& setting : settings) {
    const Rate rate = rate_of(setting, games, seconds);
    std::printf("%s\n  \"%s\": {\"per_second\": %.0f, \"per_processor_second\": %.0f}", &setting == settings ? "" : ",",
                setting.name, rate.per_second, rate.per_processor_second);
  }
  std::printf("\n}}\n");
}
