#pragma once

#include "agon/football/game/advantage.hpp"
#include "agon/football/game/receive.hpp"

/// Standing tackles: automatic, whoever moves the player, when an opponent's ball comes within reach.
namespace agon::football {

namespace detail {

/// How near the ball must be to a tackler, metres: where recorded tacklers touched it. A carrier who stands is reached
/// for from further away.
inline constexpr float kTackleReach = 0.7f;
inline constexpr float kStandingReach = 1.3f;
inline constexpr float kStands = 1.0f;  // m/s
/// Cosine from which a tackler counts as in front of the carrier.
inline constexpr float kInFront = 0.6f;
inline constexpr float kTackleHeight = 0.6f;
/// Ticks between attempts; the built-in AI's players seldom try again, theirs are recorded duels of few touches.
inline constexpr int kTackleWait = 12;
inline constexpr int kBuiltinTackleWait = 100;
/// Share of lost tackles from the side or behind that are fouls.
inline constexpr float kTackleFoul = 0.03f;

/// How the tackler comes: 1 from the front, −1 from behind the carrier.
AGON_HD inline float frontal(const GameState& game, const GamePlayer& tackler, const GamePlayer& carrier) {
  const Vector2 to_ball = flat(game.ball.position) - carrier.body.position;
  const Vector2 ahead = length(carrier.body.velocity) > 1.0f ? carrier.body.facing : unit(to_ball);
  return dot(ahead, unit(tackler.body.position - carrier.body.position));
}

/// Chance of a tackler who meets the carrier from the front; from the front when either is played by the built-in AI,
/// which shields the ball and holds off (recorded games with it have a third of the duels); and of one who has only got
/// level with the carrier.
inline constexpr float kFrontChance = 0.97f;
inline constexpr float kCautiousChance = 0.35f;
inline constexpr float kBesideChance = 0.06f;
inline constexpr float kScramble = 3.5f;  // m/s

AGON_HD inline float tackle_chance(const GameState& game, int tackler, int carrier) {
  const GamePlayer& player = player_of(game, tackler);
  const GamePlayer& other = player_of(game, carrier);
  const float strength = player.skill * attributes_of(index_of(tackler)).stand_tackle;
  const float hold = other.skill * attributes_of(index_of(carrier)).dribble;
  const float front = frontal(game, player, other);
  const float slow = length(other.body.velocity) < 4.2f && length(other.body.velocity) > 2.5f ? 0.5f : 0.0f;
  const bool cautious = player.builtin || other.builtin;
  // Who hardly moves with the ball cannot keep his body between it and the tackler.
  const bool open = front > kInFront || length(other.body.velocity) < kScramble;
  const float base = !open ? kBesideChance : cautious ? kCautiousChance : kFrontChance;
  return clamped(base + 0.35f * (strength - 0.6f) - 0.15f * (hold - 0.6f) - slow, 0.03f, 0.97f);
}

AGON_HD inline void book(GameState& game, int who, bool red) {
  GamePlayer& player = player_of(game, who);
  const bool sent_off = red || player.yellow;
  player.yellow = 1;
  if (!sent_off || active_players(game, team_of(who)) <= 1 || index_of(who) == 0) return;
  player.active = 0;
  player.activity = Activity::kSentOff;
  player.kick = {};
  player.body.velocity = {};
  player.body.position = {side_of(team_of(who)) * -20.0f, kPitchHalfWidth + 4.0f};
}

/// Share of won tackles after which the ball is the tackler's; after the others it is poked about between the two, and the
/// recorded ownership changes to and fro within tenths of a second.
inline constexpr float kCleanTackle = 0.2f;
/// Ticks until the loser of a poked ball can touch it again.
inline constexpr int kPokedWait = 14;

/// The ball is won: taken along, or only poked away.
AGON_HD inline void win_ball(GameState& game, RandomStream& stream, int tackler, int loser) {
  GamePlayer& player = player_of(game, tackler);
  if (!touch(game, tackler)) return;
  release_ball(game);
  const float kept = draw_uniform(stream);
  const float turn = draw_normal(stream) * 0.5f;
  if (kept < kCleanTackle) {
    cushion(game, stream, player, 4.0f);
    take_ball(game, tackler, false);
    return;
  }
  const Vector2 way = turned(unit(flat(game.ball.position) - player.body.position), turn);
  const float speed = 2.0f + 3.0f * draw_uniform(stream);
  const float lift = 0.5f + 1.5f * draw_uniform(stream);
  strike(game.ball, {way.x * speed, way.y * speed, lift}, {});
  player.touch_wait = kPokedWait;
  player_of(game, loser).touch_wait = kPokedWait;
}

AGON_HD inline void try_tackle(GameState& game, RandomStream& stream, int tackler, int carrier) {
  GamePlayer& player = player_of(game, tackler);
  player.tackle_wait = player.builtin ? kBuiltinTackleWait : kTackleWait;
  if (draw_uniform(stream) < tackle_chance(game, tackler, carrier)) {
    GamePlayer& loser = player_of(game, carrier);
    loser.touch_wait = std::int16_t(8.0f + 4.0f * length(loser.body.velocity));
    loser.tackle_wait = loser.builtin ? std::int16_t(kBuiltinTackleWait) : loser.touch_wait;
    win_ball(game, stream, tackler, carrier);
    return;
  }
  const bool beside = frontal(game, player, player_of(game, carrier)) <= kInFront;
  if (beside && draw_uniform(stream) < kTackleFoul)
    foul_with_advantage(game, tackler, player_of(game, carrier).body.position);
}

/// A body gets in the way of a ball that an opponent touched less than this ago, ticks, when it comes so near, metres.
inline constexpr int kBlockTicks = 20;
inline constexpr float kBlockReach = 0.4f;
/// Ticks until who blocked can touch it with intent.
inline constexpr int kBlockWait = 12;

/// The ball bounces off a body that it runs into.
AGON_HD inline void block(GameState& game, RandomStream& stream, int who) {
  GamePlayer& player = player_of(game, who);
  const Vector2 away = unit(flat(game.ball.position) - player.body.position);
  const Vector2 relative = flat(game.ball.velocity) - player.body.velocity;
  const float turn = draw_normal(stream) * 0.5f;
  const float keeps = 0.3f + 0.4f * draw_uniform(stream);
  if (!touch(game, who)) return;
  const Vector2 out = player.body.velocity + turned(away, turn) * (length(relative) * keeps);
  strike(game.ball, {out.x, out.y, game.ball.velocity.z * 0.5f}, {});
  player.touch_wait = kBlockWait;
}

AGON_HD inline bool runs_into(const GameState& game, const GamePlayer& player) {
  const Vector2 gap = flat(game.ball.position) - player.body.position;
  if (dot(gap, gap) > kBlockReach * kBlockReach || !player.active) return false;
  return dot(gap, flat(game.ball.velocity) - player.body.velocity) < 0;
}

}  // namespace detail

/// One tick of bodies in the way of a ball that was poked at or has just bounced off an opponent.
AGON_HD inline void blocks(GameState& game, RandomStream& stream) {
  if (game.carrier != kNobody || game.mode != kModeNormal || game.last_touch == kNobody) return;
  if (game.since_touch >= detail::kBlockTicks || game.since_kick <= game.since_touch) return;
  if (game.ball.position.z > detail::kBodyHeight) return;
  const int team = 1 - team_of(game.last_touch);
  for (int k = 0; k < game.level.players[team]; k++) {
    if (!detail::runs_into(game, game.team[team][k])) continue;
    detail::block(game, stream, number_of(team, k));
    return;
  }
}

/// One tick: the first opponent in order whose foot reaches the carried ball tries.
AGON_HD inline void tackles(GameState& game, RandomStream& stream) {
  if (game.carrier == kNobody || game.in_hands || game.mode != kModeNormal) return;
  if (game.ball.position.z > detail::kTackleHeight) return;
  const int team = 1 - team_of(game.carrier);
  const bool stands = length(player_of(game, game.carrier).body.velocity) < detail::kStands;
  const float reach = stands ? detail::kStandingReach : detail::kTackleReach;
  for (int k = 0; k < game.level.players[team]; k++) {
    const GamePlayer& player = game.team[team][k];
    const Vector2 gap = flat(game.ball.position) - player.body.position;
    if (dot(gap, gap) > reach * reach) continue;
    // Of the built-in AI only the key player interferes; the others keep their places.
    if (player.builtin && game.designated[team] != k) continue;
    if (player.tackle_wait > 0 || player.touch_wait > 0 || !player.active || player.activity != Activity::kFree) continue;
    detail::try_tackle(game, stream, number_of(team, k), game.carrier);
    return;
  }
}

}  // namespace agon::football
