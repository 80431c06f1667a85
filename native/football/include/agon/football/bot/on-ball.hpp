#pragma once

#include "agon/football/bot/off-ball.hpp"
#include "agon/football/game/kick.hpp"

/// The bot with the ball: shoot, pass or run, by simple ratings.
namespace agon::football {

namespace detail {

/// How free the way from `from` to `to` is of opponents, 0 … 1.
AGON_HD inline float lane_freedom(const GameState& game, int team, Vector2 from, Vector2 to) {
  const Vector2 way = to - from;
  const float size = length(way);
  if (size < 0.1f) return 0;
  const Vector2 along = way * (1.0f / size);
  float least = 1.0f;
  for (int k = 0; k < game.level.players[1 - team]; k++) {
    const GamePlayer& other = game.team[1 - team][k];
    if (!other.active) continue;
    const Vector2 gap = other.body.position - from;
    const float ahead = dot(gap, along);
    if (ahead < 0.5f || ahead > size + 1.0f) continue;
    const float aside = along.x * gap.y - along.y * gap.x;
    const float reach = 1.0f + 0.12f * ahead;
    least = smaller(least, (aside < 0 ? -aside : aside) / reach);
  }
  return least;
}

/// Opponents nearer than the first to the ball's way win it; those further than both together do not matter.
inline constexpr float kTackled = 1.3f;
inline constexpr float kRoom = 3.0f;

/// Passers take nobody for offside who is this little ahead of the line, metres.
inline constexpr float kUnseenOffside = 1.2f;

struct PassChoice {
  int mate = -1;
  int kind = 0;
  float rating = -1e9f;
};

/// Worth of a pass: freedom of lane and receiver, ground gained, not too far.
AGON_HD inline PassChoice best_pass(const GameState& game, RandomStream& stream, int who, float difficulty) {
  const int team = team_of(who);
  const GamePlayer& passer = player_of(game, who);
  const Vector2 from = passer.body.position;
  const float line = offside_line(game, team);
  PassChoice best;
  for (int k = 0; k < game.level.players[team]; k++) {
    const GamePlayer& mate = game.team[team][k];
    if (!mate.active || number_of(team, k) == who || (k == 0 && game.level.players[team] > 2)) continue;
    const Vector2 to = led_position(mate, from);
    const float distance = length(to - from);
    if (distance < 4.0f || distance > 45.0f) continue;
    if (mate.body.position.x * side_of(team) > line + kUnseenOffside && game.level.offsides) continue;
    const float open = smaller(nearest_opponent(game, team, to) / 6.0f, 1.0f);
    const float lane = lane_freedom(game, team, from, to);
    const float gain = clamped((to.x - from.x) * side_of(team) / 25.0f, -1.0f, 1.0f);
    const float noise = draw_uniform(stream) * (0.5f - 0.3f * difficulty);
    const bool high = distance > 10.0f && (lane < 0.7f || draw_uniform(stream) < 0.45f);
    const float way = high ? 0.45f : lane;
    const float near = distance < 6.0f ? 0.2f : 0.0f;
    const float rating =
        0.9f * way + 0.7f * open + 1.8f * gain - distance * 0.062f - (distance > 22.0f ? 1.4f : 0.0f) - near + noise;
    if (rating > best.rating) best = {k, high ? kHighPass : distance > 24.0f ? kLongPass : kShortPass, rating};
  }
  return best;
}

/// How far opponents stay from a run in this direction over most of a second, 0 … 1: 0 within reach of a tackle.
AGON_HD inline float room_ahead(const GameState& game, int team, Vector2 from, Vector2 way) {
  float least = 1e9f;
  for (int k = 0; k < game.level.players[1 - team]; k++) {
    const GamePlayer& other = game.team[1 - team][k];
    if (!other.active) continue;
    const Vector2 gap = other.body.position - from;
    if (dot(gap, gap) > 100.0f) continue;
    for (int i = 1; i <= 3; i++) {
      const float t = 0.27f * float(i);
      const Vector2 then = gap + other.body.velocity * (0.7f * t) - way * (5.5f * t + 0.6f);
      least = smaller(least, dot(then, then));
    }
  }
  return clamped((square_root(least) - kTackled) / kRoom, 0.0f, 1.0f);
}

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
    const Vector2 ahead = from + way * 6.0f;
    const float room = room_ahead(game, team, from, way);
    const bool out = ahead.x > 54 || ahead.x < -54 || ahead.y > 32 || ahead.y < -32;
    const float rating = 1.8f * dot(way, to_goal) + 1.3f * room + 0.25f * dot(way, player.body.facing) - (out ? 1.5f : 0.0f);
    if (rating > most) {
      most = rating;
      best = way;
    }
  }
  return best;
}

/// Worth shooting from here: near, and not from a narrow angle.
AGON_HD inline bool should_shoot(const GameState& game, RandomStream& stream, int who, float difficulty) {
  const int team = team_of(who);
  const Vector2 from = player_of(game, who).body.position;
  const Vector2 goal = other_goal(team);
  const float distance = length(goal - from);
  const float ahead = (goal.x - from.x) * side_of(team);
  const float narrow = ahead > 0.5f ? (from.y < 0 ? -from.y : from.y) / ahead : 9.0f;
  const float drawn = draw_uniform(stream);
  if (distance > 12.0f + 15.0f * difficulty || narrow > 1.6f) return false;
  if (distance < 14.0f) return drawn < 0.2f + 0.3f * difficulty;
  const float eager = 0.02f + 0.28f * difficulty * difficulty * difficulty;
  return drawn < eager * (lane_freedom(game, team, from, goal) > 0.5f ? 1.6f : 0.8f);
}

/// Share of steps in which a pressed player behind this x (own direction, metres) just hits the ball far away.
inline constexpr float kClears = 0.005f;
inline constexpr float kClearsBehind = -15.0f;

AGON_HD inline void clear_far(GameState& game, RandomStream& stream, int who) {
  KickOrder order;
  order.kind = kHighPass;
  order.aimed = 1;
  const float across = (draw_uniform(stream) - 0.5f) * 24.0f;
  const float far = 32.0f + 12.0f * draw_uniform(stream);
  const Vector2 place = player_of(game, who).body.position + Vector2{side_of(team_of(who)) * far, across};
  order.place = {place.x, clamped(place.y, -kPitchHalfWidth + 6, kPitchHalfWidth - 6)};
  order_kick(game, who, order);
}

}  // namespace detail

/// Orders of the carrier, at most one kick among them.
AGON_HD inline void on_ball(GameState& game, RandomStream& stream, int who, float difficulty) {
  GamePlayer& player = player_of(game, who);
  const int team = team_of(who);
  const float near = detail::nearest_opponent(game, team, player.body.position);
  const Vector2 way = detail::dribble_direction(game, who);
  const float room = detail::room_ahead(game, team, player.body.position, way);
  player.orders = {};
  player.orders.run = {way, room > 0.7f ? kSprintSpeed : near > 1.3f ? kWalkSpeed : kDribbleSpeed};
  if (player.kick.kind != 0) return;
  KickOrder order;
  if (detail::should_shoot(game, stream, who, difficulty)) {
    order.kind = kShot;
    order.held = kFullPress;
    order.aimed = 1;
    const float corner = draw_uniform(stream) < 0.5f ? -2.2f : 2.2f;
    order.place = other_goal(team) + Vector2{0, corner * draw_uniform(stream)};
    order_kick(game, who, order);
    return;
  }
  const float urge = draw_uniform(stream);
  const bool pressed = near < 2.5f + 1.5f * difficulty;
  if (pressed && urge < detail::kClears && player.body.position.x * side_of(team) < detail::kClearsBehind) {
    detail::clear_far(game, stream, who);
    return;
  }
  if (urge > (pressed ? 0.05f : 0.07f)) return;
  const detail::PassChoice pass = detail::best_pass(game, stream, who, difficulty);
  if (pass.mate < 0 || pass.rating < (pressed ? -0.1f : 0.5f)) return;
  order.kind = std::int8_t(pass.kind);
  order.target = std::int8_t(pass.mate);
  order_kick(game, who, order);
}

}  // namespace agon::football
