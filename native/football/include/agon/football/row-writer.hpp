#pragma once

#include "agon/football/host-device.hpp"

namespace agon::football {

/// Appends float64 numbers to a float32 row in a lent buffer.
struct RowWriter {
  float* next;

  AGON_HD void put(double value) { *next++ = static_cast<float>(value); }
  AGON_HD void put(bool flag) { *next++ = flag ? 1.0f : 0.0f; }
  AGON_HD void put2(double x, double y) {
    put(x);
    put(y);
  }
  AGON_HD void one_hot(int index, int width) {
    for (int i = 0; i < width; i++) put(i == index);
  }
};

}  // namespace agon::football
