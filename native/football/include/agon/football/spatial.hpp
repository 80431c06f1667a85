#pragma once

#include <cstdint>

#include "agon/football/raw-observation.hpp"

/// The spatial encoding ("extracted", super mini-map): uint8 [72, 96, 4] per agent, 255 where somebody stands.
namespace agon::football {

inline constexpr int kSmmRows = 72;
inline constexpr int kSmmColumns = 96;
inline constexpr int kSmmChannels = 4;
inline constexpr int kSmmSize = kSmmRows * kSmmColumns * kSmmChannels;
inline constexpr std::uint8_t kSmmMarker = 255;

inline constexpr int kSmmLeft = 0;
inline constexpr int kSmmRight = 1;
inline constexpr int kSmmBall = 2;
inline constexpr int kSmmActive = 3;

/// Pixel of `value` on an axis from -limit to limit over `size` pixels. What lies outside the picture, and what is not
/// a number, is clamped to its edge before the conversion to int, which would otherwise be undefined.
AGON_HD inline int smm_pixel(double value, double limit, int size) {
  const double scaled = (value + limit) / (limit + limit) * size;
  if (!(scaled > 0.0)) return 0;
  return scaled >= size ? size - 1 : static_cast<int>(scaled);
}

AGON_HD inline void mark_smm(const double position[2], int channel, std::uint8_t* out) {
  const int column = smm_pixel(position[0], 1.0, kSmmColumns);
  const int row = smm_pixel(position[1], 1.0 / 2.25, kSmmRows);
  out[(row * kSmmColumns + column) * kSmmChannels + channel] = kSmmMarker;
}

/// The mini-map of one observation into `out` [72, 96, 4].
/// Returns false, with the buffer untouched, if the observation is not well formed.
AGON_HD inline bool encode_smm(const RawObservation& raw, std::uint8_t* out) {
  if (!well_formed(raw)) return false;
  for (int i = 0; i < kSmmSize; i++) out[i] = 0;
  for (int k = 0; k < raw.left.players; k++) mark_smm(raw.left.position[k], kSmmLeft, out);
  for (int k = 0; k < raw.right.players; k++) mark_smm(raw.right.position[k], kSmmRight, out);
  mark_smm(raw.ball, kSmmBall, out);
  if (raw.active >= 0) mark_smm(raw.left.position[raw.active], kSmmActive, out);
  return true;
}

}  // namespace agon::football
