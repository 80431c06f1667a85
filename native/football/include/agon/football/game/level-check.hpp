#pragma once

#include "agon/football/game/level.hpp"
#include "agon/football/world.hpp"

/// Whether a level can be played, and if not, why.
namespace agon::football {

enum class LevelFault : std::int32_t {
  kNone,
  kPlayerCount,
  kNoKeeper,
  kSecondKeeper,
  kUnknownRole,
  kPlayerOffPitch,
  kBallOffPitch,
  kPlayersOverlap,
  kTooManyAgents,
  kDifficulty,
  kDuration,
  kSecondHalf,
  kKickOffSide,
};

/// What is wrong and, where it helps, what would be right.
inline const char* level_fault_text(LevelFault fault) {
  constexpr const char* texts[] = {
      "the level is playable",
      "a team must have 1 to 11 players",
      "a team has no keeper: its first player must have role 0",
      "a team has two keepers: only its first player may have role 0",
      "a role must be one of 0 to 9",
      "a player stands off the pitch: x must be in -1..1 and y in -0.42..0.42, of keepers and lazy players both in -10..10",
      "the ball lies off the pitch: x must be in -1.011..1.011 and y in -0.4306..0.4306",
      "two players stand on top of each other: leave at least 0.3 m between them",
      "a team has fewer controllable players than agents, or more agents than 11",
      "a difficulty must be in 0..1",
      "the game must last 1 to 1000000 steps",
      "the second half must begin within the game, or never (-1)",
      "the kick-off side must be 0, 1 or -1 for the side nearer to the ball",
  };
  return texts[static_cast<int>(fault)];
}

namespace detail {

inline constexpr float kLeastSpacing = 0.3f;  // metres
/// How far from the centre somebody may start who has nothing to do on the pitch.
inline constexpr float kFarthestStart = 10;

AGON_HD inline Vector2 level_place(const Level& level, int team, int k) {
  const LevelPlayer& player = level.team[team][k];
  return player_start(player.x, player.y) * (team == 0 ? 1.0f : -1.0f);
}

/// False for NaN as well.
AGON_HD inline bool within(float value, float most) { return value >= -most && value <= most; }

AGON_HD inline bool on_pitch(const LevelPlayer& player) { return within(player.x, 1.0001f) && within(player.y, 0.4201f); }

/// As in the reference, scenarios put a keeper out of the way, or lazy players aside.
AGON_HD inline bool may_start_there(const LevelPlayer& player, int k) {
  if (k == 0 || player.lazy) return within(player.x, kFarthestStart) && within(player.y, kFarthestStart);
  return on_pitch(player);
}

AGON_HD inline LevelFault check_team(const Level& level, int team) {
  const int players = level.players[team];
  if (players < 1 || players > kMaxPlayers) return LevelFault::kPlayerCount;
  if (level.team[team][0].role != 0) return LevelFault::kNoKeeper;
  int controllable = 0;
  for (int k = 0; k < players; k++) {
    const LevelPlayer& player = level.team[team][k];
    if (player.role < 0 || player.role >= kRoles) return LevelFault::kUnknownRole;
    if (k > 0 && player.role == 0) return LevelFault::kSecondKeeper;
    if (!may_start_there(player, k)) return LevelFault::kPlayerOffPitch;
    controllable += player.controllable != 0;
  }
  if (level.agents[team] < 0 || level.agents[team] > controllable) return LevelFault::kTooManyAgents;
  if (!(level.difficulty[team] >= 0 && level.difficulty[team] <= 1)) return LevelFault::kDifficulty;
  return LevelFault::kNone;
}

AGON_HD inline bool overlapping(const Level& level) {
  for (int a = 0; a < 2 * kMaxPlayers; a++) {
    for (int b = a + 1; b < 2 * kMaxPlayers; b++) {
      const int ta = a / kMaxPlayers, tb = b / kMaxPlayers, ka = a % kMaxPlayers, kb = b % kMaxPlayers;
      if (ka >= level.players[ta] || kb >= level.players[tb]) continue;
      if (length(level_place(level, ta, ka) - level_place(level, tb, kb)) < kLeastSpacing) return true;
    }
  }
  return false;
}

}  // namespace detail

AGON_HD inline LevelFault check_level(const Level& level) {
  for (int team = 0; team < 2; team++) {
    const LevelFault fault = detail::check_team(level, team);
    if (fault != LevelFault::kNone) return fault;
  }
  if (!detail::within(level.ball_x, 1.0111f) || !detail::within(level.ball_y, 0.4307f)) return LevelFault::kBallOffPitch;
  if (!level.may_overlap && detail::overlapping(level)) return LevelFault::kPlayersOverlap;
  if (level.game_duration < 1 || level.game_duration > 1000000) return LevelFault::kDuration;
  if (level.second_half < kNeverStep || level.second_half >= level.game_duration) return LevelFault::kSecondHalf;
  if (level.kick_off < kNearest || level.kick_off > 1) return LevelFault::kKickOffSide;
  return LevelFault::kNone;
}

}  // namespace agon::football
