#pragma once

#include "agon/football/game/game-state.hpp"

/// Where the ball will be, and who can get there first: the estimate behind possession, the magnet and the bots.
namespace agon::football {

namespace detail {

/// Steps of the coarse flight, a fifth of a point's spacing.
inline constexpr float kCoarseTick = 0.02f;
inline constexpr int kCoarsePerPoint = 5;

/// A player reaches balls this far from him and this high.
inline constexpr float kReach = 0.6f;
inline constexpr float kReachHeight = 1.2f;
/// What a player runs on average, and what turning and starting cost him.
inline constexpr float kChaseSpeed = 6.8f;
inline constexpr float kChaseDelay = 0.25f;
inline constexpr float kInertia = 0.25f;  // seconds for which he keeps his velocity

/// Gravity, drag, bounce and rolling with steps of 20 ms.
AGON_HD inline void coarse_fly(Vector3& p, Vector3& v) {
  v.z -= kGravity * kCoarseTick;
  const float speed = length(v);
  v = v * (1.0f - 0.015f * speed * kCoarseTick);
  if (p.z < kBallRadius + 0.02f) {
    if (p.z < kBallRadius) p.z = kBallRadius;
    if (v.z < 0) v.z = larger(-0.62f * v.z - 0.06f, 0.0f);
    const float along = length(flat(v));
    if (along > 0) {
      const float keeps = larger(along - (0.04f * along * along + 1.6f) * kCoarseTick, 0.0f) / along;
      v.x *= keeps;
      v.y *= keeps;
    }
  }
  p = p + v * kCoarseTick;
}

/// What spin adds to the velocity in each step of a tenth of a second; grass takes half of it.
AGON_HD inline Vector3 coarse_bend(Vector3 p, Vector3 v, Vector3& spin) {
  if (p.z < kBallRadius + 0.02f) spin = spin * 0.5f;
  const float speed = length(v);
  if (speed < 5.0f) return {};
  const float strength = power(sine(0.94f * kPi * clamped(speed / 70.0f, 0.0f, 1.0f)), 2.6f);
  return cross(v * (1.0f / speed), spin * -0.01f) * (30.0f * strength * kCoarseTick);
}

/// Where the ball comes to the player by itself, if it does soon: receivers wait for it there.
inline constexpr float kComesWithin = 0.7f;  // metres
inline constexpr int kComesSoon = 20;        // points

AGON_HD inline bool comes_to(const GameState& game, const GamePlayer& player, Vector2& where) {
  const Vector2 moving = flat(game.path[1]) - flat(game.path[0]);
  if (dot(moving, moving) < 0.09f) return false;  // slower than 3 m/s
  Vector2 before = flat(game.path[0]) - player.body.position;
  for (int i = 1; i < kComesSoon; i++) {
    const Vector2 after = flat(game.path[i]) - player.body.position;
    const Vector2 step = after - before;
    const float size = dot(step, step);
    const float share = size > 0 ? clamped(-dot(before, step) / size, 0.0f, 1.0f) : 0.0f;
    const Vector2 nearest = before + step * share;
    if (dot(nearest, nearest) < kComesWithin * kComesWithin && game.path[i].z < kReachHeight) {
      where = player.body.position + nearest;
      return true;
    }
    before = after;
  }
  return false;
}

/// Earliest time at which the player meets the ball on its path, and where.
AGON_HD inline void meet(const GameState& game, GamePlayer& player) {
  const Vector2 from = player.body.position;
  const Vector2 drift = player.body.velocity * kInertia;
  const float wait = player.activity == Activity::kFree ? kChaseDelay : kChaseDelay + float(player.busy) * kTick;
  float before = 0;
  for (int i = 0; i < kPathPoints; i++) {
    const Vector3& p = game.path[i];
    const float t = float(i) * kPathSpacing;
    if (p.z > kReachHeight) continue;
    const Vector2 gap = flat(p) - (i < 3 ? from + drift * (t * (1.0f / kInertia)) : from + drift);
    const float away = square_root(dot(gap, gap));
    const float needed = larger(away - kReach, 0.0f) / kChaseSpeed + (away > 1.2f ? wait : 0.0f);
    if (needed <= t || i == kPathPoints - 1) {
      player.time_to_ball = larger(smaller(needed, t) + 0.05f * away, before) + (needed > t ? needed - t : 0.0f);
      player.meeting = flat(p);
      comes_to(game, player, player.meeting);
      return;
    }
    before = t;
  }
  player.time_to_ball = 9.0f + length(flat(game.path[kPathPoints - 1]) - from);
  player.meeting = flat(game.path[kPathPoints - 1]);
}

}  // namespace detail

AGON_HD inline void predict_path(GameState& game) {
  Vector3 p = game.ball.position, v = game.ball.velocity;
  game.path[0] = p;
  const bool at_rest = dot(v, v) < 1e-4f && p.z < kBallRadius + 0.02f;
  Vector3 spin = game.ball.spin;
  for (int i = 1; i < kPathPoints; i++) {
    if (!at_rest && !game.in_hands) {
      const Vector3 bend = detail::coarse_bend(p, v, spin);
      for (int n = 0; n < detail::kCoarsePerPoint; n++) {
        v = v + bend;
        detail::coarse_fly(p, v);
      }
    }
    game.path[i] = p;
  }
}

/// Refreshes the path, everybody's time to the ball, and the two designated players.
AGON_HD inline void estimate_possession(GameState& game) {
  predict_path(game);
  for (int team = 0; team < 2; team++) {
    int best = kNobody;
    float least = 1e9f;
    for (int k = 0; k < game.level.players[team]; k++) {
      GamePlayer& player = game.team[team][k];
      if (!player.active) continue;
      detail::meet(game, player);
      // The one who already is it stays it until somebody is clearly nearer.
      const float bonus = game.designated[team] == k ? 0.1f : 0.0f;
      if (player.time_to_ball - bonus < least) {
        least = player.time_to_ball - bonus;
        best = k;
      }
    }
    if (game.carrier != kNobody && team_of(game.carrier) == team) best = index_of(game.carrier);
    if (game.mode != kModeNormal && game.taker != kNobody && team_of(game.taker) == team) best = index_of(game.taker);
    if (best != kNobody) game.designated[team] = best;
  }
}

/// Least time to the ball in a team, seconds.
AGON_HD inline float team_time(const GameState& game, int team) {
  return game.team[team][game.designated[team]].time_to_ball;
}

}  // namespace agon::football
