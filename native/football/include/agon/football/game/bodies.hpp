#pragma once

#include "agon/football/game/game-state.hpp"

/// Players do not run through one another, nor out of the world.
namespace agon::football {

namespace detail {

inline constexpr float kBodySpacing = 0.5f;
/// Beyond the lines by no more than this, metres.
inline constexpr float kRunOff = 2.5f;

AGON_HD inline void part(GamePlayer& a, GamePlayer& b) {
  const Vector2 gap = b.body.position - a.body.position;
  const float apart = dot(gap, gap);
  if (apart >= kBodySpacing * kBodySpacing) return;
  const Vector2 way = apart > 1e-8f ? unit(gap) : Vector2{0, 1};
  const float push = 0.25f * (kBodySpacing - square_root(apart));
  a.body.position = a.body.position - way * push;
  b.body.position = b.body.position + way * push;
}

AGON_HD inline void keep_in_world(GamePlayer& player) {
  const float x = kPitchHalfLength + kRunOff, y = kPitchHalfWidth + kRunOff;
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
    detail::keep_in_world(first);
  }
}

}  // namespace agon::football
