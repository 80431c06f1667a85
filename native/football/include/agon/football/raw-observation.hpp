#pragma once

#include <cstddef>
#include <cstdint>

#include "agon/football/host-device.hpp"

/// The raw observation of the reference environment (one per controlled player) as plain data.
///
/// Units: x in -1..1 (goal lines), y in -0.42..0.42 (top is negative), z in metres; a direction is the displacement per
/// environment step in the same units. Everything is seen from the observing team: it plays left to right.
namespace agon::football {

inline constexpr int kMaxPlayers = 11;
inline constexpr int kNoTeam = -1;
inline constexpr int kLeftTeam = 0;
inline constexpr int kRightTeam = 1;
inline constexpr int kGameModes = 7;
inline constexpr int kRoles = 10;

/// Number of sticky bits: the eight directions in action order 1..8, then sprint, then dribble.
inline constexpr int kStickyActions = 10;
inline constexpr int kStickySprint = 8;
inline constexpr int kStickyDribble = 9;

inline constexpr int kModeNormal = 0;
inline constexpr int kModeKickOff = 1;
inline constexpr int kModeGoalKick = 2;
inline constexpr int kModeFreeKick = 3;
inline constexpr int kModeCorner = 4;
inline constexpr int kModeThrowIn = 5;
inline constexpr int kModePenalty = 6;

/// One team's block: `left_team`, `left_team_direction`, ... of the reference without the prefix.
/// Only the first `players` entries of each array mean something.
struct Team {
  double position[kMaxPlayers][2];
  double direction[kMaxPlayers][2];
  /// 0 fresh .. 1 exhausted.
  double tired_factor[kMaxPlayers];
  std::int32_t players;
  /// GK 0, CB 1, LB 2, RB 3, DM 4, CM 5, LM 6, RM 7, AM 8, CF 9.
  std::int32_t roles[kMaxPlayers];
  std::uint8_t yellow_card[kMaxPlayers];
  /// 0 after a red card.
  std::uint8_t active[kMaxPlayers];
};

struct RawObservation {
  double ball[3];
  double ball_direction[3];
  /// Spin in the reference's scaled units; the only vector that no view rotates.
  double ball_rotation[3];
  Team left;
  Team right;
  /// -1 nobody, 0 the own team, 1 the other one.
  std::int32_t ball_owned_team;
  /// Index in the owning team, -1 if nobody.
  std::int32_t ball_owned_player;
  /// Index of the controlled player, -1 if none.
  std::int32_t active;
  /// Index of the team's key player.
  std::int32_t designated;
  /// Own, other.
  std::int32_t score[2];
  std::int32_t steps_left;
  std::int32_t game_mode;
  std::uint8_t sticky_actions[kStickyActions];
};

/// True if every index and count lies in its range: the precondition of the encoders. Positions are not judged.
AGON_HD inline bool well_formed(const RawObservation& raw) {
  const bool counts = raw.left.players >= 1 && raw.left.players <= kMaxPlayers && raw.right.players >= 1 &&
                      raw.right.players <= kMaxPlayers;
  if (!counts) return false;
  if (raw.active < -1 || raw.active >= raw.left.players) return false;
  if (raw.game_mode < 0 || raw.game_mode >= kGameModes) return false;
  if (raw.ball_owned_team == kNoTeam) return raw.ball_owned_player == -1;
  if (raw.ball_owned_team != kLeftTeam && raw.ball_owned_team != kRightTeam) return false;
  const int owners = raw.ball_owned_team == kLeftTeam ? raw.left.players : raw.right.players;
  return raw.ball_owned_player >= 0 && raw.ball_owned_player < owners;
}

/// True if the observation is one that the eleven-a-side policies can read: 11 v 11 with a controlled player.
AGON_HD inline bool eleven_a_side(const RawObservation& raw) {
  if (!well_formed(raw) || raw.active < 0) return false;
  if (raw.left.players != kMaxPlayers || raw.right.players != kMaxPlayers) return false;
  for (int k = 0; k < kMaxPlayers; k++) {
    if (raw.left.roles[k] < 0 || raw.left.roles[k] >= kRoles) return false;
  }
  return true;
}

}  // namespace agon::football
