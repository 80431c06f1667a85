// Balls that leave the pitch, goals, offsides and fouls: which restart follows, where, whose, and that it ends.
#include <cmath>

#include "agon/football/game-batch.hpp"
#include "made-game.hpp"

using namespace agon::football;

namespace {

bool near(float a, float b, float most = 0.02f) { return std::fabs(a - b) <= most; }

void out_over_the_touchline() {
  for (const float side : {1.0f, -1.0f}) {
    GameState game = made::game();
    made::free_ball(game, {12, side * 36, 0.11f}, {0, side * 9, 0}, 3);
    made::ticks(game, 10);
    CHECK(game.mode == kModeThrowIn && game.restart_team == 1);
    CHECK(near(game.ball.position.x, 12, 0.5f) && near(game.ball.position.y, side * 36, 0.5f));
    CHECK(game.carrier == game.taker && team_of(game.taker) == 1);
  }
  GameState corner_flag = made::game();
  made::free_ball(corner_flag, {55.05f, 36, 0.11f}, {0, 9, 0}, 3);
  made::ticks(corner_flag, 10);
  CHECK(corner_flag.mode == kModeThrowIn && corner_flag.ball.position.x < 54.8f);
}

void out_over_the_goal_line() {
  for (int attacking = 0; attacking < 2; attacking++) {
    const float s = side_of(attacking);
    GameState game = made::game();
    made::free_ball(game, {s * 54.9f, 12, 0.11f}, {s * 10, 0, 0}, number_of(attacking, 5));
    made::ticks(game, 10);
    CHECK(game.mode == kModeGoalKick && game.restart_team == 1 - attacking);
    CHECK(near(game.ball.position.x, s * 0.92f * 55) && near(game.ball.position.y, 0));
    CHECK(game.taker == number_of(1 - attacking, 0));

    game = made::game();
    made::free_ball(game, {s * 54.9f, 12, 0.11f}, {s * 10, 0, 0}, number_of(1 - attacking, 5));
    made::ticks(game, 10);
    CHECK(game.mode == kModeCorner && game.restart_team == attacking);
    CHECK(near(game.ball.position.x, s * 55) && near(game.ball.position.y, 36));
  }
}

void goals() {
  for (int attacking = 0; attacking < 2; attacking++) {
    const float s = side_of(attacking);
    GameState game = made::game();
    made::free_ball(game, {s * 54, 1, 0.5f}, {s * 25, 0, 0}, number_of(attacking, 5));
    made::ticks(game, 12);
    CHECK(game.score[attacking] == 1 && game.score[1 - attacking] == 0);
    // The side that conceded kicks off, and its two men at the centre spot are there.
    CHECK(game.mode == kModeNormal && near(game.ball.position.x, 0) && near(game.ball.position.y, 0));
    CHECK(made::gap_to_ball(game, 1 - attacking, 1) < 2 && made::gap_to_ball(game, 1 - attacking, 2) < 2);
    CHECK(made::gap_to_ball(game, attacking, 1) > 2.5f);
  }
  GameState over = made::game();
  made::free_ball(over, {54, 1, 3.2f}, {25, 0, 0}, 5);
  made::ticks(over, 12);
  CHECK(over.score[0] == 0 && over.mode == kModeGoalKick);
  GameState beside = made::game();
  made::free_ball(beside, {54, 4.2f, 0.5f}, {25, 0, 0}, 5);
  made::ticks(beside, 12);
  CHECK(beside.score[0] == 0 && beside.mode == kModeGoalKick);
}

/// A forward behind the last two defenders when the ball is played, who then gets it.
void offside() {
  const auto arranged = [](bool behind, bool rule) {
    GameState game = made::game();
    game.level.offsides = rule;
    GamePlayer& forward = game.team[0][9];
    forward.body.position = {behind ? 45.0f : 20.0f, 5};
    made::free_ball(game, {0, 0, 0.11f}, {}, kNobody);
    CHECK(touch(game, 6));
    const bool flagged = forward.offside;
    made::free_ball(game, {forward.body.position.x, 5, 0.11f}, {}, 6);
    made::ticks(game, 3);
    CHECK((game.mode == kModeFreeKick) == flagged);
    if (flagged) {
      CHECK(game.restart_team == 1 && near(game.ball.position.x, 45, 0.3f) && near(game.ball.position.y, 5, 0.3f));
      for (int k = 0; k < 11; k++) CHECK(made::gap_to_ball(game, 0, k) > 9.1f);
    }
    return flagged;
  };
  CHECK(arranged(true, true));
  CHECK(!arranged(false, true));
  CHECK(!arranged(true, false));
}

void fouls_and_cards() {
  GameState game = made::game();
  detail::foul(game, number_of(1, 4), {20, 10});
  detail::obey_whistle(game);
  CHECK(game.mode == kModeFreeKick && game.restart_team == 0 && game.fouls[1] == 1);
  game = made::game();
  detail::foul(game, number_of(1, 4), {45, 10});
  detail::obey_whistle(game);
  CHECK(game.mode == kModePenalty && game.restart_team == 0);
  CHECK(near(game.ball.position.x, 44) && near(game.ball.position.y, 0));
  detail::book(game, number_of(1, 4), false);
  CHECK(game.team[1][4].yellow && game.team[1][4].active);
  detail::book(game, number_of(1, 4), false);
  CHECK(!game.team[1][4].active && game.team[1][4].activity == Activity::kSentOff);
  detail::book(game, number_of(1, 5), true);
  CHECK(!game.team[1][5].active);
  // The last player stays, whatever he does.
  for (int k = 1; k < 11; k++) detail::book(game, number_of(1, k), true);
  detail::book(game, number_of(1, 0), true);
  CHECK(detail::active_players(game, 1) == 1);
}

/// A carrier who was fouled, with the ball at his feet and the offender far away.
GameState fouled() {
  GameState game = made::game();
  made::free_ball(game, {5, 5, 0.11f}, {}, kNobody);
  game.team[0][6].body.position = {4.5f, 5};
  CHECK(touch(game, 6));
  game.carrier = 6;
  detail::foul_with_advantage(game, number_of(1, 4), {5, 5});
  CHECK(game.fouls[1] == 1 && game.whistle.mode == kModeNormal);
  return game;
}

void advantage() {
  // His team keeps the ball: the foul is forgotten after three seconds.
  GameState kept = fouled();
  for (int t = 0; t < 299; t++) watch_advantage(kept);
  CHECK(kept.advantage.ticks == 300 && kept.whistle.mode == kModeNormal);
  watch_advantage(kept);
  CHECK(kept.advantage.ticks == 0 && kept.whistle.mode == kModeNormal);

  // The ball is lost at once: the whistle comes when the referee has looked long enough, for the place of the foul.
  GameState lost = fouled();
  lost.carrier = number_of(1, 4);
  int ticks = 0;
  while (lost.whistle.mode == kModeNormal && ticks < 400) {
    watch_advantage(lost);
    ticks++;
  }
  CHECK(ticks == 60);
  CHECK(lost.whistle.mode == kModeFreeKick && lost.whistle.team == 0 && lost.whistle.place.x == 5);
  detail::obey_whistle(lost);
  CHECK(lost.mode == kModeFreeKick && near(lost.ball.position.x, 5) && near(lost.ball.position.y, 5));
  CHECK(lost.advantage.ticks == 0);

  // A goal ends it, and so does any other whistle.
  GameState goal = fouled();
  detail::score_goal(goal, 0);
  watch_advantage(goal);
  CHECK(goal.advantage.ticks == 0 && goal.whistle.mode == kModeKickOff);

  // In the area there is none.
  GameState area = made::game();
  detail::foul_with_advantage(area, number_of(1, 4), {45, 10});
  CHECK(area.advantage.ticks == 0 && area.whistle.mode == kModePenalty);
}

/// Everybody in reach of a restart stands where the laws allow, and the built-in AI takes it within nine steps.
void built_in_takes_them() {
  for (int mode = kModeGoalKick; mode <= kModePenalty; mode++) {
    for (int team = 0; team < 2; team++) {
      GameState game = made::game("11_vs_11_stochastic", false, 11);
      award(game, mode, team, {20, 36});
      for (int t = 0; t < 2; t++) {
        for (int k = 0; k < 11; k++) {
          const Vector2 at = game.team[t][k].body.position;
          CHECK(std::fabs(at.x) < 58 && std::fabs(at.y) < 39);
        }
      }
      int steps = 0;
      while (game.mode != kModeNormal && steps < 40) {
        step_game(game, nullptr);
        steps++;
      }
      CHECK(steps >= 2 && steps <= 9);
      CHECK(game.last_touch == kNobody || team_of(game.last_touch) == team || game.since_touch > 30);
    }
  }
}

/// Agents who never take it are made to: at most 30 steps.
void held_restarts_are_forced() {
  for (int mode = kModeGoalKick; mode <= kModePenalty; mode++) {
    Level level;
    CHECK(scenario("11_vs_11_stochastic", 0, level));
    level.agents[0] = level.agents[1] = 11;
    GameState game;
    reset_game(game, level, 3, 0);
    award(game, mode, 0, {-20, -36});
    std::vector<std::int32_t> idle(22, kIdle);
    int steps = 0;
    while (game.mode != kModeNormal && steps < 60) {
      step_game(game, idle.data());
      steps++;
    }
    CHECK(steps >= 20 && steps <= 30);
  }
}

void second_half() {
  GameState game = made::game("tests.second_half");
  for (int step = 0; step < 4; step++) step_game(game, nullptr);
  game.team[0][1].body.tired = 0.5f;
  CHECK(!game.in_second_half);
  step_game(game, nullptr);
  CHECK(game.in_second_half && game.team[0][1].body.tired == 0);
  CHECK(made::gap_to_ball(game, 1, 1) < 2.5f);  // now the other side kicks off
}

}  // namespace

int main() {
  out_over_the_touchline();
  out_over_the_goal_line();
  goals();
  offside();
  fouls_and_cards();
  advantage();
  built_in_takes_them();
  held_restarts_are_forced();
  second_half();
  return check::finish("restarts");
}
