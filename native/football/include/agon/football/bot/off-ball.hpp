#pragma once

#include "agon/football/bot/formation.hpp"
#include "agon/football/game/prediction.hpp"
#include "agon/football/game/touch.hpp"
#include "agon/football/random.hpp"

/// Outfield players without the ball: formation, runs, marking, pressing and the way to a loose ball.
namespace agon::football {

namespace detail {

/// Paces for a way of this length, metres.
inline constexpr float kArrived = 0.7f;
inline constexpr float kStroll = 1.9f;
inline constexpr float kJog = 3.3f;

/// A run to `place` (pitch frame): slow when near, sprinting when far; `haste` stretches the distances.
AGON_HD inline Command run_to(const GamePlayer& player, Vector2 place, float haste) {
  const Vector2 way = place - player.body.position;
  const float away = length(way) * haste;
  if (away < kArrived) return {{}, 0};
  const float speed = away < kStroll ? kDribbleSpeed : away < kJog ? kWalkSpeed : kSprintSpeed;
  return {unit(way), speed};
}

/// To where the ball can be met: at full pace, unless it comes by itself.
AGON_HD inline Command run_to_meeting(const GamePlayer& player) {
  const Vector2 way = player.meeting - player.body.position;
  const float away = length(way);
  if (away < 0.3f) return {{}, 0};
  return {unit(way), away < 1.0f ? kWalkSpeed : kSprintSpeed};
}

/// A low pass of the other team is stepped into where its way passes near enough: this far from where he is now for
/// each second until the ball is there, metres.
inline constexpr float kStepReach = 0.5f;
inline constexpr float kStepSpeed = 3.2f;
inline constexpr float kStepHeight = 1.0f;
inline constexpr int kStepPoints = 12;

AGON_HD inline bool steps_into(const GameState& game, const GamePlayer& player, Vector2& where) {
  const Vector2 from = player.body.position + player.body.velocity * 0.1f;
  float most = 0;
  for (int i = 1; i < kStepPoints; i++) {
    if (game.path[i].z > kStepHeight) continue;
    const Vector2 gap = flat(game.path[i]) - from;
    const float spare = kStepReach + kStepSpeed * kPathSpacing * float(i) - length(gap);
    if (spare <= most) continue;
    most = spare;
    where = flat(game.path[i]);
  }
  return most > 0;
}

/// The opponent to mark: the one most dangerous near the player's own place, −1 if none is near.
AGON_HD inline int marked_opponent(const GameState& game, int team, Vector2 place) {
  int best = -1;
  float least = 11.0f;
  for (int k = 1; k < game.level.players[1 - team]; k++) {
    const GamePlayer& other = game.team[1 - team][k];
    if (!other.active || game.carrier == number_of(1 - team, k)) continue;
    const Vector2 gap = other.body.position - place;
    // Opponents nearer to our goal than we are count as nearer.
    const float behind = (place.x - other.body.position.x) * side_of(team);
    const float away = length(gap) - clamped(0.3f * behind, -2.0f, 4.0f);
    if (away < least) {
      least = away;
      best = k;
    }
  }
  return best;
}

/// Place in the formation, with the ball where it soon will be.
AGON_HD inline Vector2 shape_place(const GameState& game, int team, int k) {
  const Vector2 ball = seen_by(team, flat(game.path[5]));
  const bool ours = team_in_possession(game) == team;
  Vector2 place = formation_place(game, team, k, {clamped(ball.x + (ours ? 2.0f : -2.0f), -50.0f, 50.0f), ball.y});
  place.y = clamped(place.y, -kPitchHalfWidth + 2, kPitchHalfWidth - 2);
  return place;
}

/// Attackers take turns in running at the last line; everybody else keeps the shape and onside.
AGON_HD inline Vector2 attacking_place(const GameState& game, int team, int k) {
  Vector2 place = shape_place(game, team, k);
  const float line = offside_line(game, team);
  const bool forward = formation_place(game, team, k, {0, 0}).x > 5.0f;
  // Each forward runs for two seconds in six.
  const bool running = forward && ((game.frame / 20 + std::uint32_t(k)) % 3) == 0;
  if (running) place.x = larger(place.x, line + 1.5f);
  const float shy = running ? -1.5f : 0.5f;
  place.x = smaller(place.x, line - shy);
  return place;
}

AGON_HD inline Vector2 defending_place(const GameState& game, int team, int k, float difficulty) {
  const Vector2 place = seen_by(team, shape_place(game, team, k));
  const int mark = marked_opponent(game, team, place);
  if (mark < 0) return place;
  const GamePlayer& other = game.team[1 - team][mark];
  const Vector2 goal_side = unit(own_goal(team) - other.body.position);
  const Vector2 at = other.body.position + other.body.velocity * 0.3f + goal_side * 2.5f;
  const float own_half = flat(game.ball.position).x * side_of(team) < -15.0f ? 0.2f : 0.0f;
  const float tight = 0.1f + 0.15f * difficulty + own_half;
  return place + (at - place) * tight;
}

}  // namespace detail

/// A defender who is helped closes the carrier down on the goal side, and goes for the ball now and then; a lone one
/// keeps his place, as the reference's do, unless the ball comes near.
inline constexpr float kGoesForBall = 1.0f;
/// In eight steps of 128 from further away: recorded lone defenders went for a ball 2.3 m away in a quarter of the trials.
inline constexpr float kTriesForBall = 2.4f;
/// Distance that the closing defender keeps, by how far the carrier is from the defender's goal: recorded ones wait near
/// their goal and go for the ball in the other half.
AGON_HD inline float stand_off(float from_goal) {
  return from_goal < 65.0f ? 2.7f + 0.025f * (65.0f - from_goal) : larger(2.7f - 0.055f * (from_goal - 65.0f), 0.5f);
}

/// Chance in each step that the closing defender goes for the ball from any distance, at difficulty 1; less in
/// proportion below.
inline constexpr float kLunges = 0.01f;

/// The next defender who closes down, and whether enough others stand behind the ball.
AGON_HD inline bool covered(const GameState& game, int who) {
  const int team = team_of(who);
  int behind = 0;
  for (int k = 1; k < game.level.players[team]; k++) {
    const GamePlayer& mate = game.team[team][k];
    if (k == index_of(who) || !mate.active) continue;
    behind += (game.ball.position.x - mate.body.position.x) * side_of(team) > 0;
  }
  return behind >= 2 || length(own_goal(team) - flat(game.ball.position)) < 22.0f;
}

AGON_HD inline bool goes_for_ball(const GameState& game, int who) {
  const bool tries = (game.seed + game.frame / 8 + std::uint32_t(who)) % 16 == 0;
  return ball_gap(game, player_of(game, who)) < (tries ? kTriesForBall : kGoesForBall);
}

AGON_HD inline bool presses(const GameState& game, int who) {
  if (game.carrier == kNobody || game.in_hands || team_of(game.carrier) == team_of(who)) return false;
  if (goes_for_ball(game, who)) return true;
  return game.designated[team_of(who)] == index_of(who) && covered(game, who);
}

AGON_HD inline Command press(const GameState& game, RandomStream& stream, int who, float difficulty) {
  const GamePlayer& player = player_of(game, who);
  const Vector2 soon = flat(game.path[2]);
  const bool lunge = draw_uniform(stream) < kLunges * difficulty;
  if (lunge || goes_for_ball(game, who)) return {unit(soon - player.body.position), kSprintSpeed};
  const Vector2 back = own_goal(team_of(who)) - soon;
  const Vector2 place = soon + unit(back) * stand_off(length(back));
  return detail::run_to(player, place, 2.5f);
}

/// A race for a loose ball that is lost by more than this is left to the formation, seconds.
inline constexpr float kHopeless = -0.7f;

/// Orders of an outfield player who has not got the ball.
AGON_HD inline Command off_ball(const GameState& game, RandomStream& stream, int who, float difficulty) {
  const int team = team_of(who), k = index_of(who);
  const GamePlayer& player = player_of(game, who);
  const int owners = team_in_possession(game);
  const bool key = game.designated[team] == k;
  const bool carried = game.carrier != kNobody;
  if (!carried && (key || game.receiver == who)) {
    const float lead = team_time(game, 1 - team) - player.time_to_ball;
    const bool theirs = game.receiver != kNobody && team_of(game.receiver) != team;
    // A low pass of theirs is only stepped into, as in the reference, a high one is let past; hopeless races are left
    // to the formation.
    Vector2 lane;
    if (theirs && detail::steps_into(game, player, lane)) return detail::run_to(player, lane, 9.0f);
    if (game.receiver == who || (!theirs && lead > kHopeless)) return detail::run_to_meeting(player);
  }
  if (presses(game, who)) return press(game, stream, who, difficulty);
  if (owners == team) return detail::run_to(player, seen_by(team, detail::attacking_place(game, team, k)), 1.0f);
  return detail::run_to(player, detail::defending_place(game, team, k, difficulty), 1.0f);
}

}  // namespace agon::football
