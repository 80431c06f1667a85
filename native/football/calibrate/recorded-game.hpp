#pragma once

#include <cstdio>
#include <string>
#include <vector>

#include "agon/football/game/observe.hpp"
#include "agon/football/game/prediction.hpp"
#include "agon/football/game/reset.hpp"
#include "kick-statistics.hpp"

/// Rows of recorded whole games, and what they say as moments, observations and states of the simulator.
namespace calibrate {

using namespace agon::football;

/// First columns of the fields of a row; the right team's follow the left team's.
namespace column {
inline constexpr int kBall = 0, kBallDirection = 3, kBallRotation = 6, kOwnerTeam = 9, kOwner = 10, kMode = 11;
inline constexpr int kScore = 12, kStepsLeft = 14, kPlaces = 15, kDirections = 37, kNextPlaces = 44, kTired = 103;
inline constexpr int kActive = 125, kYellow = 147, kDesignated = 169, kSticky = 171;
inline constexpr int kWidth = 215;
}  // namespace column

/// All rows of a file, [rows, 215]; empty when it cannot be read.
inline std::vector<float> read_rows(const std::string& path) {
  std::vector<float> rows;
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (!file) return rows;
  std::vector<float> row(column::kWidth);
  while (std::fread(row.data(), sizeof(float), row.size(), file) == row.size())
    rows.insert(rows.end(), row.begin(), row.end());
  std::fclose(file);
  return rows;
}

namespace detail {

inline Vector3 at(const float* field) { return {field[0], field[1], field[2]}; }

inline const float* place(const float* row, int team, int k) {
  return row + column::kPlaces + column::kNextPlaces * team + 2 * k;
}
inline const float* direction(const float* row, int team, int k) { return place(row, team, k) + 22; }
inline float of_player(const float* row, int first, int team, int k) { return row[first + kMaxPlayers * team + k]; }

inline Vector2 metres(const float* field) { return flat(from_field({field[0], field[1], 0})); }
inline Vector2 metres_a_second(const float* field) { return flat(velocity_from_field({field[0], field[1], 0})); }

}  // namespace detail

inline Moment moment_of(const float* row) {
  Moment m;
  m.ball = from_field(detail::at(row + column::kBall));
  m.ball_velocity = velocity_from_field(detail::at(row + column::kBallDirection));
  m.owner_team = int(row[column::kOwnerTeam]);
  m.owner = int(row[column::kOwner]);
  m.mode = int(row[column::kMode]);
  for (int team = 0; team < 2; team++) {
    m.score[team] = int(row[column::kScore + team]);
    for (int k = 0; k < kMaxPlayers; k++) {
      m.place[team][k] = detail::metres(detail::place(row, team, k));
      m.speed[team][k] = length(detail::metres_a_second(detail::direction(row, team, k)));
      m.tired[team][k] = detail::of_player(row, column::kTired, team, k);
      m.active[team][k] = detail::of_player(row, column::kActive, team, k) != 0;
      m.yellow[team][k] = detail::of_player(row, column::kYellow, team, k) != 0;
    }
  }
  return m;
}

namespace detail {

inline void observe_recorded_team(const float* row, const Level& level, int team, Team& out) {
  out.players = kMaxPlayers;
  for (int k = 0; k < kMaxPlayers; k++) {
    for (int axis = 0; axis < 2; axis++) {
      out.position[k][axis] = double(place(row, team, k)[axis]);
      out.direction[k][axis] = double(direction(row, team, k)[axis]);
    }
    out.tired_factor[k] = double(of_player(row, column::kTired, team, k));
    out.active[k] = of_player(row, column::kActive, team, k) != 0;
    out.yellow_card[k] = of_player(row, column::kYellow, team, k) != 0;
    out.roles[k] = level.team[team][k].role;
  }
}

}  // namespace detail

/// What player k of a team saw, in his own view. Recorded rows name no roles; the level does.
inline RawObservation recorded_observation(const float* row, const Level& level, int team, int k) {
  RawObservation raw{};
  for (int i = 0; i < 3; i++) {
    raw.ball[i] = double(row[column::kBall + i]);
    raw.ball_direction[i] = double(row[column::kBallDirection + i]);
    raw.ball_rotation[i] = double(row[column::kBallRotation + i]);
  }
  detail::observe_recorded_team(row, level, 0, raw.left);
  detail::observe_recorded_team(row, level, 1, raw.right);
  raw.ball_owned_team = int(row[column::kOwnerTeam]);
  raw.ball_owned_player = int(row[column::kOwner]);
  raw.score[0] = int(row[column::kScore]);
  raw.score[1] = int(row[column::kScore + 1]);
  raw.steps_left = int(row[column::kStepsLeft]);
  raw.game_mode = int(row[column::kMode]);
  raw.active = k;
  raw.designated = int(row[column::kDesignated + team]);
  const int bits = int(detail::of_player(row, column::kSticky, team, k));
  for (int i = 0; i < kStickyActions; i++) raw.sticky_actions[i] = std::uint8_t(bits >> i & 1);
  return team == 0 ? raw : rotated_view(raw);
}

namespace detail {

/// A running player is in the middle of nothing: his next stride begins with this tick, on his course.
inline void stand_as_recorded(const float* row, int team, int k, GamePlayer& player) {
  Player body;
  body.position = metres(place(row, team, k));
  body.velocity = metres_a_second(direction(row, team, k));
  const float speed = length(body.velocity);
  const Vector2 to_ball = flat(from_field(at(row))) - body.position;
  body.facing = speed > 0.3f ? body.velocity * (1.0f / speed) : length(to_ball) > 0 ? unit(to_ball) : Vector2{1, 0};
  body.stride = {body.facing, speed};
  body.reach = speed;
  body.tired = of_player(row, column::kTired, team, k);
  body.ticks_left = 0;
  player.body = body;
  player.yellow = of_player(row, column::kYellow, team, k) != 0;
  player.active = of_player(row, column::kActive, team, k) != 0;
  if (!player.active) player.activity = Activity::kSentOff;
  const int bits = int(of_player(row, column::kSticky, team, k));
  for (int i = 0; i < kStickyActions; i++) player.sticky[i] = std::uint8_t(bits >> i & 1);
}

/// Who owned the ball last, up to two seconds before, as a number of everybody.
inline int last_owner(const std::vector<float>& rows, std::size_t at_row) {
  for (std::size_t back = 0; back < 20 && back <= at_row; back++) {
    const float* row = &rows[(at_row - back) * column::kWidth];
    if (row[column::kOwnerTeam] >= 0) return number_of(int(row[column::kOwnerTeam]), int(row[column::kOwner]));
  }
  return kNobody;
}

}  // namespace detail

/// The state of the simulator that shows a recorded row in open play. What no row says is taken as empty: buttons that
/// wait for the ball, whom a flying ball was meant for, offside noted at the last touch, who is sliding or lying, where
/// in their strides the players are. A keeper who owns a ball above half a metre has it in his hands.
inline GameState state_of(const std::vector<float>& rows, std::size_t at_row, const Level& level, std::uint64_t seed,
                          std::uint32_t episode) {
  const float* row = &rows[at_row * column::kWidth];
  GameState game;
  reset_game(game, level, seed, episode);
  for (int team = 0; team < 2; team++) {
    for (int k = 0; k < kMaxPlayers; k++) detail::stand_as_recorded(row, team, k, game.team[team][k]);
    game.score[team] = int(row[column::kScore + team]);
    game.designated[team] = int(row[column::kDesignated + team]);
  }
  game.steps_left = int(row[column::kStepsLeft]);
  game.frame = std::uint32_t(game.level.game_duration + 1 - game.steps_left);
  game.ball.position = from_field(detail::at(row + column::kBall));
  game.ball.velocity = velocity_from_field(detail::at(row + column::kBallDirection));
  const float reversed = game.level.reverse_team_processing ? -1.0f : 1.0f;
  const float* spin = row + column::kBallRotation;
  game.ball.spin = spin_from_field({reversed * spin[0], reversed * spin[1], spin[2]});
  if (row[column::kOwnerTeam] >= 0) {
    game.carrier = number_of(int(row[column::kOwnerTeam]), int(row[column::kOwner]));
    game.in_hands = index_of(game.carrier) == 0 && game.ball.position.z > kOwnedHeight;
    game.holding = game.in_hands;
  }
  game.last_touch = detail::last_owner(rows, at_row);
  estimate_possession(game);
  seat_agents(game);
  return game;
}

}  // namespace calibrate
