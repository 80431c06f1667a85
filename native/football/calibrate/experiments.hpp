#pragma once

#include "carried-runs.hpp"
#include "flights.hpp"
#include "kicks.hpp"

namespace calibrate {

/// Every row that the unpacked experiments of a folder allow.
inline Table experiments(const std::string& folder) {
  Table table;
  free_flights(folder, table);
  runs_without_ball(folder, table);
  runs_with_ball(folder, table);
  passes(folder, table);
  interceptions(folder, table);
  free_shots(folder, table);
  kept_shots(folder, table);
  slides(folder, table);
  tackles_of(folder, table);
  loose_balls(folder, table);
  retreats(folder, table);
  return table;
}

}  // namespace calibrate
