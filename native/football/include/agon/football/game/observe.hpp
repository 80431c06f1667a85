#pragma once

#include "agon/football/game/game-state.hpp"
#include "agon/football/view.hpp"

/// A game as the reference's raw observations show it.
namespace agon::football {

namespace detail {

AGON_HD inline void observe_team(const GameState& game, int team, Team& out) {
  out.players = game.level.players[team];
  for (int k = 0; k < out.players; k++) {
    const GamePlayer& player = game.team[team][k];
    const Vector3 position = to_field({player.body.position.x, player.body.position.y, 0});
    const Vector3 direction = velocity_to_field({player.body.velocity.x, player.body.velocity.y, 0});
    out.position[k][0] = double(position.x);
    out.position[k][1] = double(position.y);
    out.direction[k][0] = double(direction.x);
    out.direction[k][1] = double(direction.y);
    out.tired_factor[k] = double(player.body.tired);
    out.roles[k] = player.role;
    out.yellow_card[k] = player.yellow;
    out.active[k] = player.active;
  }
}

}  // namespace detail

/// What all agents of a game see, in field axes (the left team's view), without the fields of one agent.
AGON_HD inline void observe_game(const GameState& game, RawObservation& out) {
  const Vector3 ball = to_field(game.ball.position);
  const Vector3 direction = velocity_to_field(game.ball.velocity);
  const Vector3 spin = spin_to_field(game.ball.spin);
  const float reversed = game.level.reverse_team_processing ? -1.0f : 1.0f;
  const float values[9] = {ball.x, ball.y, ball.z, direction.x, direction.y, direction.z,
                           spin.x * reversed, spin.y * reversed, spin.z};
  for (int i = 0; i < 3; i++) {
    out.ball[i] = double(values[i]);
    out.ball_direction[i] = double(values[3 + i]);
    out.ball_rotation[i] = double(values[6 + i]);
  }
  detail::observe_team(game, 0, out.left);
  detail::observe_team(game, 1, out.right);
  const int owner = owner_of(game);
  out.ball_owned_team = owner == kNobody ? kNoTeam : team_of(owner);
  out.ball_owned_player = owner == kNobody ? -1 : index_of(owner);
  out.score[0] = game.score[0];
  out.score[1] = game.score[1];
  out.steps_left = game.steps_left;
  out.game_mode = game.mode;
  out.active = -1;
  out.designated = game.designated[0];
  for (int k = 0; k < kStickyActions; k++) out.sticky_actions[k] = 0;
}

/// Turns the shared view of a team (`rotated_view` of `observe_game` for the right one) into that of its agent.
AGON_HD inline void observe_agent(const GameState& game, int team, int agent, RawObservation& shared) {
  const int k = game.agent_player[team][agent];
  const GamePlayer& player = game.team[team][k];
  shared.active = k;
  shared.designated = game.designated[team];
  for (int i = 0; i < 8; i++) shared.sticky_actions[i] = player.sticky[team == 0 ? i : (i + 4) % 8];
  shared.sticky_actions[kStickySprint] = player.sticky[kStickySprint];
  shared.sticky_actions[kStickyDribble] = player.sticky[kStickyDribble];
}

/// The raw observation of one agent, in its own view.
AGON_HD inline RawObservation observe(const GameState& game, int team, int agent) {
  RawObservation out{};
  observe_game(game, out);
  if (team == 1) out = rotated_view(out);
  observe_agent(game, team, agent, out);
  return out;
}

}  // namespace agon::football
