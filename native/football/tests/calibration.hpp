#pragma once

#include <cstdio>

#include "check.hpp"

namespace check {

/// A row of a calibration table: what was measured, and the most that is allowed. Rows beyond it fail the program.
inline void row(const char* what, double measured, double allowed, const char* unit) {
  const bool holds = measured <= allowed;
  std::printf("  %-64s %9.4f  allowed %8.4f %-5s %s\n", what, measured, allowed, unit, holds ? "ok" : "NOT MET");
  that(holds, what, "calibration", 0);
}

}  // namespace check
