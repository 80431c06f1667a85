#pragma once

#include <string>

#include "fixtures.hpp"
#include "fixtures/traces.hpp"

/// Recorded rows of a micro-experiment; its trials and columns are in fixtures/traces.hpp. Metres and m/s with y
/// downwards; spin is already in the frame of the simulator.
inline fixtures::Table<float> read_trace(const char* name, int columns) {
  return fixtures::read<float>(fixtures::folder() / (std::string(name) + ".f32"), std::size_t(columns));
}
