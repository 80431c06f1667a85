#pragma once

#include "agon/football/raw-observation.hpp"

/// A plain hand-made observation to vary: `players` a side, everybody on a line of his own team's half, ball on the
/// centre spot, nobody owns it, player 1 controlled.
inline agon::football::RawObservation made_observation(int players = agon::football::kMaxPlayers) {
  agon::football::RawObservation raw{};
  raw.left.players = players;
  raw.right.players = players;
  for (int k = 0; k < players; k++) {
    raw.left.position[k][0] = -0.5;
    raw.right.position[k][0] = 0.5;
    raw.left.position[k][1] = raw.right.position[k][1] = -0.25 + 0.05 * k;
    raw.left.active[k] = raw.right.active[k] = 1;
    raw.left.roles[k] = raw.right.roles[k] = k == 0 ? 0 : 5;
  }
  raw.ball[2] = 0.11;
  raw.ball_owned_team = agon::football::kNoTeam;
  raw.ball_owned_player = -1;
  raw.active = players > 1 ? 1 : 0;
  raw.designated = raw.active;
  raw.steps_left = 3001;
  return raw;
}
