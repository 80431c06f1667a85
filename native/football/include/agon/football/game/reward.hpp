#pragma once

#include "agon/football/game/game-state.hpp"

/// The reference's rewards.
namespace agon::football {

inline constexpr int kCheckpoints = 10;
inline constexpr float kCheckpointReward = 0.1f;

namespace detail {

/// Distance of the ball to the other goal in field units, in the team's view.
AGON_HD inline float checkpoint_distance(const GameState& game, int team) {
  const Vector3 ball = to_field(game.ball.position);
  const float x = ball.x * side_of(team) - 1.0f;
  return square_root(x * x + ball.y * ball.y);
}

/// Distance below which checkpoint k is passed.
AGON_HD inline float checkpoint_limit(int k) { return 0.99f - 0.8f * float(k) / 9.0f; }

}  // namespace detail

/// Reward "checkpoints" of one agent after a step worth `scoring` to its team (added to "scoring"): 0.1 for each new
/// threshold passed with the ball at its player's feet, all that are left on scoring. Each once per episode.
AGON_HD inline float checkpoint_reward(GameState& game, int team, int agent, float scoring) {
  std::int32_t& collected = game.checkpoints[team][agent];
  if (scoring > 0) {
    const float rest = kCheckpointReward * float(kCheckpoints - collected);
    collected = kCheckpoints;
    return rest;
  }
  if (owner_of(game) != number_of(team, game.agent_player[team][agent])) return 0;
  const float distance = detail::checkpoint_distance(game, team);
  const std::int32_t before = collected;
  while (collected < kCheckpoints && distance < detail::checkpoint_limit(collected)) collected++;
  return kCheckpointReward * float(collected - before);
}

}  // namespace agon::football
