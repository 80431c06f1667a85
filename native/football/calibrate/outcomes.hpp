#pragma once

#include "plays.hpp"

/// What came out of a play, recorded or simulated: NAN stands for "did not happen".
namespace calibrate {

struct PassOutcome {
  double speed = NAN, delay = NAN, steps = NAN;
};

/// Speed of the pass, steps from button to kick, and from kick until the receiver L2 owns the ball.
inline PassOutcome pass_outcome(const Play& play, int press) {
  PassOutcome out;
  const int kick = kicked(play, press);
  if (kick < 0) return out;
  out.speed = length(play[std::size_t(kick)].ball_velocity);
  out.delay = kick - press;
  const int got = owned_by(play, kick, 0, 2);
  if (got >= 0) out.steps = got - kick;
  return out;
}

/// The team of the next owner after the kick who is not the passer.
inline double next_owner(const Play& play) {
  const int kick = kicked(play, 1);
  for (std::size_t i = std::size_t(std::max(kick, 0)); kick >= 0 && i < play.size(); i++) {
    const bool receiver = play[i].owner_team == 0 && play[i].owner == 2;
    if (play[i].owner_team == 1 || receiver) return play[i].owner_team;
  }
  return NAN;
}

struct ShotOutcome {
  double goal = 0, speed = NAN, delay = NAN, across = NAN;
};

/// Goal or not; and where the ball meets the goal line along its last flight before it, metres from the middle.
inline ShotOutcome shot_outcome(const Play& play) {
  ShotOutcome out;
  out.goal = !play.empty() && play.back().left_score > 0;
  const int press = pressed(play, kShot);
  const int kick = press < 0 ? -1 : kicked(play, press);
  if (kick < 0) return out;
  out.speed = length(play[std::size_t(kick)].ball_velocity);
  out.delay = kick - press;
  for (std::size_t i = std::size_t(kick); i < play.size(); i++) {
    const bool last = i + 1 == play.size() || play[i + 1].ball.x > 54 || play[i + 1].ball.x < play[i].ball.x;
    if (play[i].ball_velocity.x <= 5 || !last) continue;
    out.across = play[i].ball.y + play[i].ball_velocity.y * (55 - play[i].ball.x) / play[i].ball_velocity.x;
    break;
  }
  return out;
}

struct SlideOutcome {
  double won = NAN, foul = NAN, length = NAN, up = NAN;
};

/// Whether L1's slide won the ball within two seconds or was a foul, how far it went, and steps until he was up.
inline SlideOutcome slide_outcome(const Play& play) {
  SlideOutcome out;
  const int press = pressed(play, kSlide);
  if (press < 0) return out;
  out.won = out.foul = 0;
  int stop = -1, up = -1;
  for (int i = press; i < press + 21 && i < int(play.size()); i++) {
    const PlayRow& row = play[std::size_t(i)];
    if (row.owner_team == 0) out.won = 1;
    if (row.mode == kModeFreeKick) out.foul = 1;
    const double pace = length(row.left_velocity);
    if (stop < 0 && pace < 0.4) stop = i;
    if (stop >= 0 && i > stop && up < 0 && pace > 1) up = i;
  }
  if (stop < 0 || int(play.size()) < press + 21) return out;
  out.length = length(play[std::size_t(stop)].left - play[std::size_t(press)].left);
  if (up >= 0) out.up = up - press;
  return out;
}

/// Whether the right team took the ball.
inline double lost(const Play& play) { return owned_by(play, 1, 1) < 0 ? 0 : 1; }

/// Steps until L1 owns the ball.
inline double steps_to_own(const Play& play) {
  const int got = owned_by(play, 0, 0, 1);
  return got < 0 ? NAN : got;
}

}  // namespace calibrate
