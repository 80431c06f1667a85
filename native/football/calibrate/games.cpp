// Plays 11_vs_11 games and writes their statistics as JSON.
//   games OUT.json GAMES LEFT RIGHT DIFFICULTY_LEFT DIFFICULTY_RIGHT [SEED]
// LEFT and RIGHT are `builtin` or `policy`. With a policy every outfield player of that side is its agent, left agents
// first, asked at each step through policy-pipe.hpp. The keepers are the built-in AI's.
//   games OUT.json recorded FILE...
// takes the statistics of recorded games (float32 rows of 215) instead.
#include <cstring>

#include "agon/football/game-batch.hpp"
#include "agon/football/game/scenarios.hpp"
#include "game-statistics.hpp"
#include "policy-pipe.hpp"
#include "recorded-game.hpp"

using namespace agon::football;

namespace {

std::vector<calibrate::Figures> recorded(int count, char** paths) {
  std::vector<calibrate::Figures> games;
  for (int i = 0; i < count; i++) {
    const std::vector<float> rows = calibrate::read_rows(paths[i]);
    if (rows.empty()) {
      std::fprintf(stderr, "cannot read %s\n", paths[i]);
      std::exit(2);
    }
    std::vector<calibrate::Moment> moments;
    for (std::size_t row = 0; row < rows.size(); row += calibrate::column::kWidth)
      moments.push_back(calibrate::moment_of(&rows[row]));
    games.push_back(calibrate::figures_of(moments));
  }
  return games;
}

Level level_of(std::uint32_t episode, const bool* policy, const float* difficulty) {
  Level level;
  scenario("11_vs_11_stochastic", episode, level);
  for (int team = 0; team < 2; team++) {
    level.team[team][0].controllable = policy[team] ? 0 : 1;
    level.difficulty[team] = difficulty[team];
  }
  return level;
}

std::vector<calibrate::Figures> played(std::size_t count, const bool* policy, const float* difficulty,
                                       std::uint64_t seed) {
  GameBatch batch(count, policy[0] ? 10 : 0, policy[1] ? 10 : 0, 1);
  std::vector<std::vector<calibrate::Moment>> rows(count);
  for (std::size_t i = 0; i < count; i++) {
    const std::uint32_t episode = std::uint32_t(seed + i);
    const LevelFault fault = batch.reset(i, level_of(episode, policy, difficulty), seed + i, episode);
    if (fault != LevelFault::kNone) {
      std::fprintf(stderr, "%s\n", level_fault_text(fault));
      std::exit(2);
    }
    rows[i].push_back(calibrate::moment_of(batch.state(i)));
  }
  calibrate::PolicyPipe pipe(count * batch.agents());
  std::vector<std::uint8_t> over(count);
  StepBuffers buffers;
  buffers.truncated = over.data();
  do {
    if (batch.agents() > 0) {
      batch.observe(Encoding::kTizero, pipe.encodings.data());
      batch.observe(Encoding::kTizeroMask, pipe.masks.data());
      pipe.ask();
    }
    batch.step(pipe.actions.data(), buffers);
    for (std::size_t i = 0; i < count; i++) rows[i].push_back(calibrate::moment_of(batch.state(i)));
  } while (!over[0]);
  std::vector<calibrate::Figures> games;
  for (const auto& game : rows) games.push_back(calibrate::figures_of(game));
  return games;
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<calibrate::Figures> games;
  if (argc >= 4 && std::strcmp(argv[2], "recorded") == 0) {
    games = recorded(argc - 3, argv + 3);
  } else if (argc >= 7) {
    const bool policy[2] = {std::strcmp(argv[3], "policy") == 0, std::strcmp(argv[4], "policy") == 0};
    const float difficulty[2] = {float(std::atof(argv[5])), float(std::atof(argv[6]))};
    games =
        played(std::size_t(std::atoi(argv[2])), policy, difficulty, argc > 7 ? std::strtoull(argv[7], nullptr, 10) : 1);
  } else {
    std::fprintf(stderr,
                 "games OUT.json GAMES LEFT RIGHT DIFFICULTY_LEFT DIFFICULTY_RIGHT [SEED]\n"
                 "games OUT.json recorded FILE...\n");
    return 2;
  }
  std::FILE* out = std::fopen(argv[1], "w");
  if (!out) return 2;
  calibrate::write_json(out, games);
  return std::fclose(out) == 0 ? 0 : 2;
}
