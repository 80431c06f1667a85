#pragma once

#include "agon/football/bot/off-ball.hpp"
#include "agon/football/bot/pass-choice.hpp"
#include "agon/football/game/kick.hpp"

/// The bot with the ball: shoot, pass or run, by simple ratings.
namespace agon::football {

namespace detail {

/// Opponents nearer than the first to the ball's way win it; those further than both together do not matter.
inline constexpr float kTackled = 1.3f;
inline constexpr float kRoom = 3.0f;

/// Opponents further away than this do not matter to a run, metres.
inline constexpr float kRoomWithin = 10.0f;
/// A run is looked at three times, so many seconds apart: he runs at this speed, m/s, with this start, metres; an
/// opponent goes on with this share of his velocity.
inline constexpr float kRoomSpacing = 0.27f;
inline constexpr float kRoomSpeed = 5.5f;
inline constexpr float kRoomStart = 0.6f;
inline constexpr float kRoomVelocity = 0.7f;

/// How far opponents stay from a run in this direction over most of a second, 0 … 1: 0 within reach of a tackle.
AGON_HD inline float room_ahead(const GameState& game, int team, Vector2 from, Vector2 way) {
  float least = 1e9f;
  for (int k = 0; k < game.level.players[1 - team]; k++) {
    const GamePlayer& other = game.team[1 - team][k];
    if (!other.active) continue;
    const Vector2 gap = other.body.position - from;
    if (dot(gap, gap) > kRoomWithin * kRoomWithin) continue;
    for (int i = 1; i <= 3; i++) {
      const float t = kRoomSpacing * float(i);
      const Vector2 then = gap + other.body.velocity * (kRoomVelocity * t) - way * (kRoomSpeed * t + kRoomStart);
      least = smaller(least, dot(then, then));
    }
  }
  return clamped((square_root(least) - kTackled) / kRoom, 0.0f, 1.0f);
}

/// Weights in the rating of a direction to run in: towards the goal and as he faces (cosines, up to 1), room ahead (up
/// to 1); what is taken off one that is beyond these lines after `kRunLook` metres.
inline constexpr float kGoalWeight = 1.8f;
inline constexpr float kRoomWeight = 1.3f;
inline constexpr float kFacingWeight = 0.25f;
inline constexpr float kOutCost = 1.5f;
inline constexpr float kRunLook = 6.0f;
inline constexpr float kRunHalfLength = 54.0f;
inline constexpr float kRunHalfWidth = 32.0f;

/// The direction to run in with the ball: forward and towards the goal, away from opponents and lines.
AGON_HD inline Vector2 dribble_direction(const GameState& game, int who) {
  const int team = team_of(who);
  const GamePlayer& player = player_of(game, who);
  const Vector2 from = player.body.position;
  // Far from the goal he keeps to his side of the pitch.
  const Vector2 goal = other_goal(team);
  const float inwards = clamped(1.3f - length(goal - from) / 50.0f, 0.2f, 1.0f);
  const Vector2 to_goal = unit(Vector2{goal.x - from.x, -from.y * inwards});
  Vector2 best = to_goal;
  float most = -1e9f;
  for (int i = 0; i < 8; i++) {
    constexpr float d = 0.70710678f;
    constexpr Vector2 compass[] = {{1, 0}, {d, d}, {0, 1}, {-d, d}, {-1, 0}, {-d, -d}, {0, -1}, {d, -d}};
    const Vector2 way = compass[i];
    const Vector2 ahead = from + way * kRunLook;
    const float room = room_ahead(game, team, from, way);
    const bool out = ahead.x > kRunHalfLength || ahead.x < -kRunHalfLength || ahead.y > kRunHalfWidth ||
                     ahead.y < -kRunHalfWidth;
    const float rating = kGoalWeight * dot(way, to_goal) + kRoomWeight * room +
                         kFacingWeight * dot(way, player.body.facing) - (out ? kOutCost : 0.0f);
    if (rating > most) {
      most = rating;
      best = way;
    }
  }
  return best;
}

/// Furthest shot at difficulty 0, and how much further at difficulty 1, metres.
inline constexpr float kShotRange = 12.0f;
inline constexpr float kShotRangeMore = 15.0f;
/// No shot from where the way aside is more than so many times the way ahead.
inline constexpr float kNarrow = 1.6f;
/// Nearer than this, metres, he shoots in this share of steps at difficulty 0, and so much more often at 1.
inline constexpr float kShotNear = 14.0f;
inline constexpr float kNearShots = 0.2f;
inline constexpr float kNearShotsMore = 0.3f;
/// The same from further away, growing with the difficulty's cube; the share is multiplied by the first factor where
/// the lane is freer than `kShotLane`, else by the second.
inline constexpr float kFarShots = 0.02f;
inline constexpr float kFarShotsMore = 0.28f;
inline constexpr float kShotLane = 0.5f;
inline constexpr float kShotFree = 1.6f;
inline constexpr float kShotBlocked = 0.8f;

/// Worth shooting from here: near, and not from a narrow angle.
AGON_HD inline bool should_shoot(const GameState& game, RandomStream& stream, int who, float difficulty) {
  const int team = team_of(who);
  const Vector2 from = player_of(game, who).body.position;
  const Vector2 goal = other_goal(team);
  const float distance = length(goal - from);
  const float ahead = (goal.x - from.x) * side_of(team);
  const float narrow = ahead > 0.5f ? (from.y < 0 ? -from.y : from.y) / ahead : 9.0f;
  const float drawn = draw_uniform(stream);
  if (distance > kShotRange + kShotRangeMore * difficulty || narrow > kNarrow) return false;
  if (distance < kShotNear) return drawn < kNearShots + kNearShotsMore * difficulty;
  const float eager = kFarShots + kFarShotsMore * difficulty * difficulty * difficulty;
  return drawn < eager * (lane_freedom(game, team, from, goal) > kShotLane ? kShotFree : kShotBlocked);
}

/// Share of steps in which a pressed player behind this x (own direction, metres) just hits the ball far away.
inline constexpr float kClears = 0.005f;
inline constexpr float kClearsBehind = -15.0f;

/// Where such a ball goes, metres: at least so far ahead and up to so much further, within a strip of this width.
inline constexpr float kClearsAhead = 32.0f;
inline constexpr float kClearsFurther = 12.0f;
inline constexpr float kClearsAcross = 24.0f;

AGON_HD inline void clear_far(GameState& game, RandomStream& stream, int who) {
  KickOrder order;
  order.kind = kHighPass;
  order.aimed = 1;
  const float across = (draw_uniform(stream) - 0.5f) * kClearsAcross;
  const float far = kClearsAhead + kClearsFurther * draw_uniform(stream);
  const Vector2 place = player_of(game, who).body.position + Vector2{side_of(team_of(who)) * far, across};
  order.place = {place.x, clamped(place.y, -kPitchHalfWidth + 6, kPitchHalfWidth - 6)};
  order_kick(game, who, order);
}

/// He sprints where there is more room ahead than this (0 … 1), and else walks while the nearest opponent is further
/// away than this, metres.
inline constexpr float kSprintRoom = 0.7f;
inline constexpr float kWalksFrom = 1.3f;
/// Shots go at most so far to the side of the goal's middle, metres.
inline constexpr float kShotAside = 2.2f;
/// An opponent nearer than this is pressing: metres at difficulty 0, and so many more at 1.
inline constexpr float kPressed = 2.5f;
inline constexpr float kPressedMore = 1.5f;
/// Share of steps in which he looks for a pass, and the least rating that he plays: pressed, and not.
inline constexpr float kPassesPressed = 0.05f;
inline constexpr float kPassesFree = 0.07f;
inline constexpr float kLeastPressed = -0.1f;
inline constexpr float kLeastFree = 0.5f;

}  // namespace detail

/// Orders of the carrier, at most one kick among them.
AGON_HD inline void on_ball(GameState& game, RandomStream& stream, int who, float difficulty) {
  GamePlayer& player = player_of(game, who);
  const int team = team_of(who);
  const float near = detail::nearest_opponent(game, team, player.body.position);
  const Vector2 way = detail::dribble_direction(game, who);
  const float room = detail::room_ahead(game, team, player.body.position, way);
  player.orders = {};
  const float unhurried = near > detail::kWalksFrom ? kWalkSpeed : kDribbleSpeed;
  player.orders.run = {way, room > detail::kSprintRoom ? kSprintSpeed : unhurried};
  if (player.kick.kind != 0) return;
  KickOrder order;
  if (detail::should_shoot(game, stream, who, difficulty)) {
    order.kind = kShot;
    order.held = kFullPress;
    order.aimed = 1;
    const float corner = draw_uniform(stream) < 0.5f ? -detail::kShotAside : detail::kShotAside;
    order.place = other_goal(team) + Vector2{0, corner * draw_uniform(stream)};
    order_kick(game, who, order);
    return;
  }
  const float urge = draw_uniform(stream);
  const bool pressed = near < detail::kPressed + detail::kPressedMore * difficulty;
  if (pressed && urge < detail::kClears && player.body.position.x * side_of(team) < detail::kClearsBehind) {
    detail::clear_far(game, stream, who);
    return;
  }
  if (urge > (pressed ? detail::kPassesPressed : detail::kPassesFree)) return;
  const detail::PassChoice pass = detail::best_pass(game, stream, who, difficulty);
  if (pass.mate < 0 || pass.rating < (pressed ? detail::kLeastPressed : detail::kLeastFree)) return;
  order.kind = std::int8_t(pass.kind);
  order.target = std::int8_t(pass.mate);
  order_kick(game, who, order);
}

}  // namespace agon::football
