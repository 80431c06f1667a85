// Whole games under random hands: the same bits on one thread and on two, in any order, from run to run, after save and
// load, and as another compiler and the GPU (device/game-bits.cu) have them. `game-bits 1000` plays that many.
#include <cstdlib>
#include <vector>

#include "agon/football/game-batch.hpp"
#include "agon/football/game/scenarios.hpp"
#include "check.hpp"
#include "whole-games.hpp"

using namespace agon::football;

namespace {

std::vector<std::uint64_t> hashes(std::size_t games, int threads) {
  std::vector<std::uint64_t> out(games);
  WorkCrew crew(threads);
  crew.run(games, [&](std::size_t i) { out[i] = whole_games::hash_of(std::uint32_t(i)); });
  return out;
}

/// The same games through a batch, saved half way and gone on with elsewhere.
std::uint64_t through_a_batch(std::uint32_t index) {
  GameBatch first(1, 11, 11, 1), second(2, 11, 11, 2);
  const Level level = whole_games::level_of(index);
  CHECK(first.reset(0, level, whole_games::kSeed, index) == LevelFault::kNone);
  for (std::size_t i = 0; i < 2; i++) CHECK(second.reset(i, level, 1, 1) == LevelFault::kNone);
  std::vector<std::int32_t> actions(44, kIdle);
  std::vector<unsigned char> saved(GameBatch::state_bytes());
  std::uint64_t hash = whole_games::kStart;
  for (int step = 0; step < whole_games::kSteps; step++) {
    const bool early = step < whole_games::kSteps / 2;
    if (step == whole_games::kSteps / 2) {
      first.save(0, saved.data());
      CHECK(second.load(1, saved.data()));
    }
    whole_games::actions_of(index, step, actions.data() + (early ? 0 : 22));
    if (early) {
      first.step(actions.data(), {});
    } else {
      second.step(actions.data(), {});
    }
    hash = whole_games::mixed(hash, played::hash(early ? first.state(0) : second.state(1)));
  }
  return hash;
}

/// A saved game of 11_vs_11_stochastic, byte by byte.
std::uint64_t saved_hash(std::uint32_t index) {
  GameBatch batch(1, 10, 10, 1);
  Level level;
  CHECK(scenario("11_vs_11_stochastic", index, level));
  CHECK(batch.reset(0, level, whole_games::kSeed, index) == LevelFault::kNone);
  std::int32_t actions[20];
  for (int step = 0; step < whole_games::kSteps; step++) {
    whole_games::scenario_actions(index, step, actions);
    batch.step(actions, {});
  }
  std::vector<unsigned char> saved(GameBatch::state_bytes());
  batch.save(0, saved.data());
  std::uint64_t hash = whole_games::kStart;
  for (const unsigned char byte : saved) hash = whole_games::mixed(hash, byte);
  return hash;
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t games = argc > 1 ? std::size_t(std::atoi(argv[1])) : whole_games::kGames;
  const std::vector<std::uint64_t> one = hashes(games, 1);
  CHECK(one == hashes(games, 2));
  CHECK(one == hashes(games, 1));
  CHECK(one[3] == through_a_batch(3));
  const std::uint64_t hash = whole_games::folded(one.data(), whole_games::kGames);
  std::printf("  %zu games of %d steps, hash of the first %d %016llx\n", games, whole_games::kSteps,
              int(whole_games::kGames), static_cast<unsigned long long>(hash));
  CHECK(hash == whole_games::kExpected);
  for (int i = 0; i < whole_games::kSavedGames; i++) {
    const std::uint64_t saved = saved_hash(std::uint32_t(i));
    if (!CHECK(saved == whole_games::kSavedExpected[i]))
      std::printf("  saved game %d: 0x%016llxull\n", i, static_cast<unsigned long long>(saved));
  }
  return check::finish("game-bits");
}
