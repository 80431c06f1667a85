// Actions and what players make of them: buttons, magnet, action 19, slides, seats, ends of episodes.
#include <cmath>

#include "agon/football/game-batch.hpp"
#include "made-game.hpp"

using namespace agon::football;

namespace {

GameState one_agent(const char* name) {
  Level level;
  CHECK(scenario(name, 0, level));
  GameState game;
  reset_game(game, level, 8, 0);
  return game;
}

void act(GameState& game, std::int32_t action) { step_game(game, &action); }

void sticky_directions_move() {
  GameState game = one_agent("academy_empty_goal");
  const float before = game.team[0][1].body.position.x;
  act(game, kLeft);
  for (int i = 0; i < 30; i++) act(game, kIdle);
  CHECK(game.team[0][1].body.position.x < before - 1);
  CHECK(game.team[0][1].sticky[0] == 1);
  act(game, kReleaseDirection);
  for (int i = 0; i < 12; i++) act(game, kIdle);
  CHECK(length(game.team[0][1].body.velocity) < 0.2f);
}

void built_in_clears_the_controller() {
  GameState game = one_agent("academy_empty_goal");
  act(game, kRight);
  act(game, kSprint);
  act(game, kBuiltinAi);
  for (int k = 0; k < kStickyActions; k++) CHECK(game.team[0][1].sticky[k] == 0);
  CHECK(game.team[0][1].builtin);
  act(game, kIdle);
  CHECK(!game.team[0][1].builtin);
}

/// An empty goal, played by the built-in AI alone.
void built_in_scores() {
  int goals = 0;
  for (std::uint64_t seed = 0; seed < 20; seed++) {
    Level level;
    CHECK(scenario("academy_empty_goal_close", 0, level));
    GameState game;
    reset_game(game, level, seed, 0);
    const std::int32_t action = kBuiltinAi;
    while (!game.done) step_game(game, &action);
    goals += game.score[0];
  }
  CHECK(goals >= 15);
}

void buttons_need_the_ball() {
  GameState game = made::game();
  made::free_ball(game, {40, 0, 0.11f}, {}, kNobody);
  estimate_possession(game);
  KickOrder order;
  order.kind = kShot;
  CHECK(!order_kick(game, 3, order));
  CHECK(game.team[0][3].kick.kind == 0);
  game.team[0][9].body.position = {39.5f, 0};
  estimate_possession(game);
  CHECK(order_kick(game, 9, order));
  // Dropped after two seconds if the ball never comes.
  made::free_ball(game, {40, 0, 30}, {0, 0, 0}, kNobody);
  game.team[0][9].body.position = {-39.5f, 0};
  made::ticks(game, 210);
  CHECK(game.team[0][9].kick.kind == 0);
}

void slides_need_an_opponent() {
  GameState game = made::game();
  made::free_ball(game, {30, 0, 0.11f}, {}, kNobody);
  game.team[0][9].body.position = {28, 0};
  estimate_possession(game);
  CHECK(!begin_slide(game, 9));
  game.team[1][5].body.position = {30.4f, 0};
  game.team[0][9].body.position = {26, 0};
  estimate_possession(game);
  CHECK(begin_slide(game, 9));
  const Vector2 from = game.team[0][9].body.position;
  made::ticks(game, 100);
  CHECK(length(game.team[0][9].body.position - from) > 1);
  CHECK(game.team[0][9].activity == Activity::kSliding);
  made::ticks(game, 60);
  CHECK(game.team[0][9].activity == Activity::kFree);
}

void magnet() {
  for (const bool on : {true, false}) {
    GameState game = one_agent("academy_empty_goal");
    game.level.use_magnet = on;
    game.ball.position = {1.1f, 1.5f, 0.11f};  // off the way of somebody who runs right
    estimate_possession(game);
    act(game, kRight);
    for (int i = 0; i < 25; i++) act(game, kIdle);
    CHECK((game.last_touch == 1) == on);
  }
}

void seats_follow_the_ball() {
  Level level;
  CHECK(scenario("11_vs_11_stochastic", 0, level));
  level.agents[0] = 3;
  GameState game;
  reset_game(game, level, 2, 0);
  std::int32_t actions[3] = {kBuiltinAi, kBuiltinAi, kBuiltinAi};
  for (int step = 0; step < 400; step++) {
    step_game(game, actions);
    bool designated = false;
    for (int a = 0; a < 3; a++) {
      designated = designated || game.agent_player[0][a] == game.designated[0];
      for (int b = 0; b < a; b++) CHECK(game.agent_player[0][a] != game.agent_player[0][b]);
    }
    CHECK(designated);
  }
}

void episodes_end() {
  Level level;
  CHECK(scenario("academy_pass_and_shoot_with_keeper", 0, level));
  int terminated = 0, truncated = 0;
  for (std::uint64_t seed = 0; seed < 10; seed++) {
    GameState game;
    reset_game(game, level, seed, 0);
    CHECK(game.steps_left == 401);
    const std::int32_t action = kBuiltinAi;
    StepResult result;
    int steps = 0;
    while (!game.done) {
      result = step_game(game, &action);
      steps++;
    }
    terminated += result.terminated;
    truncated += result.truncated;
    CHECK(result.terminated != result.truncated && steps <= 401);
  }
  CHECK(terminated >= 8 && terminated + truncated == 10);
  level = {};
  CHECK(scenario("1_vs_1_easy", 0, level));
  GameState game;
  reset_game(game, level, 1, 0);
  const std::int32_t idle = kIdle;
  int steps = 0;
  while (!game.done) {
    step_game(game, &idle);
    steps++;
  }
  CHECK(steps == 501 && game.steps_left == 0);
}

void keepers_catch() {
  GameState game = made::game("11_vs_11_stochastic", false);
  GamePlayer& keeper = game.team[0][0];
  keeper.body.position = {-50, 0};
  made::free_ball(game, {-49.5f, 0, 0.3f}, {-2, 0, 0}, number_of(1, 9));
  made::ticks(game, 60);
  CHECK(game.carrier == 0 && game.in_hands);
  // Not from a team-mate's foot.
  game = made::game("11_vs_11_stochastic", false);
  game.team[0][0].body.position = {-50, 0};
  made::free_ball(game, {-49.5f, 0, 0.3f}, {-2, 0, 0}, 4);
  made::ticks(game, 60);
  CHECK(!game.in_hands);
}

}  // namespace

int main() {
  sticky_directions_move();
  built_in_clears_the_controller();
  built_in_scores();
  buttons_need_the_ball();
  slides_need_an_opponent();
  magnet();
  seats_follow_the_ball();
  episodes_end();
  keepers_catch();
  return check::finish("control");
}
