#pragma once

#include "agon/football/game/kick.hpp"

/// Meeting a ball that nobody has: trapping it, heading it down, or letting it past.
namespace agon::football {

namespace detail {

/// Metres; of whom the ball was meant for, and of others.
inline constexpr float kTrapReach = 0.75f;
inline constexpr float kInterceptReach = 0.75f;
/// Balls below this height are taken with the foot; up to the next one they only bounce off chest and head.
inline constexpr float kTrapHeight = 0.5f;
inline constexpr float kBodyHeight = 2.0f;
inline constexpr float kBodyContact = 0.5f;
inline constexpr float kFromBehind = 0.2f;  // cosine
/// Who is waiting for the ball gets his body in its way more often than who is not.
inline constexpr float kBlocksExpected = 0.85f;
inline constexpr float kBlocks = 0.55f;
/// A ball that was missed is still touched this often.
inline constexpr float kDeflects = 0.4f;

/// Whether the ball comes to him as he thought it would.
AGON_HD inline bool expected_by(const GameState& game, int who) {
  return game.receiver == who || game.last_touch == who || game.last_touch == kNobody;
}

/// Chance to trap a ball at this speed relative to the player.
AGON_HD inline float trap_chance(const GameState& game, int who, float speed) {
  const GamePlayer& player = player_of(game, who);
  const float control = player.skill * attributes_of(index_of(who)).ball_control;
  const bool expected = expected_by(game, who);
  const float base = expected ? 2.65f - 0.115f * speed : 2.8f - 0.08f * speed;
  // Running and pressed players control worse.
  const float pressed = clamped(1.0f - nearest_opponent(game, team_of(who), player.body.position) / 2.5f, 0.0f, 1.0f);
  const float running = length(player.body.velocity) / 8.0f;
  return clamped(base + 0.25f * (control - 0.75f) - 0.35f * pressed - 0.3f * running * running, 0.08f, 1.0f);
}

/// Takes the pace out of the ball and leads it the way the player goes.
AGON_HD inline void cushion(GameState& game, RandomStream& stream, const GamePlayer& player, float speed) {
  const Vector2 ahead = player.body.facing * 0.6f;
  const float rest = 0.05f * speed;
  const float along_x = draw_normal(stream), along_y = draw_normal(stream);
  const Vector2 run = player.body.velocity * 0.95f + ahead + Vector2{along_x, along_y} * (0.3f * rest);
  const float drop = clamped(game.ball.velocity.z * 0.2f, -1.0f, 1.0f);
  strike(game.ball, {run.x, run.y, drop}, game.ball.spin * 0.2f);
}

/// A fast ball that was meant for somebody else jumps up from the foot that stops it: recorded interceptors' did with
/// about 3 m/s.
inline constexpr float kPopsUp = 10.0f;

AGON_HD inline void pop_up(GameState& game, RandomStream& stream, float speed) {
  const float lift = 1.0f + 2.5f * draw_uniform(stream);
  const float along_x = draw_normal(stream), along_y = draw_normal(stream);
  const Vector3 v = game.ball.velocity;
  const float loose = 0.07f * speed;
  strike(game.ball, {v.x + along_x * loose, v.y + along_y * loose, lift}, game.ball.spin);
}

/// Who expected the ball keeps it nearer than who only got in its way.
AGON_HD inline void deflect(GameState& game, RandomStream& stream, const GamePlayer& player, bool expected) {
  const float turn = draw_normal(stream) * 0.7f;
  const float keeps = (expected ? 0.12f : 0.35f) + 0.3f * draw_uniform(stream);
  const Vector2 out = turned(flat(game.ball.velocity), turn) * keeps + player.body.velocity * 0.2f;
  const float lift = 0.5f + draw_uniform(stream) * 0.4f * length(game.ball.velocity);
  strike(game.ball, {out.x, out.y, lift}, game.ball.spin * 0.3f);
}

/// Chest or head: the ball loses much of its pace and drops near by.
AGON_HD inline void body_contact(GameState& game, RandomStream& stream, int who) {
  GamePlayer& player = player_of(game, who);
  const bool expected = game.receiver == who || game.designated[team_of(who)] == index_of(who);
  if (draw_uniform(stream) >= (expected ? kBlocksExpected : kBlocks)) {
    player.missed = 1;
    return;
  }
  if (!touch(game, who)) return;
  // Who waited for it lets it drop before him; others only get in its way.
  const float keeps = expected ? 0.1f * draw_uniform(stream) : 0.15f + 0.4f * draw_uniform(stream);
  const float turn = draw_normal(stream) * 0.8f;
  const float lift = expected ? draw_normal(stream) * 0.5f - 0.2f : draw_normal(stream) * 1.2f + 0.3f;
  const Vector2 out = turned(flat(game.ball.velocity), turn) * keeps + player.body.velocity * 0.8f;
  strike(game.ball, {out.x, out.y, lift}, game.ball.spin * 0.3f);
  player.touch_wait = 22;
}

/// A ball slower than this gets past nobody, m/s.
inline constexpr float kSlowBall = 4.0f;

AGON_HD inline bool can_touch(const GamePlayer& player, bool slow) {
  if (!player.active || player.touch_wait > 0 || player.activity != Activity::kFree) return false;
  return slow || !player.missed;
}

/// One player and a free ball. True when he touched it.
AGON_HD inline bool receive_by(GameState& game, RandomStream& stream, int who) {
  GamePlayer& player = player_of(game, who);
  const Vector3 relative = game.ball.velocity - Vector3{player.body.velocity.x, player.body.velocity.y, 0};
  const float speed = length(relative);
  const float chance = trap_chance(game, who, speed);
  const bool unexpected = speed > kPopsUp && !expected_by(game, who);
  if (draw_uniform(stream) < chance) {
    if (!touch(game, who)) return true;
    cushion(game, stream, player, speed);
    if (unexpected) pop_up(game, stream, speed);
    take_ball(game, who, false);
    return true;
  }
  if (game.receiver != who && draw_uniform(stream) >= kDeflects) {
    player.missed = 1;
    return false;
  }
  const bool expected = game.receiver == who;
  if (!touch(game, who)) return true;
  deflect(game, stream, player, expected);
  player.touch_wait = 15;
  return true;
}

}  // namespace detail

/// One tick of the free ball and the players near it; the nearest who can touch it does.
AGON_HD inline void receive(GameState& game, RandomStream& stream) {
  if (game.carrier != kNobody || game.mode != kModeNormal || game.ball.position.z > detail::kBodyHeight) return;
  int nearest = kNobody;
  const bool slow = dot(game.ball.velocity, game.ball.velocity) < detail::kSlowBall * detail::kSlowBall;
  const bool low = game.ball.position.z < detail::kTrapHeight;
  const float reach = low ? detail::kTrapReach : detail::kBodyContact;
  float least = reach * reach;
  for (int team = 0; team < 2; team++) {
    for (int k = 0; k < game.level.players[team]; k++) {
      const GamePlayer& player = game.team[team][k];
      const Vector2 gap = flat(game.ball.position) - player.body.position;
      const float away = dot(gap, gap);
      if (away >= least || !detail::can_touch(player, slow)) continue;
      const bool meant = game.receiver == kNobody || game.receiver == number_of(team, k);
      // Nobody meets with chest or head what comes from behind him, unless he waits for it.
      if (!low && !meant && dot(unit(flat(game.ball.velocity)), player.body.facing) > detail::kFromBehind) continue;
      if (low && !meant && away >= detail::kInterceptReach * detail::kInterceptReach) continue;
      least = away;
      nearest = number_of(team, k);
    }
  }
  if (nearest == kNobody) return;
  if (!low) {
    detail::body_contact(game, stream, nearest);
  } else {
    detail::receive_by(game, stream, nearest);
  }
}

}  // namespace agon::football
