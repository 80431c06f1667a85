#pragma once

#include "agon/football/raw-observation.hpp"

/// Where and how a game begins: what the reference's scenario builder holds. A plain record; `level-check.hpp` judges it.
namespace agon::football {

/// A player at the start, in field units and in his own team's frame (his goal at x = −1), y down.
struct LevelPlayer {
  float x = 0, y = 0;
  std::int32_t role = 0;          // see RawObservation
  std::uint8_t lazy = 0;          // does nothing of his own accord but keep the ball when it comes
  std::uint8_t controllable = 1;  // may be given to an agent
  std::uint8_t unused[2] = {};    // no padding: see GameState
};

/// Sides of a kick-off; `kNearest` is the reference's rule: the team of the player nearest to the ball.
inline constexpr std::int32_t kNearest = -1;
/// `second_half` of a level without one.
inline constexpr std::int32_t kNeverStep = -1;

/// `reverse_team_processing` that follows the seed: on for odd ones.
inline constexpr std::uint8_t kBySeed = 2;

struct Level {
  float ball_x = 0, ball_y = 0;  // field units, left team's frame
  std::int32_t players[2] = {0, 0};
  LevelPlayer team[2][kMaxPlayers];
  /// Players played from outside. Equal to the controllable ones: agent i has the i-th of them; fewer: they follow the
  /// ball.
  std::int32_t agents[2] = {1, 0};
  float difficulty[2] = {1.0f, 0.6f};
  std::int32_t game_duration = 3000;         // environment steps
  std::int32_t second_half = kNeverStep;     // step at which it begins
  std::int32_t kick_off = kNearest;          // the side that had the first kick-off: 0 left, 1 right, or kNearest
  std::uint8_t use_magnet = 1;
  std::uint8_t offsides = 1;
  std::uint8_t end_episode_on_score = 0;
  std::uint8_t end_episode_on_possession_change = 0;
  std::uint8_t end_episode_on_out_of_play = 0;
  std::uint8_t control_all_players = 0;
  std::uint8_t may_overlap = 0;              // some of the reference's scenarios stand two players on one spot
  std::uint8_t reverse_team_processing = kBySeed;  // right team first in every tick: 0, 1 or kBySeed
};

}  // namespace agon::football
