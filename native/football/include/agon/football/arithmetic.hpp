#pragma once

#include <cfloat>
#include <cmath>
#include <cstdint>
#include <cstring>

#include "agon/football/host-device.hpp"

/// The arithmetic that everything else is made of: + − × ÷ and square root, each rounded once to nearest even. That
/// is what makes the bits equal on any processor and on the GPU, and it holds only when no multiply-add is contracted
/// (`-ffp-contract=off`, `--fmad=false`) and nothing is reassociated (no fast-math).
namespace agon::football {

#ifdef __FAST_MATH__
#error "fast-math changes bits; compile without it"
#endif
#if !defined(__CUDA_ARCH__) && FLT_EVAL_METHOD != 0
#error "intermediate results must have the precision of their type (on 32-bit x86: -msse2 -mfpmath=sse)"
#endif

AGON_HD inline float square_root(float x) {
#ifdef __CUDA_ARCH__
  return __fsqrt_rn(x);
#else
  return std::sqrt(x);
#endif
}

AGON_HD inline double square_root(double x) {
#ifdef __CUDA_ARCH__
  return __dsqrt_rn(x);
#else
  return std::sqrt(x);
#endif
}

AGON_HD inline float smaller(float a, float b) { return b < a ? b : a; }

AGON_HD inline float larger(float a, float b) { return a < b ? b : a; }

AGON_HD inline float clamped(float x, float low, float high) { return smaller(larger(x, low), high); }

/// Nearest integer (ties to even) of |x| < 2^51, as a double: the sum with 1.5 × 2^52 has no bits left for a fraction.
AGON_HD inline double nearest(double x) {
  const double shift = 6755399441055744.0;
  return (x + shift) - shift;
}

AGON_HD inline std::uint64_t bits_of(double x) {
  std::uint64_t bits;
  std::memcpy(&bits, &x, sizeof bits);
  return bits;
}

AGON_HD inline double from_bits(std::uint64_t bits) {
  double x;
  std::memcpy(&x, &bits, sizeof x);
  return x;
}

}  // namespace agon::football
