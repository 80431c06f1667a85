#pragma once

#include "agon/football/game/level-check.hpp"
#include "agon/football/game/game-state.hpp"

/// Whether bytes that claim to be a saved game can be stepped without harm.
namespace agon::football {

namespace detail {

AGON_HD inline bool in_range(int value, int least, int most) { return value >= least && value <= most; }

/// Finite, and no further away than anything in a game can be.
AGON_HD inline bool sane(Vector2 v) { return within(v.x, 1e4f) && within(v.y, 1e4f); }
AGON_HD inline bool sane(Vector3 v) { return within(v.x, 1e6f) && within(v.y, 1e6f) && within(v.z, 1e6f); }

/// kNobody or somebody who plays.
AGON_HD inline bool somebody(const GameState& game, int who) {
  if (who == kNobody) return true;
  return in_range(who, 0, kEverybody - 1) && index_of(who) < game.level.players[team_of(who)];
}

AGON_HD inline bool sane_player(const GamePlayer& player, int players) {
  const Player& body = player.body;
  const bool numbers = sane(body.position) && sane(body.velocity) && sane(body.facing) && sane(body.stride.direction) &&
                       within(body.stride.speed, 1e3f) && within(body.reach, 1e3f) && within(body.tired, 1.0f) &&
                       sane(player.orders.run.direction) && within(player.orders.run.speed, 1e3f) &&
                       sane(player.meeting) && sane(player.course) && sane(player.kick.direction) &&
                       sane(player.kick.place) && within(player.time_to_ball, 1e4f) && within(player.skill, 1.0f) &&
                       within(player.build.top_speed, 100) && within(player.build.stamina, 10);
  const bool kick = in_range(player.kick.target, -1, players - 1) &&
                    (player.kick.kind == 0 || in_range(player.kick.kind, 9, 12));
  return numbers && kick && in_range(int(player.activity), 0, int(Activity::kSentOff)) && player.role < kRoles;
}

AGON_HD inline bool sane_teams(const GameState& game) {
  for (int team = 0; team < 2; team++) {
    const int players = game.level.players[team];
    if (!in_range(game.designated[team], 0, players - 1)) return false;
    for (int k = 0; k < players; k++) {
      if (!sane_player(game.team[team][k], players)) return false;
    }
    for (int agent = 0; agent < game.level.agents[team]; agent++) {
      if (!in_range(game.agent_player[team][agent], 0, players - 1)) return false;
      if (!in_range(game.checkpoints[team][agent], 0, 10)) return false;
    }
  }
  return true;
}

}  // namespace detail

/// Every index points at somebody, every number is finite. Which game it is, it does not judge.
AGON_HD inline bool check_state(const GameState& game) {
  if (check_level(game.level) != LevelFault::kNone) return false;
  for (const int who : {game.carrier, game.last_touch, game.receiver, game.shooter, game.taker}) {
    if (!detail::somebody(game, who)) return false;
  }
  if (!detail::in_range(game.mode, 0, kGameModes - 1) || !detail::in_range(game.whistle.mode, 0, kGameModes - 1)) return false;
  if (game.mode != kModeNormal && game.taker == kNobody) return false;
  if (game.in_hands && game.carrier == kNobody) return false;
  if (!detail::in_range(game.whistle.team, 0, 1) || !detail::in_range(game.restart_team, 0, 1)) return false;
  if (!detail::in_range(game.first_kick_off, 0, 1) || !detail::sane(game.whistle.place)) return false;
  const Advantage& advantage = game.advantage;
  if (!detail::in_range(advantage.ticks, 0, 300) || !detail::sane(advantage.place)) return false;
  if (!detail::somebody(game, advantage.offender) || (advantage.ticks > 0 && advantage.offender == kNobody)) return false;
  if (!detail::sane(game.ball.position) || !detail::sane(game.ball.velocity) || !detail::sane(game.ball.spin)) return false;
  for (const Vector3& point : game.path) {
    if (!detail::sane(point)) return false;
  }
  return detail::sane_teams(game);
}

}  // namespace agon::football
