#pragma once

#include "agon/football/game/kick.hpp"
#include "agon/football/game/pass.hpp"
#include "agon/football/game/touch.hpp"
#include "agon/football/random.hpp"

/// The bot's choice of a pass: free lanes and receivers, by a simple rating.
namespace agon::football {

namespace detail {

/// Opponents stand in a way from this far ahead of its start to this far behind its end, metres; each covers this much
/// beside himself, and so much more for each metre that the ball has to go to him.
inline constexpr float kLaneBegins = 0.5f;
inline constexpr float kLaneEnds = 1.0f;
inline constexpr float kLaneReach = 1.0f;
inline constexpr float kLaneReachMore = 0.12f;

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
    if (ahead < kLaneBegins || ahead > size + kLaneEnds) continue;
    const float aside = along.x * gap.y - along.y * gap.x;
    const float reach = kLaneReach + kLaneReachMore * ahead;
    least = smaller(least, (aside < 0 ? -aside : aside) / reach);
  }
  return least;
}

/// Passers take nobody for offside who is this little ahead of the line, metres.
inline constexpr float kUnseenOffside = 1.2f;

/// Mates nearer or further than this are not passed to, metres.
inline constexpr float kPassNearest = 4.0f;
inline constexpr float kPassFurthest = 45.0f;
/// Metres to the nearest opponent from which on a receiver is wholly free, and towards the goal that are a whole gain.
inline constexpr float kOpenFrom = 6.0f;
inline constexpr float kWholeGain = 25.0f;
/// Most that chance adds to a rating at difficulty 0, and how much less of it there is at difficulty 1.
inline constexpr float kPassNoise = 0.5f;
inline constexpr float kPassNoiseLess = 0.3f;
/// Passes of more than so many metres are high where the lane is less free than this, and else in this share.
inline constexpr float kHighFrom = 10.0f;
inline constexpr float kHighUnderLane = 0.7f;
inline constexpr float kHighShare = 0.45f;
/// What a high pass has for the freedom of its lane.
inline constexpr float kHighLane = 0.45f;
/// Low passes of more than so many metres are long ones.
inline constexpr float kLongFrom = 24.0f;
/// Weights in the rating of a pass: freedom of the lane, of the receiver, ground gained (all up to 1) and each metre of
/// its way; what is taken off one of more than `kFarFrom` metres, and off one of less than `kCloseUnder`.
inline constexpr float kLaneWeight = 0.9f;
inline constexpr float kOpenWeight = 0.7f;
inline constexpr float kGainWeight = 1.8f;
inline constexpr float kMetreCost = 0.062f;
inline constexpr float kFarFrom = 22.0f;
inline constexpr float kFarCost = 1.4f;
inline constexpr float kCloseUnder = 6.0f;
inline constexpr float kCloseCost = 0.2f;

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
    if (distance < kPassNearest || distance > kPassFurthest) continue;
    if (mate.body.position.x * side_of(team) > line + kUnseenOffside && game.level.offsides) continue;
    const float open = smaller(nearest_opponent(game, team, to) / kOpenFrom, 1.0f);
    const float lane = lane_freedom(game, team, from, to);
    const float gain = clamped((to.x - from.x) * side_of(team) / kWholeGain, -1.0f, 1.0f);
    const float noise = draw_uniform(stream) * (kPassNoise - kPassNoiseLess * difficulty);
    const bool high = distance > kHighFrom && (lane < kHighUnderLane || draw_uniform(stream) < kHighShare);
    const float way = high ? kHighLane : lane;
    const float near = distance < kCloseUnder ? kCloseCost : 0.0f;
    const float far = distance > kFarFrom ? kFarCost : 0.0f;
    const float rating =
        kLaneWeight * way + kOpenWeight * open + kGainWeight * gain - distance * kMetreCost - far - near + noise;
    if (rating > best.rating) best = {k, high ? kHighPass : distance > kLongFrom ? kLongPass : kShortPass, rating};
  }
  return best;
}

}  // namespace detail

}  // namespace agon::football
