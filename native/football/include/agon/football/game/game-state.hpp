#pragma once

#include "agon/football/attributes.hpp"
#include "agon/football/ball.hpp"
#include "agon/football/game/level.hpp"
#include "agon/football/player.hpp"

/// A whole game as one plain record of fixed size, without pointers: copying its bytes saves it. Nor has it padding, so that
/// equal games are equal bytes; `tests/no-padding.cpp` says where a new field brings some.
namespace agon::football {

/// What a player is busy with; anything but `kFree` takes the control of his legs away for `busy` ticks.
enum class Activity : std::int8_t {
  kFree,
  kFollowThrough,  // after a kick
  kSliding,
  kDown,     // on the ground after a slide, or getting up
  kDiving,   // a keeper after a shot
  kSentOff,
};

/// A pass or shot that was asked for and waits for the ball.
struct KickOrder {
  std::int8_t kind = 0;     // kLongPass, kHighPass, kShortPass, kShot, or 0
  std::int8_t target = -1;  // receiver, or −1: chosen at the kick from `direction`
  std::int16_t age = 0;     // ticks since the button
  Vector2 direction;        // held when the button was pressed; null when released
  Vector2 place;            // with `aimed`: where the ball is to go
  std::uint8_t aimed = 0;
  std::uint8_t held = 1;    // environment steps in which the button was down: a longer press is a harder shot
  std::uint8_t unused[2] = {};
};

/// What a player tries to do during one environment step, whoever decided it.
struct Orders {
  Command run;
  std::uint8_t chase = 0;  // go where the ball can be met instead
  std::uint8_t slide = 0;
  std::uint8_t knock_on = 0;
  std::uint8_t unused = 0;
};

struct GamePlayer {
  Player body;
  Orders orders;
  KickOrder kick;
  Build build;
  float skill = 1;         // share of his attributes at this difficulty and tiredness
  float time_to_ball = 0;  // seconds until he can meet the ball on its predicted way
  Vector2 meeting;         // where
  Vector2 course;          // of a slide or dive: metres per second at its beginning
  std::int16_t busy = 0;         // ticks left of the activity
  std::int16_t tackle_wait = 0;  // ticks until he may tackle again
  std::int16_t touch_wait = 0;   // ticks until he may touch the ball again
  Activity activity = Activity::kFree;
  std::uint8_t missed = 0;    // the ball got past him since its last touch
  std::uint8_t offside = 0;   // noted at the last touch of his team
  std::uint8_t sticky[kStickyActions] = {};  // field axes, left team's view
  std::uint8_t builtin = 1;   // moved by the built-in AI
  std::uint8_t yellow = 0;
  std::uint8_t active = 1;
  std::uint8_t lazy = 0;
  std::uint8_t role = 0;
};

/// A decision of the referee that takes effect at the end of the tick; mode 0 is none, kModeKickOff a goal.
struct Whistle {
  std::int32_t mode = kModeNormal;
  std::int32_t team = 0;  // who restarts
  Vector2 place;
};

/// A foul after which the game goes on, see advantage.hpp.
struct Advantage {
  std::int32_t ticks = 0;  // since the foul; 0: there is none
  std::int32_t offender = -1;
  Vector2 place;
};

/// The predicted way of the ball, a point each tenth of a second.
inline constexpr int kPathPoints = 31;
inline constexpr float kPathSpacing = 0.1f;

inline constexpr int kNobody = -1;
/// Balls above this height belong to nobody, metres.
inline constexpr float kOwnedHeight = 0.5f;
/// A loose ball belongs to who touched it last while it is this near to him, metres; right after the touch, ticks, even
/// when an opponent is nearer.
inline constexpr float kOwnedGap = 1.2f;
inline constexpr int kOwnedTicks = 15;

/// How many agents there can be, and how many players on the pitch.
inline constexpr int kEverybody = 2 * kMaxPlayers;

struct GameState {
  Level level;
  std::uint32_t episode = 0;
  std::uint64_t seed = 0;
  std::uint32_t frame = 0;  // calls of step so far

  Ball ball;
  Vector3 path[kPathPoints];
  GamePlayer team[2][kMaxPlayers];

  /// Everybody is numbered 0 … 21, the left team first; kNobody otherwise.
  std::int32_t carrier = kNobody;     // has the ball at his feet or in his hands
  std::int32_t last_touch = kNobody;
  std::int32_t receiver = kNobody;    // whom the flying ball was meant for
  std::int32_t shooter = kNobody;     // who shot the flying ball
  std::int32_t designated[2] = {0, 0};
  std::int32_t agent_player[2][kMaxPlayers] = {};  // player of each agent
  std::int32_t holding = 0;           // ticks since a keeper took the ball in his hands, 0 when none has it
  std::int32_t in_hands = 0;          // the carrier holds the ball
  std::int32_t since_kick = 1000;     // ticks since the last pass or shot
  std::int32_t since_touch = 1000;

  Whistle whistle;
  Advantage advantage;
  std::int32_t mode = kModeNormal;
  std::int32_t taker = kNobody;        // of the restart
  std::int32_t restart_team = 0;
  std::int32_t restart_ticks = 0;      // since the restart was given
  std::int32_t waited = 0;             // observations in a row out of open play
  std::int32_t immune = 0;             // ticks in which the ball cannot be out after a restart
  std::int32_t indirect = 0;           // the next touch is free of offside (throw-in, corner, goal kick)

  std::int32_t score[2] = {0, 0};
  std::int32_t steps_left = 0;
  std::int32_t first_kick_off = 0;     // side of the first kick-off
  std::int32_t last_owner_team = kNoTeam;
  std::int32_t previous_mode = kModeNormal;
  std::int32_t in_second_half = 0;
  std::int32_t done = 0;
  std::int32_t checkpoints[2][kMaxPlayers] = {};  // collected by each agent

  // Counters of the whole episode, for statistics and tests.
  std::int32_t fouls[2] = {0, 0};
  std::int32_t offsides[2] = {0, 0};
};

AGON_HD inline int team_of(int everybody) { return everybody / kMaxPlayers; }
AGON_HD inline int index_of(int everybody) { return everybody % kMaxPlayers; }
AGON_HD inline int number_of(int team, int k) { return team * kMaxPlayers + k; }

AGON_HD inline GamePlayer& player_of(GameState& game, int everybody) {
  return game.team[team_of(everybody)][index_of(everybody)];
}
AGON_HD inline const GamePlayer& player_of(const GameState& game, int everybody) {
  return game.team[team_of(everybody)][index_of(everybody)];
}

/// Which way a team plays: 1 towards +x (left team), −1 towards −x.
AGON_HD inline float side_of(int team) { return team == 0 ? 1.0f : -1.0f; }

AGON_HD inline Vector2 flat(Vector3 v) { return {v.x, v.y}; }

AGON_HD inline Vector2 own_goal(int team) { return {-side_of(team) * kPitchHalfLength, 0}; }
AGON_HD inline Vector2 other_goal(int team) { return {side_of(team) * kPitchHalfLength, 0}; }

/// Unit vector, or null for the null vector.
AGON_HD inline Vector2 unit(Vector2 v) {
  const float size = length(v);
  return size > 1e-6f ? v * (1.0f / size) : Vector2{};
}

/// Distance between a player and the ball along the ground, metres.
AGON_HD inline float ball_gap(const GameState& game, const GamePlayer& player) {
  return length(flat(game.ball.position) - player.body.position);
}

/// The owner as observations show it, kNobody for none: who touched the low ball last, has it at his feet or near them
/// and is nearest to it in time. A ball that was kicked is nobody's.
AGON_HD inline int owner_of(const GameState& game) {
  if (game.in_hands) return game.carrier;
  const bool loose = game.carrier == kNobody;
  const int who = loose ? game.last_touch : game.carrier;
  if (who == kNobody || game.ball.position.z > kOwnedHeight) return kNobody;
  if (loose && (game.since_kick <= game.since_touch || ball_gap(game, player_of(game, who)) > kOwnedGap)) return kNobody;
  if (loose && game.since_touch < kOwnedTicks) return who;
  const int other = 1 - team_of(who);
  const float rival = game.team[other][game.designated[other]].time_to_ball;
  return player_of(game, who).time_to_ball <= rival ? who : kNobody;
}

/// The team that holds the ball, or kicked it last.
AGON_HD inline int team_in_possession(const GameState& game) {
  if (game.carrier != kNobody) return team_of(game.carrier);
  return game.last_touch == kNobody ? kNoTeam : team_of(game.last_touch);
}

}  // namespace agon::football
