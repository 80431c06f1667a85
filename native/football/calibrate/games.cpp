// Plays 11_vs_11 games and writes their statistics as JSON.
//   games OUT.json GAMES LEFT RIGHT DIFFICULTY_LEFT DIFFICULTY_RIGHT [SEED]
// LEFT and RIGHT are `builtin` or `policy`. With a policy every outfield player of that side is its agent: at each step
// the TiZero encodings [games, agents, 330] and masks [games, agents, 20] go to standard output as float32 (left
// agents first), and actions [games, agents] come from standard input as int32. The keepers are the built-in AI's.
//   games OUT.json recorded FILE...
// takes the statistics of recorded games (float32 rows of 215) instead.
#include <cstdlib>
#include <cstring>

#include "agon/football/game-batch.hpp"
#include "agon/football/game/scenarios.hpp"
#include "game-statistics.hpp"

using namespace agon::football;

namespace {

constexpr int kRecordedWidth = 215;

/// A recorded row; its columns are those of the recorder.
calibrate::Moment recorded_moment(const float* row) {
  calibrate::Moment m;
  m.ball = from_field({row[0], row[1], row[2]});
  const Vector3 v = velocity_from_field({row[3], row[4], row[5]});
  m.ball_velocity = {v.x, v.y, row[5] * 10.0f};
  m.owner_team = int(row[9]);
  m.owner = int(row[10]);
  m.mode = int(row[11]);
  for (int team = 0; team < 2; team++) {
    m.score[team] = int(row[12 + team]);
    const float* place = row + 15 + 44 * team;
    for (int k = 0; k < 11; k++) {
      const Vector3 at = from_field({place[2 * k], place[2 * k + 1], 0});
      m.place[team][k] = {at.x, at.y};
      const Vector3 run = velocity_from_field({place[22 + 2 * k], place[23 + 2 * k], 0});
      m.speed[team][k] = std::hypot(run.x, run.y);
      m.tired[team][k] = row[103 + 11 * team + k];
      m.active[team][k] = row[125 + 11 * team + k] != 0;
      m.yellow[team][k] = row[147 + 11 * team + k] != 0;
    }
  }
  return m;
}

std::vector<calibrate::Figures> recorded(int count, char** paths) {
  std::vector<calibrate::Figures> games;
  for (int i = 0; i < count; i++) {
    std::FILE* file = std::fopen(paths[i], "rb");
    if (!file) {
      std::fprintf(stderr, "cannot read %s\n", paths[i]);
      std::exit(2);
    }
    std::vector<calibrate::Moment> rows;
    std::vector<float> row(kRecordedWidth);
    while (std::fread(row.data(), sizeof(float), row.size(), file) == row.size()) rows.push_back(recorded_moment(row.data()));
    std::fclose(file);
    games.push_back(calibrate::figures_of(rows));
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
    const LevelFault fault = batch.reset(i, level_of(std::uint32_t(i), policy, difficulty), seed + i, std::uint32_t(i));
    if (fault != LevelFault::kNone) {
      std::fprintf(stderr, "%s\n", level_fault_text(fault));
      std::exit(2);
    }
    rows[i].push_back(calibrate::moment_of(batch.state(i)));
  }
  const std::size_t agents = count * batch.agents();
  std::vector<float> encodings(agents * kTizeroWidth), masks(agents * kTizeroMaskWidth);
  std::vector<std::int32_t> actions(agents + 1);
  std::vector<std::uint8_t> over(count);
  StepBuffers buffers;
  buffers.truncated = over.data();
  do {
    if (agents > 0) {
      batch.observe(Encoding::kTizero, encodings.data());
      batch.observe(Encoding::kTizeroMask, masks.data());
      std::fwrite(encodings.data(), sizeof(float), encodings.size(), stdout);
      std::fwrite(masks.data(), sizeof(float), masks.size(), stdout);
      std::fflush(stdout);
      if (std::fread(actions.data(), sizeof(std::int32_t), agents, stdin) != agents) std::exit(3);
    }
    batch.step(actions.data(), buffers);
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
    games = played(std::size_t(std::atoi(argv[2])), policy, difficulty, argc > 7 ? std::strtoull(argv[7], nullptr, 10) : 1);
  } else {
    std::fprintf(stderr, "games OUT.json GAMES LEFT RIGHT DIFFICULTY_LEFT DIFFICULTY_RIGHT [SEED]\n"
                         "games OUT.json recorded FILE...\n");
    return 2;
  }
  std::FILE* out = std::fopen(argv[1], "w");
  if (!out) return 2;
  calibrate::write_json(out, games);
  return std::fclose(out) == 0 ? 0 : 2;
}
