#pragma once

#include "agon/football/game/tackle.hpp"

/// What keepers do with their hands: catching in their own area, and saving shots.
namespace agon::football {

namespace detail {

inline constexpr float kHandsX = kPitchHalfLength - 16.4f;
inline constexpr float kHandsY = 20.05f;
inline constexpr float kCatchReach = 0.9f;
inline constexpr float kCatchHeight = 2.4f;
/// Who holds the ball longer than this throws it away, ticks.
inline constexpr int kMostHolding = 600;
/// A shot is decided when it is this near to the keeper, seconds.
inline constexpr float kSaveMoment = 0.06f;
inline constexpr float kDiveSpeed = 5.0f;
inline constexpr float kDiveDelay = 0.18f;

AGON_HD inline bool in_own_area(int team, Vector2 place) {
  return place.x * side_of(team) < -kHandsX && place.y < kHandsY && place.y > -kHandsY;
}

/// Hands are forbidden after a deliberate kick by a team-mate.
AGON_HD inline bool may_use_hands(const GameState& game, int team) {
  if (!in_own_area(team, flat(game.ball.position))) return false;
  if (!in_own_area(team, game.team[team][0].body.position)) return false;
  return game.last_touch == kNobody || team_of(game.last_touch) != team;
}

AGON_HD inline void hold(GameState& game, int team) {
  if (!touch(game, number_of(team, 0))) return;
  take_ball(game, number_of(team, 0), true);
  strike(game.ball, {}, {});
}

/// Pushes the ball aside.
AGON_HD inline void parry(GameState& game, RandomStream& stream, int team) {
  GamePlayer& keeper = game.team[team][0];
  if (!touch(game, number_of(team, 0))) return;
  const float side = game.ball.position.y > keeper.body.position.y ? 1.0f : -1.0f;
  const float out = 4.0f + 5.0f * draw_uniform(stream);
  const float forward = (draw_uniform(stream) - 0.6f) * 6.0f;
  strike(game.ball, {side_of(team) * forward, side * out, 1.0f + 2.0f * draw_uniform(stream)}, {});
  keeper.touch_wait = 25;
}

/// Share of shots that are saved, by the seconds that the ball has flown: there is no reacting to the nearest ones,
/// whose goals are prevented by standing in the way.
AGON_HD inline float save_chance(float seconds, float skill) {
  constexpr float times[] = {0.0f, 0.20f, 0.36f, 0.50f, 0.66f, 0.84f};
  constexpr float shares[] = {0.85f, 0.85f, 0.55f, 0.55f, 0.62f, 1.05f};
  int i = 0;
  while (i < 4 && times[i + 1] < seconds) i++;
  const float s = clamped((seconds - times[i]) / (times[i + 1] - times[i]), 0.0f, 1.0f);
  return clamped(shares[i] + s * (shares[i + 1] - shares[i]) + 0.3f * (skill - 0.72f), 0.05f, 0.99f);
}

/// A shot as it passes the keeper: one draw decides it.
AGON_HD inline void meet_shot(GameState& game, RandomStream& stream, int team) {
  GamePlayer& keeper = game.team[team][0];
  const Vector2 to_keeper = keeper.body.position - flat(game.ball.position);
  const Vector2 v = flat(game.ball.velocity);
  const float speed = length(v);
  if (speed < 8.0f) return;
  const float seconds = dot(to_keeper, v) / (speed * speed);
  if (seconds > kSaveMoment || seconds < -0.05f) return;
  const Vector2 miss = to_keeper - v * seconds;
  const float flown = float(game.since_kick) * kTick;
  const float reach = 0.9f + clamped(kDiveSpeed * (flown - kDiveDelay), 0.0f, 2.4f);
  keeper.missed = 1;
  if (length(miss) > reach || game.ball.position.z > 2.6f) return;
  const float chance = save_chance(flown, keeper.skill) - (length(miss) > 0.8f * reach ? 0.15f : 0.0f);
  if (draw_uniform(stream) >= chance) return;
  if (draw_uniform(stream) < 0.45f && length(miss) < 1.2f) {
    hold(game, team);
  } else {
    parry(game, stream, team);
  }
}

}  // namespace detail

/// One tick of both keepers' hands.
AGON_HD inline void keepers(GameState& game, RandomStream& stream) {
  if (game.in_hands || game.mode != kModeNormal) return;
  for (int team = 0; team < 2; team++) {
    GamePlayer& keeper = game.team[team][0];
    if (!keeper.active || keeper.lazy || keeper.touch_wait > 0 || keeper.missed) continue;
    if (!detail::may_use_hands(game, team)) continue;
    if (game.shooter != kNobody && team_of(game.shooter) != team) {
      detail::meet_shot(game, stream, team);
      continue;
    }
    if (ball_gap(game, keeper) > detail::kCatchReach || game.ball.position.z > detail::kCatchHeight) continue;
    const bool carried = game.carrier != kNobody;
    const float chance = carried ? 0.45f : 1.25f - 0.02f * length(game.ball.velocity);
    if (draw_uniform(stream) < chance) {
      if (carried) player_of(game, game.carrier).touch_wait = 40;
      detail::hold(game, team);
    } else {
      keeper.touch_wait = 30;
    }
  }
}

/// The held ball follows the hands; who holds it too long has to throw.
AGON_HD inline void hold_ball(GameState& game) {
  if (!game.in_hands || game.carrier == kNobody) return;
  GamePlayer& player = player_of(game, game.carrier);
  const Vector2 at = player.body.position + player.body.facing * 0.35f;
  const float height = game.mode == kModeThrowIn ? 1.9f : 1.2f;
  game.ball.position = {at.x, at.y, height};
  game.ball.velocity = {};
  game.ball.spin = {};
  game.holding++;
  if (game.mode == kModeNormal && game.holding > detail::kMostHolding && player.kick.kind == 0) {
    player.kick = {};
    player.kick.kind = kHighPass;
  }
}

}  // namespace agon::football
