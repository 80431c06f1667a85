#pragma once

#include "agon/football/game/shot.hpp"

/// From the button to the ball: an order waits for the ball, and the kick is made when both are ready.
namespace agon::football {

namespace detail {

/// Ticks from button to kick when the ball lies ready.
AGON_HD inline int wind_up(int kind) { return kind == kShot ? 38 : kind == kHighPass ? 28 : 37; }

/// While the button stays down the kick waits, for up to so many steps: recorded kicks came 4 to 6 steps after a single
/// press, 7 to 9 after the first of many.
inline constexpr int kLongestPress = 5;

/// An order is dropped after this.
inline constexpr int kKickPatience = 200;
/// The ball must be this near, and this low; higher ones are headed up to the second height.
inline constexpr float kKickReach = 1.1f;
inline constexpr float kFootHeight = 0.9f;
inline constexpr float kHeadHeight = 2.1f;
inline constexpr float kHeadReach = 0.8f;
inline constexpr float kHeaderSpeed = 13.0f;
/// Who is further from possession than this has no use for the button, seconds.
inline constexpr float kAboutToHave = 1.6f;
inline constexpr int kAfterKick = 35;

/// How hard a kick is at this moment, 0 standing alone … 1.
AGON_HD inline float strain_of(const GameState& game, int who) {
  const GamePlayer& player = player_of(game, who);
  const float pace = length(player.body.velocity) / 8.0f;
  const float pressed = clamped(1.0f - nearest_opponent(game, team_of(who), player.body.position) / 3.0f, 0.0f, 1.0f);
  const float moving = clamped(length(game.ball.velocity - Vector3{player.body.velocity.x, player.body.velocity.y, 0}) / 25.0f,
                               0.0f, 1.0f);
  return clamped(0.35f * pace * pace + 0.45f * pressed + 0.5f * moving, 0.0f, 1.0f);
}

/// The reference plays one of the teams mirrored, and forgets to mirror the spin that its kicks give: the right team's,
/// or with reversed processing the left team's. Their ground passes get backspin and rise, their high ones dip; all ten
/// recorded games and every recorded experiment with kicks show it.
AGON_HD inline bool kicks_mirrored(const GameState& game, int team) {
  return team == (game.level.reverse_team_processing ? 0 : 1);
}

/// The kick or header itself.
AGON_HD inline void strike_order(GameState& game, RandomStream& stream, int who) {
  GamePlayer& player = player_of(game, who);
  const KickOrder order = player.kick;
  player.kick = {};
  const bool header = game.ball.position.z > kFootHeight && !game.in_hands;
  const float strain = game.mode == kModeNormal ? strain_of(game, who) : 0.0f;
  int receiver = kNobody;
  Kick kick;
  if (order.kind == kShot) {
    kick = shot_kick(game, stream, who, order, strain);
  } else {
    Vector2 target = order.place;
    const int mate = order.target >= 0 ? order.target : chosen_receiver(game, who, order.kind, order.direction);
    if (!order.aimed) {
      target = mate >= 0 ? led_position(game.team[team_of(who)][mate], player.body.position)
                         : player.body.position + player.body.facing * 15.0f;
      if (order.kind == kLongPass)
        target.x += side_of(team_of(who)) * 0.2f * length(target - player.body.position);
    }
    if (mate >= 0) receiver = number_of(team_of(who), mate);
    kick = pass_kick(game, stream, who, order.kind, target, strain);
  }
  const float speed = length(kick.velocity);
  if (header && speed > kHeaderSpeed) kick.velocity = kick.velocity * (kHeaderSpeed / speed);
  if (!touch(game, who)) return;
  release_ball(game);
  if (kicks_mirrored(game, team_of(who))) kick.spin = {-kick.spin.x, -kick.spin.y, kick.spin.z};
  strike(game.ball, kick.velocity, kick.spin);
  player.touch_wait = kAfterKick;
  game.since_kick = 0;
  game.receiver = receiver;
  game.shooter = order.kind == kShot ? who : kNobody;
}

AGON_HD inline bool kick_within_reach(const GameState& game, const GamePlayer& player) {
  const float height = game.ball.position.z;
  if (height > kHeadHeight) return false;
  return ball_gap(game, player) < (height > kFootHeight ? kHeadReach : kKickReach);
}

}  // namespace detail

/// A button: remembered for the player who has the ball or is about to. False when it means nothing to him.
AGON_HD inline bool order_kick(GameState& game, int who, const KickOrder& order) {
  GamePlayer& player = player_of(game, who);
  if (!player.active || player.activity == Activity::kSentOff) return false;
  const bool key = game.designated[team_of(who)] == index_of(who) || game.carrier == who || game.receiver == who;
  if (game.mode != kModeNormal ? game.taker != who : !key || player.time_to_ball > detail::kAboutToHave) return false;
  // A short pass cancels a waiting shot or high pass; everything else replaces what waits as well.
  const KickOrder before = player.kick;
  player.kick = order;
  if (before.kind != order.kind) return true;
  const bool waits = before.held < detail::kLongestPress;
  player.kick.age = std::int16_t(waits && before.age >= kTicksPerStep ? before.age - kTicksPerStep : before.age);
  if (before.held < 100) player.kick.held = std::uint8_t(before.held + 1);
  return true;
}

/// One tick of a waiting order in open play. True when the ball was struck.
AGON_HD inline bool advance_kick(GameState& game, RandomStream& stream, int who) {
  GamePlayer& player = player_of(game, who);
  if (player.kick.kind == 0) return false;
  player.kick.age++;
  const bool lost = game.carrier != kNobody && game.carrier != who && player.kick.age > 30;
  if (player.kick.age > detail::kKickPatience || lost || player.activity != Activity::kFree) {
    player.kick = {};
    return false;
  }
  if (player.kick.age < detail::wind_up(player.kick.kind) || player.touch_wait > 0) return false;
  if (game.carrier != kNobody && game.carrier != who) return false;
  if (!game.in_hands && !detail::kick_within_reach(game, player)) return false;
  detail::strike_order(game, stream, who);
  return true;
}

}  // namespace agon::football
