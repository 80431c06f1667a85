#pragma once

#include "agon/football/game/pass.hpp"

/// Shots at the other goal. Speeds, rise, spread and spin are those of recorded shots.
namespace agon::football {

namespace detail {

inline constexpr float kShotSpeed = 29.8f;       // of a player without shot power
inline constexpr float kShotPowerAdds = 2.2f;
inline constexpr float kShotSpeedSpread = 0.035f;
inline constexpr float kShotRise = 0.062f;
inline constexpr float kShotRiseSpread = 0.022f;
inline constexpr float kShotSpread = 0.038f;     // radians
/// How far the kick is drawn from the aim towards where the shooter faces: this times the squared angle, radians.
inline constexpr float kShotPull = 0.32f;
inline constexpr float kMostPull = 0.19f;
/// Not from this far, metres.
inline constexpr float kNoPull = 33.0f;
inline constexpr float kShotBackspin = -18.0f;
/// Sideways spin per radian between facing and aim.
inline constexpr float kShotSidespin = 45.0f;
/// What the sidespin of one rad/s bends the ball by on its way, radians per metre: the shooter allows for it.
inline constexpr float kBend = 0.00017f;

/// Where on the goal line a held direction aims, metres across; straight at the goal is the middle.
AGON_HD inline Vector2 shot_aim(int team, Vector2 from, Vector2 direction) {
  const Vector2 goal = other_goal(team);
  const Vector2 centre = unit(goal - from);
  if (dot(direction, direction) <= 0) return goal;
  const float across = centre.x * direction.y - centre.y * direction.x;
  const float share = smaller(angle_between(centre, direction) / (0.5f * kPi), 1.0f);
  const float offset = 0.9f * kGoalHalfWidth * power(share, 0.7f);
  const float left = across > 0 ? 1.0f : -1.0f;  // to the shooter's left
  return {goal.x, goal.y + left * side_of(team) * offset};
}

}  // namespace detail

/// A button held for `kFullPress` steps makes a shot faster by this share: single presses of the recorded experiments gave
/// 31 m/s, those that TiZero held in recorded games 36.
inline constexpr float kShotHeldAdds = 0.17f;
inline constexpr int kFullPress = 7;
/// A first-time shot under pressure loses this share of its speed and up to the next one more; recorded shots of players
/// who had the ball lost none.
inline constexpr float kShotWeakens = 0.2f;
inline constexpr float kShotWeakensMore = 0.45f;

AGON_HD inline Kick shot_kick(const GameState& game, RandomStream& stream, int who, const KickOrder& order,
                              float strain) {
  const GamePlayer& shooter = player_of(game, who);
  const Attributes attributes = attributes_of(index_of(who));
  const int team = team_of(who);
  const Vector2 from = flat(game.ball.position);
  const Vector2 target = order.aimed ? order.place : detail::shot_aim(team, from, order.direction);
  const Vector2 aim = unit(target - from);
  const float across = aim.x * shooter.body.facing.y - aim.y * shooter.body.facing.x;
  const float apart = detail::angle_between(aim, shooter.body.facing) * (across < 0 ? -1.0f : 1.0f);
  const float wild = (1.4f - shooter.skill * attributes.shot) * (0.55f + 2.5f * strain);
  const float side = detail::kShotSidespin * clamped(apart, -1.2f, 1.2f) + draw_normal(stream) * 2.0f;
  const float away = length(target - from);
  const float near = clamped((detail::kNoPull - away) / 16.0f, 0.0f, 1.0f);
  const float pull = smaller(detail::kShotPull * apart * apart, detail::kMostPull) * (apart < 0 ? -near : near);
  const float bend = detail::kBend * side * smaller(away, 40.0f);
  const float turn = pull - bend + draw_normal(stream) * detail::kShotSpread * wild;
  const float pressed = clamped(1.0f - detail::nearest_opponent(game, team, from) / 3.0f, 0.0f, 1.0f);
  const bool at_feet = game.carrier == who || game.mode != kModeNormal;
  const float drawn_off = draw_uniform(stream);
  const float weaker = at_feet ? 0.0f : pressed * (kShotWeakens + kShotWeakensMore * drawn_off);
  const int held = order.held < kFullPress ? order.held : kFullPress;
  const float harder = 1.0f + kShotHeldAdds * float(held - 1) / float(kFullPress - 1);
  const float power_share = (1.0f + draw_normal(stream) * detail::kShotSpeedSpread) * (1.0f - weaker);
  const float speed = (detail::kShotSpeed + detail::kShotPowerAdds * attributes.shot_power * shooter.skill) * power_share * harder;
  const float drawn = draw_normal(stream);
  const float rise = clamped(detail::kShotRise + 0.03f * smaller(apart * apart, 1.0f) + drawn * detail::kShotRiseSpread * wild,
                             0.01f, 0.3f);
  const Vector2 along = detail::turned(aim, turn);
  const float level = speed * square_root(1.0f - rise * rise);
  return {{along.x * level, along.y * level, speed * rise},
          {-along.y * detail::kShotBackspin, along.x * detail::kShotBackspin, side}};
}

}  // namespace agon::football
