// What a policy meets in a recorded game, and in the simulator's own continuations of it.
//   agreement GAME.f32 LEFT RIGHT DIFFICULTY_LEFT DIFFICULTY_RIGHT SEED EPISODE STEPS ROW...
// LEFT and RIGHT are `builtin` or `policy`; a policy's ten outfield players are asked through policy-pipe.hpp. First
// the policy is shown every row of the game, [agents] rows at a time (its actions are not used: the game is recorded);
// then STEPS steps of the states of all ROWs at once, [ROWs x agents] rows at a time, go on in the simulator.
#include <cstring>

#include "agon/football/game-batch.hpp"
#include "agon/football/game/scenarios.hpp"
#include "policy-pipe.hpp"
#include "recorded-game.hpp"

using namespace agon::football;

namespace {

/// Shows every recorded row to every agent of the policy.
void show_recorded(const std::vector<float>& rows, const Level& level, const bool* policy, std::size_t agents) {
  calibrate::PolicyPipe pipe(agents);
  for (std::size_t row = 0; row < rows.size(); row += calibrate::column::kWidth) {
    std::size_t agent = 0;
    for (int team = 0; team < 2; team++) {
      for (int k = 1; policy[team] && k < kMaxPlayers; k++, agent++) {
        const RawObservation raw = calibrate::recorded_observation(&rows[row], level, team, k);
        encode_tizero(raw, pipe.encodings.data() + agent * kTizeroWidth);
        tizero_mask(raw, pipe.masks.data() + agent * kTizeroMaskWidth);
      }
    }
    pipe.ask();
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 10) {
    std::fprintf(stderr, "agreement GAME.f32 LEFT RIGHT DIFFICULTY_LEFT DIFFICULTY_RIGHT SEED EPISODE STEPS ROW...\n");
    return 2;
  }
  const std::vector<float> rows = calibrate::read_rows(argv[1]);
  const bool policy[2] = {std::strcmp(argv[2], "policy") == 0, std::strcmp(argv[3], "policy") == 0};
  const std::uint64_t seed = std::strtoull(argv[6], nullptr, 10);
  const std::uint32_t episode = std::uint32_t(std::strtoul(argv[7], nullptr, 10));
  Level level;
  scenario("11_vs_11_stochastic", episode, level);
  for (int team = 0; team < 2; team++) {
    level.team[team][0].controllable = policy[team] ? 0 : 1;
    level.difficulty[team] = float(std::atof(argv[4 + team]));
    level.agents[team] = policy[team] ? 10 : 0;
  }
  const std::size_t count = std::size_t(argc - 9);
  GameBatch batch(count, level.agents[0], level.agents[1], 1);
  show_recorded(rows, level, policy, batch.agents());
  for (std::size_t i = 0; i < count; i++) {
    const std::size_t row = std::strtoul(argv[9 + i], nullptr, 10);
    const GameState game = calibrate::state_of(rows, row, level, seed, episode);
    if (batch.load(i, &game)) continue;
    std::fprintf(stderr, "row %zu is no state of a game\n", row);
    return 2;
  }
  calibrate::PolicyPipe pipe(count * batch.agents());
  for (int step = 0; step < std::atoi(argv[8]); step++) {
    batch.observe(Encoding::kTizero, pipe.encodings.data());
    batch.observe(Encoding::kTizeroMask, pipe.masks.data());
    pipe.ask();
    batch.step(pipe.actions.data(), {});
  }
  return 0;
}
