#pragma once

#include "agon/football/raw-observation.hpp"

/// The float encodings of the reference: 115 numbers per agent, float32.
namespace agon::football {

inline constexpr int kSimple115Width = 115;

/// First column of each part of simple115v2 after the four team blocks of 22.
inline constexpr int kSimple115Blocks = 88;
inline constexpr int kSimple115Owner = 94;
inline constexpr int kSimple115Active = 97;
inline constexpr int kSimple115Mode = 108;

AGON_HD inline float* write_pairs(const double (*pairs)[2], int players, float* out) {
  for (int k = 0; k < players; k++) {
    *out++ = static_cast<float>(pairs[k][0]);
    *out++ = static_cast<float>(pairs[k][1]);
  }
  return out;
}

/// Columns 88..114, which both versions share: ball, its direction, owner, active player and game mode one-hot.
AGON_HD inline void write_simple115_tail(const RawObservation& raw, float* out) {
  for (int axis = 0; axis < 3; axis++) {
    out[kSimple115Blocks + axis] = static_cast<float>(raw.ball[axis]);
    out[kSimple115Blocks + 3 + axis] = static_cast<float>(raw.ball_direction[axis]);
  }
  for (int column = kSimple115Owner; column < kSimple115Width; column++) out[column] = 0.0f;
  out[kSimple115Owner + raw.ball_owned_team + 1] = 1.0f;
  if (raw.active >= 0) out[kSimple115Active + raw.active] = 1.0f;
  out[kSimple115Mode + raw.game_mode] = 1.0f;
}

/// simple115v2 of one observation into `out` [115]; each team block is filled with -1 up to 22.
/// Returns false, with the buffer untouched, if the observation is not well formed.
AGON_HD inline bool encode_simple115v2(const RawObservation& raw, float* out) {
  if (!well_formed(raw)) return false;
  for (int column = 0; column < kSimple115Blocks; column++) out[column] = -1.0f;
  write_pairs(raw.left.position, raw.left.players, out);
  write_pairs(raw.left.direction, raw.left.players, out + 22);
  write_pairs(raw.right.position, raw.right.players, out + 44);
  write_pairs(raw.right.direction, raw.right.players, out + 66);
  write_simple115_tail(raw, out);
  return true;
}

/// The older simple115: the four blocks follow one another without gaps and are filled with -1 once, up to 88.
/// Equal to simple115v2 at eleven a side. Returns false as encode_simple115v2 does.
AGON_HD inline bool encode_simple115(const RawObservation& raw, float* out) {
  if (!well_formed(raw)) return false;
  float* next = write_pairs(raw.left.position, raw.left.players, out);
  next = write_pairs(raw.left.direction, raw.left.players, next);
  next = write_pairs(raw.right.position, raw.right.players, next);
  next = write_pairs(raw.right.direction, raw.right.players, next);
  while (next < out + kSimple115Blocks) *next++ = -1.0f;
  write_simple115_tail(raw, out);
  return true;
}

}  // namespace agon::football
