#pragma once

#include "agon/football/game/game-state.hpp"
#include "agon/football/game/level-check.hpp"

/// Players do not run through one another, nor out of the world.
namespace agon::football {

namespace detail {

/// The least distance of two players in all recorded tackles and chases.
inline constexpr float kBodySpacing = 0.72f;
/// Who runs into another slips round him at this speed, m/s: recorded chasers get past a carrier in about a second.
inline constexpr float kSlips = 1.0f;
/// Share of the closing speed that either loses in a tick of contact, and what each m/s of it adds: a chaser is held up,
/// two who meet head-on stop within two tenths of a second, as recorded.
inline constexpr float kBumps = 0.04f;
inline constexpr float kBumpsMore = 0.008f;
/// Beyond the lines by no more than this, metres.
inline constexpr float kRunOff = 2.5f;

/// A push against the course also takes away what acceleration has built up.
AGON_HD inline void slow_down(Player& body, Vector2 push) {
  body.velocity = body.velocity + push;
  const float along = dot(push, body.stride.direction);
  if (along < 0) body.reach = larger(body.reach + along, 0.0f);
}

AGON_HD inline void part(GamePlayer& a, GamePlayer& b) {
  const Vector2 gap = b.body.position - a.body.position;
  const float apart = dot(gap, gap);
  if (apart >= kBodySpacing * kBodySpacing) return;
  const Vector2 way = apart > 1e-8f ? unit(gap) : Vector2{0, 1};
  const float push = 0.5f * (kBodySpacing - square_root(apart));
  // The faster one slips past on the side on which he already is.
  const Vector2 closing = a.body.velocity - b.body.velocity;
  const float side = closing.x * way.y - closing.y * way.x > 0 ? -1.0f : 1.0f;
  const float skill = dot(a.body.velocity, way) > -dot(b.body.velocity, way) ? a.skill : b.skill;
  const float pressing = larger(dot(closing, way), 0.0f);
  const Vector2 past = Vector2{-way.y, way.x} * (side * smaller(pressing, kSlips * skill) * 0.5f * kTick);
  const float bump = (kBumps + kBumpsMore * pressing) * pressing;
  slow_down(a.body, way * -bump);
  slow_down(b.body, way * bump);
  a.body.position = a.body.position - way * push + past;
  b.body.position = b.body.position + way * push - past;
}

/// Player k of either team, since a kick-off may exchange the formations.
AGON_HD inline bool starts_off_pitch(const Level& level, int k) {
  return !on_pitch(level.team[0][k]) || !on_pitch(level.team[1][k]);
}

AGON_HD inline void keep_in_world(const Level& level, GamePlayer& player, int k) {
  const float x = kPitchHalfLength + kRunOff, y = kPitchHalfWidth + kRunOff;
  if (within(player.body.position.x, x) && within(player.body.position.y, y)) return;
  if (starts_off_pitch(level, k)) return;
  player.body.position = {clamped(player.body.position.x, -x, x), clamped(player.body.position.y, -y, y)};
}

}  // namespace detail

/// One tick of pushing: each pair that overlaps is moved apart by half of the overlap, in the order of their numbers.
AGON_HD inline void separate(GameState& game) {
  for (int a = 0; a < kEverybody; a++) {
    if (index_of(a) >= game.level.players[team_of(a)]) continue;
    GamePlayer& first = player_of(game, a);
    if (!first.active) continue;
    for (int b = a + 1; b < kEverybody; b++) {
      if (index_of(b) >= game.level.players[team_of(b)]) continue;
      GamePlayer& second = player_of(game, b);
      const float dx = second.body.position.x - first.body.position.x;
      if (dx > detail::kBodySpacing || dx < -detail::kBodySpacing || !second.active) continue;
      detail::part(first, second);
    }
    detail::keep_in_world(game.level, first, index_of(a));
  }
}

}  // namespace agon::football
