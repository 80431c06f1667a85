#pragma once

#include "agon/football/game/game-state.hpp"

/// Where a player of a team belongs for a place of the ball: straight lines through the recorded games of the
/// reference's built-in teams, mirrored so that left and right are alike, and drawn apart by a third, since its players
/// roam further about these places than ours. All in the team's own direction (attack
/// towards +x, y to its left), metres.
namespace agon::football {

namespace detail {

/// place = base + share of the ball's place.
struct Anchor {
  float x, y;
  float with_x, with_y;
};

/// By index in a team of eleven: the reference lines up its eleven by index, whatever their roles.
AGON_HD inline Anchor anchor_of_eleven(int index) {
  constexpr Anchor anchors[kMaxPlayers] = {
      {-48.0f, 0, 0.07f, 0.05f},     {-10.5f, 15.5f, 0.53f, 0.20f}, {-11.5f, 4.0f, 0.52f, 0.33f},
      {-11.5f, -4.0f, 0.52f, 0.33f}, {-10.5f, -15.5f, 0.53f, 0.20f}, {-0.5f, 7.5f, 0.59f, 0.32f},
      {-2.7f, -0.5f, 0.58f, 0.38f},  {0.5f, -7.5f, 0.60f, 0.32f},  {11.0f, 18.0f, 0.57f, 0.19f},
      {18.5f, 0, 0.49f, 0.43f},      {11.0f, -18.0f, 0.57f, 0.19f},
  };
  return anchors[index];
}

/// By role, for smaller teams; the centre back's is that of recorded lone defenders.
AGON_HD inline Anchor anchor_of_role(int role) {
  constexpr Anchor anchors[kRoles] = {
      {-48.0f, 0, 0.07f, 0.05f},      {-15.7f, 0, 0.53f, 0.33f},     {-8.0f, 13.8f, 0.53f, 0.20f},
      {-8.0f, -13.8f, 0.53f, 0.20f},  {-4.0f, 0, 0.56f, 0.36f},      {-0.5f, 0, 0.59f, 0.34f},
      {7.8f, 15.2f, 0.57f, 0.19f},    {7.8f, -15.2f, 0.57f, 0.19f},  {6.0f, 0, 0.56f, 0.38f},
      {13.6f, 0, 0.49f, 0.43f},
  };
  return anchors[role];
}

/// A lone outfield player falls back this far to his left, metres: all recorded ones did.
inline constexpr float kLoneAside = 10.0f;
/// Players of one role stand beside one another.
inline constexpr float kSameRoleSpacing = 7.0f;

}  // namespace detail

/// The player's place in his team's direction when the ball is at `ball` (same frame).
AGON_HD inline Vector2 formation_place(const GameState& game, int team, int k, Vector2 ball) {
  const int players = game.level.players[team];
  if (players == kMaxPlayers) {
    const detail::Anchor a = detail::anchor_of_eleven(k);
    return {a.x + a.with_x * ball.x, a.y + a.with_y * ball.y};
  }
  const int role = game.team[team][k].role;
  const detail::Anchor a = detail::anchor_of_role(role);
  int same = 0, before = 0;
  for (int other = 0; other < players; other++) {
    if (game.team[team][other].role != role) continue;
    same++;
    before += other < k;
  }
  const float lone = players == 2 ? detail::kLoneAside : 0.0f;
  const float aside = lone + (0.5f * float(same - 1) - float(before)) * detail::kSameRoleSpacing;
  return {a.x + a.with_x * ball.x, a.y + aside + a.with_y * ball.y};
}

/// From a team's own direction to the pitch and back.
AGON_HD inline Vector2 seen_by(int team, Vector2 v) { return v * side_of(team); }

}  // namespace agon::football
