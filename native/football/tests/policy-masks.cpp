#include <cmath>
#include <string>
#include <vector>

#include "agon/football/batch.hpp"
#include "check.hpp"
#include "made-observation.hpp"

using namespace agon::football;

namespace {

/// Hand-made states for the branches of the two masks, the recorded ones having no penalty and no dribble flag.
using Allowed = std::vector<int>;

const Allowed kDirections = {1, 2, 3, 4, 5, 6, 7, 8};

Allowed with_directions(const Allowed& rest) {
  Allowed all = kDirections;
  all.insert(all.end(), rest.begin(), rest.end());
  return all;
}

std::uint32_t bits(const Allowed& actions) {
  std::uint32_t mask = 0;
  for (int action : actions) mask |= action_bit(action);
  return mask;
}

void allows(const RawObservation& raw, const Allowed& expected, const char* state) {
  float row[kTizeroMaskWidth];
  if (!CHECK(tizero_mask(raw, row))) return;
  std::uint32_t mask = 0;
  for (int action = 0; action < kTizeroMaskWidth; action++) mask |= row[action] == 1.0f ? action_bit(action) : 0u;
  if (!CHECK(mask == bits(expected))) std::printf("TiZero, %s: %05x\n", state, mask);
}

void marl_allows(const RawObservation& raw, const Allowed& expected, const char* state) {
  float row[kGrfMarlWidth];
  if (!CHECK(encode_grf_marl(raw, row))) return;
  std::uint32_t mask = 0;
  for (int action = 0; action < kGrfMarlMaskWidth; action++) mask |= row[action] == 1.0f ? action_bit(action) : 0u;
  if (!CHECK(mask == bits(expected))) std::printf("GRF_MARL, %s: %05x\n", state, mask);
}

/// Player 1 at (x, y) with the ball dx away from him.
RawObservation player_at(double x, double y, double dx = 0.0) {
  RawObservation raw = made_observation();
  raw.left.position[1][0] = x;
  raw.left.position[1][1] = y;
  raw.ball[0] = x + dx;
  raw.ball[1] = y;
  return raw;
}

void owned_by(RawObservation& raw, int team, int player) {
  raw.ball_owned_team = team;
  raw.ball_owned_player = player;
}

void check_open_play() {
  allows(player_at(-0.1, 0.0, 0.1), with_directions({13}), "nobody owns, far");
  allows(player_at(-0.1, 0.0), with_directions({9, 10, 11, 13, 16}), "nobody owns, near");
  RawObservation raw = player_at(0.5, 0.0);
  owned_by(raw, kLeftTeam, 1);
  allows(raw, with_directions({9, 10, 11, 12, 13, 17}), "carrier in shooting range");
  raw.sticky_actions[kStickySprint] = 1;
  allows(raw, with_directions({9, 10, 11, 12, 15, 17}), "sprinting carrier");
  raw.sticky_actions[kStickySprint] = 0;
  raw.sticky_actions[kStickyDribble] = 1;
  allows(raw, with_directions({9, 10, 11, 12, 13, 18}), "dribbling carrier");
  raw.ball[0] += 0.05 + 1e-9;
  allows(raw, with_directions({13, 18}), "own team has it, far");
  raw = player_at(0.5, 0.31);
  owned_by(raw, kLeftTeam, 1);
  allows(raw, with_directions({9, 10, 11, 13, 17}), "carrier too wide to shoot");
  raw = player_at(0.45, 0.0);
  owned_by(raw, kRightTeam, 3);
  allows(raw, with_directions({9, 10, 11, 12, 13, 16}), "opponent has it, near");
}

void check_forced() {
  RawObservation raw = player_at(-0.3, 0.0, 0.8);
  raw.ball[1] = 0.4;
  allows(raw, {13}, "ball far away, first sprint");
  raw.sticky_actions[kStickySprint] = 1;
  allows(raw, {6}, "ball far away, then towards it");

  raw = player_at(0.3, 0.0, -0.1);
  for (int k = 2; k < kMaxPlayers; k++) raw.left.position[k][0] = 0.4;
  raw.sticky_actions[kStickySprint] = 1;
  allows(raw, {1, 2, 8}, "last man ahead of the ball runs back");
  raw.left.position[2][0] = 0.2;
  allows(raw, {1, 2, 8}, "one team-mate behind is not enough");
  raw.left.position[3][0] = 0.3;
  allows(raw, {1, 2, 8}, "level does not count as behind");
  raw.left.position[3][0] = 0.2;
  allows(raw, with_directions({15}), "two team-mates behind");
  raw.left.position[3][0] = 0.4;
  owned_by(raw, kLeftTeam, 4);
  allows(raw, with_directions({15}), "own team has the ball");
}

void check_edges() {
  allows(player_at(-0.97, 0.0), {5}, "left edge");
  allows(player_at(0.97, 0.0), {1}, "right edge");
  allows(player_at(0.0, 0.39), {3}, "bottom edge");
  allows(player_at(0.0, -0.39), {7}, "top edge");
  allows(player_at(0.0, -0.38), with_directions({9, 10, 11, 13, 16}), "inside the top edge");
  RawObservation raw = player_at(0.95, 0.0);
  allows(raw, with_directions({9, 10, 11, 12, 13, 16}), "0.95 without the ball");
  owned_by(raw, kLeftTeam, 1);
  allows(raw, {1}, "0.95 with the ball");
  raw.sticky_actions[kStickySprint] = 1;
  allows(raw, {15}, "0.95 with the ball, sprinting");
  raw = player_at(0.0, 0.37);
  owned_by(raw, kLeftTeam, 1);
  allows(raw, {3}, "0.37 with the ball");
  raw = player_at(0.0, -0.38);
  owned_by(raw, kLeftTeam, 1);
  allows(raw, with_directions({9, 10, 11, 13, 17}), "-0.38 with the ball is not tested in y");
  raw = player_at(-0.37, 0.1);
  allows(raw, with_directions({9, 10, 11, 13, 16}), "own third without the ball");
  owned_by(raw, kLeftTeam, 1);
  allows(raw, {7}, "the documented oddity: x <= -0.37 with the ball");
}

void check_restarts() {
  RawObservation raw = player_at(0.0, 0.42);
  raw.game_mode = kModeThrowIn;
  allows(raw, with_directions({9, 10, 11}), "taker of a throw-in at the edge");
  raw.right.position[4][0] = 0.0;
  raw.right.position[4][1] = 0.42;
  allows(raw, {3}, "an opponent just as near: no taker");
  raw.right.position[4][0] = 0.5;
  raw.left.position[0][0] = 0.0;
  raw.left.position[0][1] = 0.42;
  allows(raw, {3}, "a team-mate of lower index just as near: no taker");
  for (int mode : {kModeKickOff, kModeGoalKick, kModeFreeKick, kModeCorner}) {
    raw = player_at(0.5, 0.1);
    raw.game_mode = mode;
    raw.right.position[2][0] = 0.8;
    allows(raw, with_directions({9, 10, 11, 12}), "taker");
    raw.active = 2;
    raw.left.position[2][0] = 0.0;
    allows(raw, with_directions({13}), "not the taker");
  }
  raw = player_at(0.75, 0.0, 0.05);
  raw.game_mode = kModePenalty;
  allows(raw, with_directions({12}), "taker of a penalty");
  raw.left.position[1][0] = 0.69;
  allows(raw, with_directions({13}), "too far back for the penalty");

  raw = player_at(0.0, 0.0, 0.8);
  raw.game_mode = kModeFreeKick;
  for (int k = 0; k < kMaxPlayers; k++) raw.right.position[k][0] = -0.6;
  allows(raw, {5}, "sprint forced and forbidden: towards the ball");
}

void check_sent_action() {
  CHECK(tizero_sent_action(kDribble, true) == kReleaseSprint && tizero_sent_action(kDribble, false) == kDribble);
  CHECK(tizero_sent_action(kShot, true) == kShot);
}

void check_marl_open_play() {
  const Allowed moving = {0, 1, 2, 3, 4, 5, 6, 7, 8, 13};
  const auto plus = [&](Allowed rest) {
    rest.insert(rest.end(), moving.begin(), moving.end());
    return rest;
  };
  RawObservation raw = player_at(0.0, 0.0, 0.031);
  marl_allows(raw, moving, "nobody owns, far");
  marl_allows(player_at(0.0, 0.0), plus({9, 10, 11, 17}), "nobody owns, near");
  raw = player_at(0.0, 0.0);
  owned_by(raw, kRightTeam, 2);
  marl_allows(raw, plus({16}), "opponent has it, near");
  raw.sticky_actions[kStickyDribble] = 1;
  marl_allows(raw, plus({18}), "opponent has it, near, dribble flag");
  raw.ball[0] = 0.031;
  marl_allows(raw, plus({18}), "opponent has it, far, dribble flag");
  raw = player_at(0.7, 0.0);
  owned_by(raw, kLeftTeam, 1);
  marl_allows(raw, plus({11, 12, 17}), "carrier in the box");
  raw.sticky_actions[kStickySprint] = 1;
  raw.sticky_actions[2] = 1;
  marl_allows(raw, plus({11, 12, 14, 15, 17}), "carrier in the box, sprinting to the top");
  raw = player_at(1.005, 0.0);
  owned_by(raw, kLeftTeam, 1);
  marl_allows(raw, plus({9, 10, 11, 12, 17}), "carrier behind the line");
  raw = player_at(0.6, 0.0, 0.04);
  owned_by(raw, kLeftTeam, 1);
  marl_allows(raw, moving, "own team has it, far");
}

void check_marl_restarts() {
  RawObservation raw = player_at(-0.9, 0.0);
  raw.game_mode = kModeGoalKick;
  marl_allows(raw, {0, 9, 10, 11}, "own goal kick");
  raw = player_at(0.95, 0.4);
  raw.game_mode = kModeCorner;
  marl_allows(raw, {0, 9, 10, 11}, "own corner");
  raw = player_at(0.75, 0.0);
  raw.game_mode = kModePenalty;
  marl_allows(raw, {0, 12}, "own penalty");
  raw.ball[0] = -0.8;
  marl_allows(raw, {0, 1, 2, 3, 4, 5, 6, 7, 8, 13}, "penalty at the other end");
}

void check_marl_zones() {
  CHECK(grf_marl_zone(-1.0, 0.0) == 0 && grf_marl_zone(-0.64, 0.0) == 1 && grf_marl_zone(-0.7, 0.27) == 1);
  CHECK(grf_marl_zone(-0.2, 0.0) == 2 && grf_marl_zone(0.2, 0.41) == 2 && grf_marl_zone(0.64, 0.0) == 4);
  CHECK(grf_marl_zone(0.65, 0.0) == 3 && grf_marl_zone(0.65, 0.3) == 4 && grf_marl_zone(1.0, 0.0) == 3);
  CHECK(grf_marl_zone(1.01, 0.0) == 5 && grf_marl_zone(0.0, 0.42) == 5 && grf_marl_zone(-1.01, 0.0) == 5);
}

}  // namespace

int main() {
  check_open_play();
  check_forced();
  check_edges();
  check_restarts();
  check_sent_action();
  check_marl_open_play();
  check_marl_restarts();
  check_marl_zones();
  return check::finish("policy masks");
}
