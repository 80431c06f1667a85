#pragma once

#include "agon/football/game/prediction.hpp"
#include "agon/football/game/touch.hpp"

/// Fouls: whistled at once, or only once the team that was fouled has lost the ball.
namespace agon::football {

namespace detail {

/// The referee looks for this long before he decides, and forgets the foul after that, ticks.
inline constexpr int kAdvantageLeast = 60;
inline constexpr int kAdvantageMost = 300;

AGON_HD inline bool in_penalty_area(int team, Vector2 place) {
  return place.x * side_of(team) < -(kPitchHalfLength - 16.5f) && place.y < 20.09f && place.y > -20.09f;
}

/// Free kick, or penalty in the offender's own area.
AGON_HD inline void whistle_foul(GameState& game, int offender, Vector2 place) {
  const int team = team_of(offender);
  whistle(game, in_penalty_area(team, place) ? kModePenalty : kModeFreeKick, 1 - team, place);
}

/// A foul that stops the game.
AGON_HD inline void foul(GameState& game, int offender, Vector2 place) {
  game.fouls[team_of(offender)]++;
  whistle_foul(game, offender, place);
}

/// A foul on a carrier who may keep the ball: the game goes on for as long as his team is the nearer to possession. In the area
/// nothing is better than the penalty. A second foul meanwhile changes nothing.
AGON_HD inline void foul_with_advantage(GameState& game, int offender, Vector2 place) {
  if (in_penalty_area(team_of(offender), place)) {
    foul(game, offender, place);
    return;
  }
  game.fouls[team_of(offender)]++;
  if (game.advantage.ticks == 0) game.advantage = {1, offender, place};
}

}  // namespace detail

/// One tick of a foul that was not whistled. Whatever else stops the game ends it.
AGON_HD inline void watch_advantage(GameState& game) {
  Advantage& advantage = game.advantage;
  if (advantage.ticks == 0) return;
  if (game.whistle.mode != kModeNormal || game.mode != kModeNormal || advantage.ticks >= detail::kAdvantageMost) {
    advantage = {};
    return;
  }
  const int offenders = team_of(advantage.offender);
  const bool lost = game.carrier != kNobody ? team_of(game.carrier) == offenders
                                            : team_time(game, offenders) < team_time(game, 1 - offenders);
  if (++advantage.ticks <= detail::kAdvantageLeast || !lost) return;
  detail::whistle_foul(game, advantage.offender, advantage.place);
  advantage = {};
}

}  // namespace agon::football
