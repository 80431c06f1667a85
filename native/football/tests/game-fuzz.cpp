// Random levels under random hands: everything stays finite and in the world, scores change only by goals, restarts
// end, bad levels and bad states are refused. `game-fuzz 100000` plays that many instead of the usual number.
#include <cmath>
#include <cstdlib>
#include <cstring>

#include "agon/football/game-batch.hpp"
#include "check.hpp"
#include "played-games.hpp"
#include "random-levels.hpp"

using namespace agon::football;

namespace {

constexpr int kUsual = 2000;
constexpr int kSteps = 300;
/// Observations in a row in which a restart may be pending: it is forced from the 20th on.
constexpr int kLongestRestart = 40;

/// What the games had in them: checks of what never happens say nothing.
struct Seen {
  int games = 0, restarts = 0, longest = 0, goals = 0;
};

bool in_world(const GameState& game) {
  for (int team = 0; team < 2; team++) {
    for (int k = 0; k < game.level.players[team]; k++) {
      const Vector2 at = game.team[team][k].body.position;
      if (!(std::fabs(at.x) <= 58 && std::fabs(at.y) <= 41)) return false;
    }
  }
  const Vector3 ball = game.ball.position;
  // A falling ball sinks into the grass for the one tick before it bounces, recorded ones as deep as -0.017 m.
  const float lowest = 0.109f + 0.01f * std::fmin(game.ball.velocity.z, 0.0f);
  return std::fabs(ball.x) < 57 && std::fabs(ball.y) < 39 && ball.z >= lowest && ball.z < 60;
}

/// A goal leaves the ball on the level's spot; nothing else may change the score.
bool score_follows_goals(const GameState& game, const std::int32_t before[2], bool ball_at_goal) {
  const int goals = (game.score[0] - before[0]) + (game.score[1] - before[1]);
  return goals == 0 || (goals == 1 && ball_at_goal);
}

/// Whether the ball is so near to a goal line that it can be in within one step.
bool near_goal_line(const GameState& game) {
  const Vector3 p = game.ball.position;
  return 55.2f - std::fabs(p.x) < 0.11f * (std::fabs(game.ball.velocity.x) + 45.0f);
}

void play(std::uint32_t index, Seen& seen) {
  RandomStream stream = step_stream(2024, index, 0);
  const Level level = random_levels::level(stream);
  GameBatch batch(1, int(draw_integer(stream, std::uint32_t(level.players[0]) + 1)),
                  int(draw_integer(stream, std::uint32_t(level.players[1]) + 1)), 1);
  if (batch.reset(0, level, index, index) != LevelFault::kNone) return;
  seen.games++;
  played::Hand hand(index, int(batch.agents()));
  int held = 0;
  for (int step = 0; step < kSteps && !batch.state(0).done; step++) {
    const std::int32_t before[2] = {batch.state(0).score[0], batch.state(0).score[1]};
    const bool close = near_goal_line(batch.state(0));
    batch.step(hand.actions(step), {});
    const GameState& game = batch.state(0);
    held = game.mode == kModeNormal ? 0 : held + 1;
    seen.restarts += held == 1;
    seen.longest = held > seen.longest ? held : seen.longest;
    seen.goals += game.score[0] + game.score[1] - before[0] - before[1];
    const bool fine = check_state(game) && in_world(game) && score_follows_goals(game, before, close) && held <= kLongestRestart;
    if (!CHECK(fine)) {
      std::printf("level %u step %d: state %d world %d score %d held %d\n", index, step, check_state(game),
                  in_world(game), score_follows_goals(game, before, close), held);
      return;
    }
  }
}

void bad_levels_are_refused() {
  RandomStream stream = step_stream(7, 7, 7);
  Level good = random_levels::level(stream);
  while (good.players[0] < 3 || check_level(good) != LevelFault::kNone) good = random_levels::level(stream);
  good.agents[0] = 1;
  const auto refused = [&](LevelFault fault, auto&& spoil) {
    Level bad = good;
    spoil(bad);
    CHECK(check_level(bad) == fault);
    CHECK(std::strlen(level_fault_text(fault)) > 20);
    GameBatch batch(1, 1, 0, 1);
    CHECK(batch.reset(0, good, 1, 0) == LevelFault::kNone);
    if (fault != LevelFault::kTooManyAgents) CHECK(batch.reset(0, bad, 1, 0) == fault);
  };
  CHECK(check_level(good) == LevelFault::kNone);
  refused(LevelFault::kPlayerCount, [](Level& level) { level.players[0] = 12; });
  refused(LevelFault::kPlayerCount, [](Level& level) { level.players[1] = 0; });
  refused(LevelFault::kNoKeeper, [](Level& level) { level.team[0][0].role = 1; });
  refused(LevelFault::kSecondKeeper, [](Level& level) { level.team[0][1].role = 0; });
  refused(LevelFault::kUnknownRole, [](Level& level) { level.team[0][2].role = 10; });
  refused(LevelFault::kPlayerOffPitch, [](Level& level) {
    level.team[0][1].lazy = 0;
    level.team[0][1].x = 1.2f;
  });
  refused(LevelFault::kPlayerOffPitch, [](Level& level) { level.team[1][0].y = NAN; });
  refused(LevelFault::kPlayerOffPitch, [](Level& level) { level.team[1][0].x = -11; });
  refused(LevelFault::kBallOffPitch, [](Level& level) { level.ball_y = -0.5f; });
  refused(LevelFault::kBallOffPitch, [](Level& level) { level.ball_x = INFINITY; });
  refused(LevelFault::kPlayersOverlap, [](Level& level) {
    level.team[0][2].x = level.team[0][1].x;
    level.team[0][2].y = level.team[0][1].y;
  });
  refused(LevelFault::kTooManyAgents, [](Level& level) { level.agents[0] = 12; });
  refused(LevelFault::kDifficulty, [](Level& level) { level.difficulty[1] = 1.5f; });
  refused(LevelFault::kDuration, [](Level& level) { level.game_duration = 0; });
  refused(LevelFault::kSecondHalf, [](Level& level) { level.second_half = level.game_duration; });
  refused(LevelFault::kKickOffSide, [](Level& level) { level.kick_off = 2; });
}

/// Keepers and lazy players may start off the pitch, and who is lazy stays there.
void starts_off_the_pitch() {
  Level level;
  RandomStream stream = step_stream(9, 9, 9);
  do level = random_levels::level(stream);
  while (level.players[0] < 3 || level.players[1] < 3 || check_level(level) != LevelFault::kNone);
  level.team[0][0].x = -1.3f;
  level.team[0][0].lazy = 1;
  level.team[1][2].lazy = 1;
  level.team[1][2].y = 0.7f;
  level.game_duration = 200;
  CHECK(check_level(level) == LevelFault::kNone);
  GameBatch batch(1, 1, 0, 1);
  CHECK(batch.reset(0, level, 1, 0) == LevelFault::kNone);
  std::vector<std::int32_t> idle(2 * kMaxPlayers, 0);
  const float keeper = batch.state(0).team[0][0].body.position.x;
  const float aside = batch.state(0).team[1][2].body.position.y;
  CHECK(keeper < -71 && std::fabs(aside) > 59);
  for (int step = 0; step < 50 && !batch.state(0).done; step++) batch.step(idle.data(), {});
  CHECK(std::fabs(batch.state(0).team[0][0].body.position.x) > 70);
  CHECK(std::fabs(batch.state(0).team[1][2].body.position.y) > 58);
  CHECK(check_state(batch.state(0)));
}

/// Bytes that are no game are refused; those that are let through can be stepped.
void spoiled_states() {
  Level level;
  RandomStream stream = step_stream(8, 8, 8);
  do level = random_levels::level(stream);
  while (level.players[0] < 4 || check_level(level) != LevelFault::kNone);
  GameBatch batch(1, 2, 0, 1);
  CHECK(batch.reset(0, level, 1, 0) == LevelFault::kNone);
  std::vector<unsigned char> saved(GameBatch::state_bytes());
  batch.save(0, saved.data());
  int refused = 0;
  for (int i = 0; i < 4000; i++) {
    std::vector<unsigned char> spoiled = saved;
    for (int n = 0; n < 40; n++) spoiled[draw_integer(stream, std::uint32_t(spoiled.size()))] = std::uint8_t(draw_word(stream));
    if (!batch.load(0, spoiled.data())) {
      refused++;
      continue;
    }
    const std::int32_t actions[2] = {kShortPass, kRight};
    for (int step = 0; step < 5; step++) batch.step(actions, {});
    std::vector<double> row(2 * kRawRowWidth);
    batch.observe(Encoding::kRaw, row.data());
  }
  CHECK(refused > 100);
}

}  // namespace

int main(int argc, char** argv) {
  const int count = argc > 1 ? std::atoi(argv[1]) : kUsual;
  Seen seen;
  for (int i = 0; i < count; i++) play(std::uint32_t(i), seen);
  std::printf("  %d games: %d restarts, the longest of %d steps, %d goals\n", seen.games, seen.restarts, seen.longest,
              seen.goals);
  CHECK(seen.games > count / 2 && seen.restarts > count / 10 && seen.longest >= 20 && seen.goals > count / 100);
  bad_levels_are_refused();
  starts_off_the_pitch();
  spoiled_states();
  return check::finish("game-fuzz");
}
