#pragma once

#include <cstdio>

/// A test program counts its checks, prints the first failures with their place, and exits 1 if there was one.
namespace check {

inline long passed = 0;
inline long failed = 0;

/// Failures beyond this many are counted and not printed.
inline constexpr long kPrinted = 20;

inline bool that(bool condition, const char* text, const char* file, int line) {
  if (condition) {
    passed++;
    return true;
  }
  if (failed++ < kPrinted) std::printf("%s:%d: not true: %s\n", file, line, text);
  return false;
}

/// Prints the closing line and gives the exit code. A program without a single check fails.
inline int finish(const char* name) {
  std::printf("%s: %ld checks passed, %ld failed\n", name, passed, failed);
  return failed == 0 && passed > 0 ? 0 : 1;
}

}  // namespace check

#define CHECK(condition) ::check::that((condition), #condition, __FILE__, __LINE__)
