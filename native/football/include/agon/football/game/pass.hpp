#pragma once

#include "agon/football/actions.hpp"
#include "agon/football/game/touch.hpp"
#include "agon/football/random.hpp"

/// Passes: whom a held direction means, and how the ball leaves the foot. Speeds are those of recorded passes.
namespace agon::football {

struct Kick {
  Vector3 velocity;
  Vector3 spin;
};

namespace detail {

/// Recorded speeds (3-D) and the share of it that goes upwards, by distance to the target.
inline constexpr int kPassRows = 8;

struct PassRow {
  float distance, ground, long_ground, high;  // m, m/s
  float ground_rise, high_rise;
};

AGON_HD inline PassRow pass_row(int i) {
  constexpr PassRow rows[kPassRows] = {
      {0, 8.8f, 8.8f, 9.7f, 0.092f, 0.365f},     {5, 12.1f, 12.1f, 11.3f, 0.092f, 0.361f},
      {10, 14.9f, 15.4f, 13.1f, 0.094f, 0.357f}, {15, 18.7f, 19.8f, 15.5f, 0.095f, 0.352f},
      {20, 23.2f, 24.7f, 18.3f, 0.096f, 0.350f}, {30, 31.2f, 31.4f, 24.7f, 0.117f, 0.340f},
      {40, 31.8f, 31.8f, 32.3f, 0.180f, 0.322f}, {50, 31.8f, 31.8f, 40.0f, 0.180f, 0.307f},
  };
  return rows[i];
}

AGON_HD inline PassRow pass_at(float distance) {
  const float d = clamped(distance, 0.0f, 50.0f);
  int i = 0;
  while (i < kPassRows - 2 && pass_row(i + 1).distance < d) i++;
  const PassRow a = pass_row(i), b = pass_row(i + 1);
  const float s = (d - a.distance) / (b.distance - a.distance);
  return {d,
          a.ground + s * (b.ground - a.ground),
          a.long_ground + s * (b.long_ground - a.long_ground),
          a.high + s * (b.high - a.high),
          a.ground_rise + s * (b.ground_rise - a.ground_rise),
          a.high_rise + s * (b.high_rise - a.high_rise)};
}

/// Forward spin of a pass, rad/s.
inline constexpr float kGroundTopspin = 45.0f;
inline constexpr float kHighBackspin = -17.0f;
/// Where the input points to when a tap asks for a pass, metres: read off which team-mates recorded passes went to.
AGON_HD inline float manual_reach(int kind) { return kind == kHighPass ? 35.0f : kind == kLongPass ? 15.0f : 8.0f; }

/// Longest lead given to a running receiver, seconds.
inline constexpr float kLead = 0.7f;

AGON_HD inline Vector2 turned(Vector2 v, float angle) {
  const float c = cosine(angle), s = sine(angle);
  return {v.x * c - v.y * s, v.x * s + v.y * c};
}

/// Angle between two unit vectors, 0 … pi.
AGON_HD inline float angle_between(Vector2 a, Vector2 b) {
  const float across = a.x * b.y - a.y * b.x;
  return arctangent2(across < 0 ? -across : across, dot(a, b));
}

}  // namespace detail

/// Where a receiver will be when the ball comes.
AGON_HD inline Vector2 led_position(const GamePlayer& receiver, Vector2 from) {
  const float seconds = smaller(detail::kLead, length(receiver.body.position - from) / 20.0f);
  return receiver.body.position + receiver.body.velocity * seconds;
}

/// The team-mate whom a pass in this direction means, −1 if there is none.
AGON_HD inline int chosen_receiver(const GameState& game, int who, int kind, Vector2 direction) {
  const int team = team_of(who);
  const GamePlayer& passer = player_of(game, who);
  const Vector2 from = passer.body.position;
  const Vector2 input = dot(direction, direction) > 0 ? direction : passer.body.facing;
  const Vector2 manual = from + input * detail::manual_reach(kind);
  int best = -1;
  float least = 1e9f;
  for (int k = 0; k < game.level.players[team]; k++) {
    const GamePlayer& mate = game.team[team][k];
    if (!mate.active || number_of(team, k) == who) continue;
    const Vector2 there = led_position(mate, from);
    const float angle = detail::angle_between(input, unit(there - from)) / kPi;
    const float apart = smaller(length(there - manual) / 70.0f, 1.0f);
    const float rating = angle + 0.8f * power(apart, 0.8f);
    if (rating < least) {
      least = rating;
      best = k;
    }
  }
  return best;
}

/// The ball's velocity and spin for a pass to `target`, with the errors of this player at this moment. `strain`, 0 … 1,
/// is how hard the kick is: pace, ball away from the foot, opponents near.
AGON_HD inline Kick pass_kick(const GameState& game, RandomStream& stream, int who, int kind, Vector2 target,
                              float strain) {
  const GamePlayer& passer = player_of(game, who);
  const Attributes attributes = attributes_of(index_of(who));
  const Vector2 way = target - flat(game.ball.position);
  const detail::PassRow row = detail::pass_at(length(target - passer.body.position));
  const bool high = kind == kHighPass;
  const float skill = passer.skill * (high ? attributes.high_pass : attributes.short_pass);
  const float wild = (1.0f - 0.6f * skill) * strain;
  const float direction_error = draw_normal(stream) * (0.005f + (high ? 0.2f : 0.8f) * wild);
  const float speed_error = 1.0f + draw_normal(stream) * (0.015f + 0.09f * wild);
  const float rise_error = draw_normal(stream);
  const float speed = (high ? row.high : kind == kLongPass ? row.long_ground : row.ground) * speed_error;
  const float rise = clamped((high ? row.high_rise : row.ground_rise) + (rise_error < 0 && !high ? -rise_error : rise_error) * (high ? 0.08f : 0.7f) * wild, 0.03f, 0.6f);
  const Vector2 aim = dot(way, way) > 0 ? unit(way) : passer.body.facing;
  const Vector2 along = detail::turned(aim, direction_error);
  const float level = speed * square_root(1.0f - rise * rise);
  const float topspin = high ? detail::kHighBackspin : detail::kGroundTopspin;
  return {{along.x * level, along.y * level, speed * rise}, {-along.y * topspin, along.x * topspin, 0}};
}

}  // namespace agon::football
