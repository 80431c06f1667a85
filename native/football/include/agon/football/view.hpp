#pragma once

#include "agon/football/actions.hpp"
#include "agon/football/raw-observation.hpp"

/// The 180-degree view: the right team sees, and acts in, a world in which it plays left to right.
namespace agon::football {

AGON_HD inline Team rotated_team(const Team& team) {
  Team out = team;
  for (int k = 0; k < team.players && k < kMaxPlayers; k++) {
    for (int axis = 0; axis < 2; axis++) {
      out.position[k][axis] = -team.position[k][axis];
      out.direction[k][axis] = -team.direction[k][axis];
    }
  }
  return out;
}

/// The same observation seen from the other side: teams, owner and scores swapped, x and y negated, directions among
/// the sticky bits turned by four places. `active` and `designated` are indices in the observer's team and stay, so an
/// observation assembled in field axes for a right-team seat (its own `active`, its sticky bits in field axes) becomes
/// what that seat sees. Twice gives the original, bit for bit.
AGON_HD inline RawObservation rotated_view(const RawObservation& raw) {
  RawObservation out = raw;
  for (int axis = 0; axis < 2; axis++) {
    out.ball[axis] = -raw.ball[axis];
    out.ball_direction[axis] = -raw.ball_direction[axis];
  }
  out.left = rotated_team(raw.right);
  out.right = rotated_team(raw.left);
  out.ball_owned_team = raw.ball_owned_team == kNoTeam ? kNoTeam : 1 - raw.ball_owned_team;
  out.score[0] = raw.score[1];
  out.score[1] = raw.score[0];
  for (int k = 0; k < 8; k++) out.sticky_actions[k] = raw.sticky_actions[(k + 4) % 8];
  return out;
}

/// The action in field axes that a right-team agent means by `action`, and the other way round.
AGON_HD inline int rotated_action(int action) {
  return is_direction(action) ? kLeft + (action - kLeft + 4) % 8 : action;
}

}  // namespace agon::football
