#pragma once

#include "agon/football/arithmetic.hpp"

/// Transcendental functions with the same bits everywhere. Series are summed in float64 by Horner's rule and rounded
/// once to float32, so each result is within 0.5001 units in the last place of the true value over the stated range.
namespace agon::football {

inline constexpr float kPi = 3.14159265358979323846f;

namespace detail {

inline constexpr double kHalfPi = 1.57079632679489661923;
/// Pi/2 in two parts: the first has 32 significant bits, so its product with a quadrant number under 2^20 is exact.
inline constexpr double kHalfPiHigh = 0x1.921fb544p+0;
inline constexpr double kHalfPiLow = 0x1.0b4611a626331p-34;
inline constexpr double kLn2 = 0.693147180559945309417;
inline constexpr double kLn2High = 0x1.62e42fep-1;
inline constexpr double kLn2Low = 0x1.f473de6af278fp-30;

/// Taylor series on |r| ≤ pi/4: the first term left out is r^15/15! < 2e-14.
AGON_HD inline double sine_series(double r) {
  const double q = r * r;
  double s = 1.0 / 6227020800.0;
  s = s * q - 1.0 / 39916800.0;
  s = s * q + 1.0 / 362880.0;
  s = s * q - 1.0 / 5040.0;
  s = s * q + 1.0 / 120.0;
  s = s * q - 1.0 / 6.0;
  return r + r * q * s;
}

/// Taylor series on |r| ≤ pi/4: the first term left out is r^16/16! < 1e-15.
AGON_HD inline double cosine_series(double r) {
  const double q = r * r;
  double s = -1.0 / 87178291200.0;
  s = s * q + 1.0 / 479001600.0;
  s = s * q - 1.0 / 3628800.0;
  s = s * q + 1.0 / 40320.0;
  s = s * q - 1.0 / 720.0;
  s = s * q + 1.0 / 24.0;
  s = s * q - 0.5;
  return 1.0 + q * s;
}

/// Sine of x plus `quarters` right angles.
AGON_HD inline float circular(float x, int quarters) {
  const double turns = nearest(double(x) / kHalfPi);
  const double r = (double(x) - turns * kHalfPiHigh) - turns * kHalfPiLow;
  const int quadrant = (int(turns) + quarters) & 3;
  const double value = (quadrant & 1) ? cosine_series(r) : sine_series(r);
  return float((quadrant & 2) ? -value : value);
}

/// exp(x) as float64 for |x| ≤ 700, relative error < 1e-14: 2^k times the series of the rest, |r| ≤ ln2/2.
AGON_HD inline double exponential_wide(double x) {
  const double k = nearest(x / kLn2);
  const double r = (x - k * kLn2High) - k * kLn2Low;
  double s = 1.0;
  for (int n = 12; n > 0; n--) s = 1.0 + s * r / double(n);
  return s * from_bits(std::uint64_t(int(k) + 1023) << 52);
}

/// ln(x) as float64 for normal x > 0, relative error < 1e-14: x = 2^k m with m in [sqrt(1/2), sqrt(2)), and
/// ln m = 2 atanh((m − 1) / (m + 1)), whose argument is at most 0.1716.
AGON_HD inline double logarithm_wide(double x) {
  const std::uint64_t bits = bits_of(x);
  int k = int(bits >> 52) - 1023;
  double m = from_bits((bits & 0xfffffffffffffull) | 0x3ff0000000000000ull);
  if (m > 1.41421356237309504880) {
    m *= 0.5;
    k += 1;
  }
  const double f = (m - 1.0) / (m + 1.0);
  const double q = f * f;
  double s = 1.0 / 19.0;
  for (int n = 17; n > 0; n -= 2) s = s * q + 1.0 / double(n);
  return double(k) * kLn2 + 2.0 * f * s;
}

/// atan(t) for 0 ≤ t ≤ 1, error < 1e-11: beyond tan(pi/8) the angle is measured from pi/4.
AGON_HD inline double arctangent_unit(double t) {
  const bool far = t > 0.41421356237309504880;
  const double u = far ? (t - 1.0) / (t + 1.0) : t;
  const double q = u * u;
  double s = 1.0 / 25.0;
  for (int n = 23; n > 0; n -= 2) s = 1.0 / double(n) - s * q;
  return u * s + (far ? 0.5 * kHalfPi : 0.0);
}

}  // namespace detail

/// sin(x), x in radians, |x| ≤ 1e6.
AGON_HD inline float sine(float x) { return detail::circular(x, 0); }

/// cos(x), x in radians, |x| ≤ 1e6.
AGON_HD inline float cosine(float x) { return detail::circular(x, 1); }

/// Angle of the vector (x, y) in −pi … pi, 0 for the null vector. Signed zeros count as zero.
AGON_HD inline float arctangent2(float y, float x) {
  const double ax = x < 0 ? -double(x) : double(x);
  const double ay = y < 0 ? -double(y) : double(y);
  if (ax == 0 && ay == 0) return 0;
  double angle = ay <= ax ? detail::arctangent_unit(ay / ax) : detail::kHalfPi - detail::arctangent_unit(ax / ay);
  if (x < 0) angle = 2.0 * detail::kHalfPi - angle;
  return float(y < 0 ? -angle : angle);
}

/// e^x; infinity above 88.73, 0 below −104.
AGON_HD inline float exponential(float x) { return float(detail::exponential_wide(clamped(x, -200.0f, 200.0f))); }

/// ln(x) for x > 0.
AGON_HD inline float logarithm(float x) { return float(detail::logarithm_wide(x)); }

/// x^y for x ≥ 0 and finite y with |y ln x| ≤ 700; 0^y is 0, except 0^0 = 1.
AGON_HD inline float power(float x, float y) {
  if (y == 0) return 1;
  if (x <= 0) return 0;
  return float(detail::exponential_wide(double(y) * detail::logarithm_wide(x)));
}

}  // namespace agon::football
