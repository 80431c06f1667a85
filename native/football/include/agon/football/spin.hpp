#pragma once

#include "agon/football/maths.hpp"
#include "agon/football/vector.hpp"

/// How the grass turns a ball's spin. The reference keeps spin as the rotation of one millisecond, a quaternion, and
/// shows its three angles (about x, then y, then z): moving one spin towards another is a rotation between
/// quaternions, which for angles of a quarter radian is not a straight line between the shown numbers. Read off the
/// recorded shots, whose bounces it explains to 0.03 rad/s where the straight line is 0.6 off.
namespace agon::football {

namespace detail {

inline constexpr double kSpinSpan = 0.001;  // seconds
/// Faster spins (rad/s) count as this: far beyond any kick, and within the reach of the series.
inline constexpr float kFastestSpin = 1500.0f;

struct Quaternion {
  double w, x, y, z;
};

AGON_HD inline Quaternion product(const Quaternion& a, const Quaternion& b) {
  return {a.w * b.w - a.x * b.x - a.y * b.y - a.z * b.z, a.w * b.x + a.x * b.w + a.y * b.z - a.z * b.y,
          a.w * b.y - a.x * b.z + a.y * b.w + a.z * b.x, a.w * b.z + a.x * b.y - a.y * b.x + a.z * b.w};
}

AGON_HD inline double half_turn(float rate) {
  return 0.5 * kSpinSpan * double(clamped(rate, -kFastestSpin, kFastestSpin));
}

/// The rotation about x, then the turned y, then the turned z.
AGON_HD inline Quaternion rotation_of(Vector3 spin) {
  const double x = half_turn(spin.x), y = half_turn(spin.y), z = half_turn(spin.z);
  const Quaternion first = {cosine_series(x), sine_series(x), 0, 0};
  const Quaternion second = {cosine_series(y), 0, sine_series(y), 0};
  const Quaternion third = {cosine_series(z), 0, 0, sine_series(z)};
  return product(product(first, second), third);
}

/// atan(t) for |t| ≤ 1.
AGON_HD inline double small_arctangent(double t) { return t < 0 ? -arctangent_unit(-t) : arctangent_unit(t); }

AGON_HD inline double small_arcsine(double s) { return small_arctangent(s / square_root(1.0 - s * s)); }

AGON_HD inline Vector3 spin_of(const Quaternion& q) {
  const double x = small_arctangent(2.0 * (q.w * q.x - q.y * q.z) / (1.0 - 2.0 * (q.x * q.x + q.y * q.y)));
  const double y = small_arcsine(2.0 * (q.x * q.z + q.w * q.y));
  const double z = small_arctangent(2.0 * (q.w * q.z - q.x * q.y) / (1.0 - 2.0 * (q.y * q.y + q.z * q.z)));
  return {float(x / kSpinSpan), float(y / kSpinSpan), float(z / kSpinSpan)};
}

}  // namespace detail

/// `spin` moved towards `target` by at most `most`; all in rad/s, angles as observations show them.
AGON_HD inline Vector3 spin_towards(Vector3 spin, Vector3 target, float most) {
  // Angles this small differ from the true one by less than a fifth: a ball that rolls already needs no quaternions.
  if (length(target - spin) <= 0.8f * most) return target;
  const detail::Quaternion a = detail::rotation_of(spin);
  const detail::Quaternion b = detail::rotation_of(target);
  const double dw = a.w - b.w, dx = a.x - b.x, dy = a.y - b.y, dz = a.z - b.z;
  const double chord = square_root(dw * dw + dx * dx + dy * dy + dz * dz);
  if (chord > 1.0) return spin + (target - spin) * (most / length(target - spin));
  const double half = 2.0 * detail::small_arcsine(0.5 * chord);
  const double allowed = 0.5 * detail::kSpinSpan * double(most);
  if (half <= allowed) return target;
  const double whole = detail::sine_series(half);
  const double keep = detail::sine_series(half - allowed) / whole;
  const double take = detail::sine_series(allowed) / whole;
  return detail::spin_of({a.w * keep + b.w * take, a.x * keep + b.x * take, a.y * keep + b.y * take,
                          a.z * keep + b.z * take});
}

}  // namespace agon::football
