#pragma once

#include "agon/football/game/tackle.hpp"

/// Slides: a lunge that follows a recorded course of speeds, a chance at the ball, and fouls by severity.
namespace agon::football {

namespace detail {

/// Ticks of the lunge, on the ground, and getting up.
inline constexpr int kLungeTicks = 70;
inline constexpr int kGroundTicks = 60;
inline constexpr float kSlideReach = 1.0f;
inline constexpr float kLyingReach = 0.6f;
inline constexpr float kBodyReach = 0.77f;
/// The ball leaves a slide with up to this speed, m/s.
inline constexpr float kSlidePush = 4.0f;
/// Slower players slide as from this speed, m/s.
inline constexpr float kLeastLunge = 4.6f;

/// Speed after `ticks` of a slide begun at sprinting speed, as a share of that speed.
AGON_HD inline float lunge_share(int ticks) {
  constexpr float course[] = {1.0f, 0.78f, 0.92f, 0.8f, 0.59f, 0.31f, 0.15f, 0.0f};
  const int i = ticks / 10;
  if (i >= 7) return 0;
  const float s = float(ticks - 10 * i) * 0.1f;
  return course[i] + s * (course[i + 1] - course[i]);
}

/// Over 1 a foul, over 1.4 yellow, over 2 red: worse late, away from the ball, and from behind.
AGON_HD inline float severity(const GameState& game, RandomStream& stream, const GamePlayer& slider,
                              const GamePlayer& victim, int ticks) {
  const float from_behind = 0.5f + 0.5f * dot(victim.body.facing, unit(slider.course));
  const float late = float(ticks) / float(kLungeTicks);
  const float away = smaller(ball_gap(game, slider) / 2.0f, 1.0f);
  return 0.45f * late + 0.5f * away + 0.5f * from_behind + 0.6f * draw_uniform(stream);
}

AGON_HD inline void slide_hits_ball(GameState& game, RandomStream& stream, int who) {
  GamePlayer& player = player_of(game, who);
  player.missed = 1;
  if (game.carrier != kNobody) player_of(game, game.carrier).touch_wait = 30;
  if (!touch(game, who)) return;
  release_ball(game);
  const float turn = draw_normal(stream) * 0.4f;
  const Vector2 way = turned(unit(player.course), turn);
  const float speed = kSlidePush * draw_uniform(stream);
  strike(game.ball, {way.x * speed, way.y * speed, 0.4f}, {});
  take_ball(game, who, false);
  player.missed = 1;
}

AGON_HD inline void slide_hits_body(GameState& game, RandomStream& stream, int who, int victim) {
  const GamePlayer& slider = player_of(game, who);
  GamePlayer& other = player_of(game, victim);
  const float worst = severity(game, stream, slider, other, kLungeTicks + kGroundTicks - slider.busy);
  if (worst <= 1.0f) return;
  foul(game, who, other.body.position);
  if (worst > 1.4f) book(game, who, worst > 2.0f);
}

}  // namespace detail

/// Begins a slide where the rules allow one: the other team nearer to possession, and no restart.
AGON_HD inline bool begin_slide(GameState& game, int who) {
  GamePlayer& player = player_of(game, who);
  const int team = team_of(who);
  if (game.mode != kModeNormal || player.activity != Activity::kFree || game.carrier == who) return false;
  const float nearest = team_time(game, 1 - team);
  if (nearest >= team_time(game, team) || nearest > 3.0f || ball_gap(game, player) > 12.0f) return false;
  player.activity = Activity::kSliding;
  player.busy = std::int16_t(detail::kLungeTicks + detail::kGroundTicks);
  player.course = player.body.facing * larger(length(player.body.velocity), detail::kLeastLunge);
  player.missed = 0;
  player.kick = {};
  return true;
}

/// One tick of a sliding player.
AGON_HD inline void advance_slide(GameState& game, RandomStream& stream, int who) {
  GamePlayer& player = player_of(game, who);
  const int ticks = detail::kLungeTicks + detail::kGroundTicks - player.busy;
  player.body.velocity = player.course * detail::lunge_share(ticks);
  player.body.position = player.body.position + player.body.velocity * kTick;
  player.body.tired = tire(player.body.tired, player.build.stamina, length(player.body.velocity) * kTick);
  if (player.missed || game.in_hands || game.mode != kModeNormal) return;
  const bool lying = ticks >= detail::kLungeTicks;
  const Vector2 gap = flat(game.ball.position) - player.body.position;
  const float ahead = dot(gap, unit(player.course));
  const float reach = lying ? detail::kLyingReach : detail::kSlideReach;
  if (length(gap) < reach && (lying || ahead > -0.3f) && game.ball.position.z < 0.6f) {
    detail::slide_hits_ball(game, stream, who);
    return;
  }
  if (lying) return;
  const int victim = game.carrier;
  if (victim == kNobody || team_of(victim) == team_of(who)) return;
  if (length(player_of(game, victim).body.position - player.body.position) < detail::kBodyReach) {
    player.missed = 1;
    detail::slide_hits_body(game, stream, who, victim);
  }
}

}  // namespace agon::football
