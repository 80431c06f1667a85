#pragma once

#include "agon/football/actions.hpp"
#include "agon/football/player.hpp"

/// The sticky state of one recorded controller, as the command that a player follows.
struct ReplayedControls {
  agon::football::Vector2 direction;
  bool sprint = false;
  bool dribble = false;

  void take(int action) {
    using namespace agon::football;
    constexpr float d = 0.70710678f;
    constexpr Vector2 compass[] = {{-1, 0}, {-d, d}, {0, 1}, {d, d}, {1, 0}, {d, -d}, {0, -1}, {-d, -d}};
    if (is_direction(action)) direction = compass[action - kLeft];
    if (action == kReleaseDirection) direction = {0, 0};
    if (action == kSprint) sprint = true;
    if (action == kDribble) dribble = true;
  }

  agon::football::Command command() const {
    using namespace agon::football;
    return {direction, sprint ? kSprintSpeed : dribble ? kDribbleSpeed : kWalkSpeed};
  }
};
