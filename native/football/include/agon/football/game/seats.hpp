#pragma once

#include "agon/football/game/game-state.hpp"

/// Which player each agent plays.
namespace agon::football {

namespace detail {

AGON_HD inline int controllable_players(const GameState& game, int team) {
  int count = 0;
  for (int k = 0; k < game.level.players[team]; k++) count += game.level.team[team][k].controllable != 0;
  return count;
}

/// As many agents as players: agent i has the i-th controllable player.
AGON_HD inline void seat_all(GameState& game, int team) {
  int agent = 0;
  for (int k = 0; k < game.level.players[team]; k++) {
    if (game.level.team[team][k].controllable && agent < kMaxPlayers) game.agent_player[team][agent++] = k;
  }
}

/// Fewer agents than players: they have those who can be at the ball first, and keep their players as long as these
/// belong to them.
AGON_HD inline void seat_nearest(GameState& game, int team, int agents) {
  bool wanted[kMaxPlayers] = {}, taken[kMaxPlayers] = {};
  for (int n = 0; n < agents; n++) {
    int best = -1;
    for (int k = 0; k < game.level.players[team]; k++) {
      const GamePlayer& player = game.team[team][k];
      if (wanted[k] || !player.active || !game.level.team[team][k].controllable) continue;
      const bool key = game.designated[team] == k;
      if (best < 0 || key || (game.designated[team] != best && player.time_to_ball < game.team[team][best].time_to_ball))
        best = k;
    }
    if (best >= 0) wanted[best] = true;
  }
  bool kept[kMaxPlayers] = {};
  for (int agent = 0; agent < agents; agent++) {
    const int k = game.agent_player[team][agent];
    if (k < 0 || !wanted[k] || taken[k]) continue;
    taken[k] = kept[agent] = true;
  }
  for (int agent = 0; agent < agents; agent++) {
    if (kept[agent]) continue;
    for (int k = 0; k < game.level.players[team]; k++) {
      if (!wanted[k] || taken[k]) continue;
      taken[k] = kept[agent] = true;
      game.agent_player[team][agent] = k;
      break;
    }
  }
}

}  // namespace detail

/// Refreshes `agent_player`: at a reset, and after every step.
AGON_HD inline void seat_agents(GameState& game) {
  for (int team = 0; team < 2; team++) {
    const int agents = game.level.agents[team];
    if (agents == 0) continue;
    if (agents >= detail::controllable_players(game, team)) {
      detail::seat_all(game, team);
    } else {
      detail::seat_nearest(game, team, agents);
    }
  }
}

}  // namespace agon::football
