#pragma once

#include "agon/football/bot/bot.hpp"
#include "agon/football/game/control.hpp"
#include "agon/football/game/reset.hpp"
#include "agon/football/game/tick.hpp"
#include "agon/football/view.hpp"

/// One environment step: actions of all agents in, ten physics steps, and what the step was worth.
namespace agon::football {

struct StepResult {
  float scoring = 0;  // for the left team; the right team's is the negative
  bool terminated = false;  // by an end flag of the level
  bool truncated = false;   // by the end of its duration alone
};

namespace detail {

AGON_HD inline void refresh_skill(GameState& game) {
  for (int team = 0; team < 2; team++) {
    for (int k = 0; k < game.level.players[team]; k++) {
      GamePlayer& player = game.team[team][k];
      player.skill = attribute_share(game.level.difficulty[team], player.body.tired);
    }
  }
}

/// v2 actions of everybody in field axes: agents', 19 for those whom nobody plays.
struct Everybody {
  std::int8_t action[kEverybody];
};

/// `actions` has one entry per agent, left agents first, each in its own team's view.
AGON_HD inline Everybody seated_actions(const GameState& game, const std::int32_t* actions) {
  Everybody all;
  for (int i = 0; i < kEverybody; i++) all.action[i] = std::int8_t(kBuiltinAi);
  int agent = 0;
  for (int team = 0; team < 2; team++) {
    for (int i = 0; i < game.level.agents[team]; i++, agent++) {
      const int who = number_of(team, game.agent_player[team][i]);
      const int asked = actions[agent] >= kIdle && actions[agent] <= kBuiltinAi ? actions[agent] : kIdle;
      const int forced = held_restart_action(asked, game.waited, owner_of(game) == who);
      all.action[who] = std::int8_t(team == 0 ? forced : rotated_action(forced));
    }
  }
  return all;
}

/// Whether an end flag of the level says that the episode is over.
AGON_HD inline bool ended_by_level(GameState& game) {
  bool over = game.level.end_episode_on_score && game.score[0] + game.score[1] > 0;
  over = over || (game.level.end_episode_on_out_of_play && game.mode != kModeNormal && game.previous_mode == kModeNormal);
  const int owner = owner_of(game);
  if (owner != kNobody) {
    const bool changed = game.last_owner_team != kNoTeam && game.last_owner_team != team_of(owner);
    over = over || (game.level.end_episode_on_possession_change && changed);
    game.last_owner_team = team_of(owner);
  }
  game.previous_mode = game.mode;
  return over;
}

AGON_HD inline void second_half(GameState& game) {
  if (game.level.second_half == kNeverStep || game.in_second_half) return;
  if (int(game.frame) < game.level.second_half) return;
  game.in_second_half = 1;
  for (int team = 0; team < 2; team++) {
    for (int k = 0; k < game.level.players[team]; k++) game.team[team][k].body.tired = 0;
  }
  kick_off(game, 1 - game.first_kick_off, ball_start(game.level.ball_x, game.level.ball_y));
}

}  // namespace detail

/// Steps a game by its agents' actions (`actions` [left agents + right agents], v2 ids, each in its own view; ids out of
/// the set count as idle). A finished game stays as it is.
AGON_HD inline StepResult step_game(GameState& game, const std::int32_t* actions) {
  if (game.done) return {};
  RandomStream stream = step_stream(game.seed, game.episode, game.frame);
  const int before[2] = {game.score[0], game.score[1]};
  detail::refresh_skill(game);
  const detail::Everybody all = detail::seated_actions(game, actions);
  for (int who = 0; who < kEverybody; who++) {
    if (index_of(who) >= game.level.players[team_of(who)]) continue;
    take_action(game, who, all.action[who]);
    if (player_of(game, who).builtin) think(game, stream, who);
  }
  for (int n = 0; n < kTicksPerStep; n++) tick(game, stream);
  game.frame++;
  game.steps_left--;
  detail::second_half(game);
  estimate_possession(game);
  seat_agents(game);
  game.waited = game.mode == kModeNormal ? 0 : game.waited + 1;
  StepResult result;
  result.scoring = float((game.score[0] - before[0]) - (game.score[1] - before[1]));
  result.terminated = detail::ended_by_level(game);
  result.truncated = !result.terminated && game.steps_left <= 0;
  game.done = result.terminated || result.truncated;
  return result;
}

}  // namespace agon::football
