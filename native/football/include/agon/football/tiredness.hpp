#pragma once

#include "agon/football/arithmetic.hpp"

/// Tiredness grows with the distance run, whatever the pace; it lowers attributes, not the top speed.
namespace agon::football {

/// Per metre and per (2 − stamina): the mean slope of ten recorded players (0.0005395 … 0.0005453).
inline constexpr float kTirednessPerMetre = 0.000542f;
inline constexpr float kMostTired = 0.99f;

/// The tired factor after `metres` more.
AGON_HD inline float tire(float tired, float stamina, float metres) {
  return smaller(tired + kTirednessPerMetre * (2.0f - stamina) * metres, kMostTired);
}

}  // namespace agon::football
