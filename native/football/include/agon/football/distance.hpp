#pragma once

#include <cmath>

#include "agon/football/arithmetic.hpp"
#include "agon/football/raw-observation.hpp"

/// Plane distances between players and ball, in field units without aspect correction, float64.
namespace agon::football {

/// sqrt is correctly rounded on both sides, so this has the same bits on CPU and GPU if nothing is contracted.
AGON_HD inline double length2(double x, double y) { return sqrt(x * x + y * y); }

AGON_HD inline double distance2(const double a[2], const double b[2]) {
  return length2(a[0] - b[0], a[1] - b[1]);
}

/// Index of the player nearest to `point`, the first of equals; `skipped` (-1 for nobody) is left out.
/// -1 if there is no candidate.
AGON_HD inline int nearest_player(const Team& team, const double point[2], int skipped) {
  int nearest = -1;
  double shortest = 0.0;
  for (int k = 0; k < team.players; k++) {
    if (k == skipped) continue;
    const double distance = distance2(team.position[k], point);
    if (nearest >= 0 && !(distance < shortest)) continue;
    nearest = k;
    shortest = distance;
  }
  return nearest;
}

}  // namespace agon::football
