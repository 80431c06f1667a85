#pragma once

#include "agon/football/raw-observation.hpp"

/// A raw observation as one row of numbers, for callers that share memory rather than C++ records.
namespace agon::football {

/// ball 3, ball_direction 3, ball_rotation 3; then for the left and the right team: positions 22, directions 22,
/// tired_factor 11, yellow_card 11, active 11, roles 11; then ball_owned_team, ball_owned_player, active, designated,
/// score 2, steps_left, game_mode, sticky_actions 10, players of the left and of the right team. Entries of players
/// whom a team has not got are 0.
inline constexpr int kRawRowWidth = 205;
inline constexpr int kRawRowTeam = 88;

namespace detail {

AGON_HD inline void write_team_row(const Team& team, double* out) {
  for (int i = 0; i < kRawRowTeam; i++) out[i] = 0;
  for (int k = 0; k < team.players; k++) {
    for (int axis = 0; axis < 2; axis++) {
      out[2 * k + axis] = team.position[k][axis];
      out[22 + 2 * k + axis] = team.direction[k][axis];
    }
    out[44 + k] = team.tired_factor[k];
    out[55 + k] = team.yellow_card[k];
    out[66 + k] = team.active[k];
    out[77 + k] = team.roles[k];
  }
}

}  // namespace detail

/// Writes `out` [205]. Returns false, with the buffer untouched, if the observation is not well formed.
AGON_HD inline bool write_raw_row(const RawObservation& raw, double* out) {
  if (!well_formed(raw)) return false;
  for (int axis = 0; axis < 3; axis++) {
    out[axis] = raw.ball[axis];
    out[3 + axis] = raw.ball_direction[axis];
    out[6 + axis] = raw.ball_rotation[axis];
  }
  detail::write_team_row(raw.left, out + 9);
  detail::write_team_row(raw.right, out + 9 + kRawRowTeam);
  double* rest = out + 9 + 2 * kRawRowTeam;
  const double values[] = {double(raw.ball_owned_team), double(raw.ball_owned_player), double(raw.active),
                           double(raw.designated), double(raw.score[0]), double(raw.score[1]),
                           double(raw.steps_left), double(raw.game_mode)};
  for (const double value : values) *rest++ = value;
  for (int k = 0; k < kStickyActions; k++) *rest++ = raw.sticky_actions[k];
  *rest++ = raw.left.players;
  *rest++ = raw.right.players;
  return true;
}

}  // namespace agon::football
