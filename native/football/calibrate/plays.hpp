#pragma once

#include <cmath>
#include <functional>
#include <vector>

#include "agon/football/game-batch.hpp"
#include "trace.hpp"

/// Recorded experiments with several players, and the same ones played in the simulator: from the recorded first row,
/// with the recorded hands. Both become the same rows, so one measurement serves both.
namespace calibrate {

using namespace agon::football;

/// What the results are taken from: metres and m/s, y up.
struct PlayRow {
  Vector3 ball, ball_velocity;
  int owner_team = -1, owner = -1;
  int mode = 0, left_score = 0;
  int action = -1;                                     // of L1, sent in this row's state
  Vector2 left, left_velocity, right, right_velocity;  // L1 and R1
};

using Play = std::vector<PlayRow>;

inline Play recorded_play(const Trace& trace, const Trial& trial) {
  const bool opponent = trace.column("R1_x") >= 0;
  Play play;
  for (std::size_t i = 0; i < trial.rows; i++) {
    const auto value = [&](const char* name) { return trace.value(trial, i, name); };
    PlayRow row;
    row.ball = {value("ball_x"), -value("ball_y"), value("ball_z")};
    row.ball_velocity = {value("ball_vx"), -value("ball_vy"), value("ball_vz")};
    row.owner_team = int(value("owned_team"));
    row.owner = int(value("owned_player"));
    row.mode = int(value("game_mode"));
    row.left_score = int(value("score_l"));
    row.action = int(value("action_l1"));
    row.left = {value("L1_x"), -value("L1_y")};
    row.left_velocity = {value("L1_vx"), -value("L1_vy")};
    if (opponent) {
      row.right = {value("R1_x"), -value("R1_y")};
      row.right_velocity = {value("R1_vx"), -value("R1_vy")};
    }
    play.push_back(row);
  }
  return play;
}

namespace detail {

inline PlayRow row_of(const GameState& game) {
  const int owner = owner_of(game);
  const GamePlayer& left = game.team[0][1];
  const GamePlayer& right = game.team[1][1];
  PlayRow row;
  row.ball = game.ball.position;
  row.ball_velocity = game.ball.velocity;
  row.owner_team = owner < 0 ? -1 : team_of(owner);
  row.owner = owner < 0 ? -1 : index_of(owner);
  row.mode = game.mode;
  row.left_score = game.score[0];
  row.left = left.body.position;
  row.left_velocity = left.body.velocity;
  row.right = right.body.position;
  row.right_velocity = right.body.velocity;
  return row;
}

/// The player NAME at his recorded start; each team in its own frame.
inline void place(const Trace& trace, const Trial& trial, const std::string& name, int team, int role, Level& level) {
  const float s = team == 0 ? 1.0f : -1.0f;
  LevelPlayer& player = level.team[team][level.players[team]++];
  player.x = s * trace.value(trial, 0, name + "_x") / kMetresPerPlayerStartX;
  player.y = s * trace.value(trial, 0, name + "_y") / kMetresPerPlayerStartY;
  player.role = role;
}

}  // namespace detail

/// Who is on the pitch beside L1: how the level of an experiment is made of a trial's first row.
struct Cast {
  bool right_agent = false;     // R1 is played by the experiment's hands, not by the built-in AI
  double right_difficulty = 1;  // where the trial says nothing
};

inline Level level_of(const Trace& trace, const Trial& trial, const Cast& cast) {
  Level level;
  detail::place(trace, trial, "L0", 0, 0, level);
  level.team[0][0].lazy = 1;
  level.team[0][0].controllable = 0;
  for (int k = 1; k < kMaxPlayers && trace.column("L" + std::to_string(k) + "_x") >= 0; k++)
    detail::place(trace, trial, "L" + std::to_string(k), 0, 9, level);
  detail::place(trace, trial, "R0", 1, 0, level);
  level.team[1][0].controllable = 0;
  if (trace.column("R1_x") >= 0) {
    detail::place(trace, trial, "R1", 1, 1, level);
    level.team[1][1].controllable = cast.right_agent;
  }
  level.ball_x = trace.value(trial, 0, "ball_x") / kMetresPerFieldX;
  level.ball_y = trace.value(trial, 0, "ball_y") / kMetresPerFieldY;
  level.difficulty[0] = 1;
  level.difficulty[1] =
      float(trial.number("defender_difficulty", trial.number("keeper_difficulty", cast.right_difficulty)));
  level.offsides = 0;
  level.may_overlap = 1;
  level.game_duration = 1000;
  level.reverse_team_processing = trial.text("reverse_team_processing") == "true";
  return level;
}

/// What L1 and R1 do in a step; R1's action is in its own view.
struct Hands {
  std::int32_t left = kIdle, right = kIdle;
};
using Script = std::function<Hands(std::size_t step, const Play& so_far)>;

/// The recorded actions of L1, idle after their end.
inline Script recorded_hands(const Trace& trace, const Trial& trial) {
  return [&trace, trial](std::size_t step, const Play&) -> Hands {
    const int action = step < trial.rows ? int(trace.value(trial, step, "action_l1")) : kIdle;
    return {action < 0 ? kIdle : action, kIdle};
  };
}

/// Rows until a goal falls or `steps` are over; empty when the level is no level.
inline Play simulated_play(const Level& level, std::size_t steps, std::uint64_t seed, const Script& script) {
  const int left = level.players[0] - 1, right = level.players[1] > 1 && level.team[1][1].controllable ? 1 : 0;
  GameBatch batch(1, left, right, 1);
  Play play;
  if (batch.reset(0, level, seed, 0) != LevelFault::kNone) return play;
  play.push_back(detail::row_of(batch.state(0)));
  std::vector<std::int32_t> actions(std::size_t(left + right), kIdle);
  for (std::size_t step = 0; step < steps && play.back().left_score == 0; step++) {
    const Hands hands = script(step, play);
    actions[0] = play.back().action = hands.left;
    if (right) actions.back() = hands.right;
    batch.step(actions.data(), {});
    play.push_back(detail::row_of(batch.state(0)));
  }
  return play;
}

/// First row from `from` on in which the ball is suddenly faster, −1 for none.
inline int kicked(const Play& play, int from) {
  for (std::size_t i = std::size_t(std::max(from, 1)); i < play.size(); i++) {
    const double now = length(play[i].ball_velocity), before = length(play[i - 1].ball_velocity);
    if (now > 8 && now - before > 3) return int(i);
  }
  return -1;
}

/// First row from `from` on in which the team, or one player of it, owns the ball.
inline int owned_by(const Play& play, int from, int team, int player = -1) {
  for (std::size_t i = std::size_t(from); i < play.size(); i++)
    if (play[i].owner_team == team && (player < 0 || play[i].owner == player)) return int(i);
  return -1;
}

/// First row in which L1 sent the action.
inline int pressed(const Play& play, int action) {
  for (std::size_t i = 0; i < play.size(); i++)
    if (play[i].action == action) return int(i);
  return -1;
}

}  // namespace calibrate
