#pragma once

#include "agon/football/host-device.hpp"

/// "stacked" observations: the last four frames side by side on the last axis, oldest first.
namespace agon::football {

inline constexpr int kStackedFrames = 4;

/// Pushes `frame` [cells, channels] into `stack` [cells, 4 * channels] in place. The stack is its own memory of the
/// past, so it must be the buffer of the previous step; `first` (after a reset) repeats the frame in all four places.
/// Mini-maps have 6912 cells of 4 channels, float vectors one cell of 115.
template <class Value>
AGON_HD inline void push_frame(const Value* frame, int cells, int channels, bool first, Value* stack) {
  const int kept = (kStackedFrames - 1) * channels;
  for (int cell = 0; cell < cells; cell++) {
    Value* row = stack + cell * kStackedFrames * channels;
    for (int i = 0; i < kept; i++) row[i] = first ? frame[cell * channels + i % channels] : row[i + channels];
    for (int i = 0; i < channels; i++) row[kept + i] = frame[cell * channels + i];
  }
}

}  // namespace agon::football
