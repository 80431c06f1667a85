#pragma once

#include <cstddef>
#include <cstdint>

#include "agon/football/grf-marl-encoding.hpp"
#include "agon/football/raw-observation.hpp"
#include "agon/football/simple115.hpp"
#include "agon/football/spatial.hpp"
#include "agon/football/tizero-encoding.hpp"
#include "agon/football/tizero-mask.hpp"

/// Encodings of many observations into one lent buffer, row after row.
///
/// Each function returns the number of rows written. It is `count` unless an observation cannot be encoded: then it is
/// that one's index, and its row and those after it are untouched. Nothing is allocated and nothing shared, so threads
/// may take disjoint ranges; a CUDA kernel calls the one-row functions, one row a thread.
namespace agon::football {

template <class Value, class Encoder>
AGON_HD inline std::size_t encode_rows(const RawObservation* raw, std::size_t count, std::size_t width, Value* out,
                                       Encoder encode) {
  for (std::size_t i = 0; i < count; i++) {
    if (!encode(raw[i], out + i * width)) return i;
  }
  return count;
}

/// `out` [count, 115].
AGON_HD inline std::size_t encode_simple115v2_batch(const RawObservation* raw, std::size_t count, float* out) {
  return encode_rows(raw, count, kSimple115Width, out, encode_simple115v2);
}

/// `out` [count, 115].
AGON_HD inline std::size_t encode_simple115_batch(const RawObservation* raw, std::size_t count, float* out) {
  return encode_rows(raw, count, kSimple115Width, out, encode_simple115);
}

/// `out` [count, 72, 96, 4].
AGON_HD inline std::size_t encode_smm_batch(const RawObservation* raw, std::size_t count, std::uint8_t* out) {
  return encode_rows(raw, count, kSmmSize, out, encode_smm);
}

/// `out` [count, 330].
AGON_HD inline std::size_t encode_tizero_batch(const RawObservation* raw, std::size_t count, float* out) {
  return encode_rows(raw, count, kTizeroWidth, out, encode_tizero);
}

/// `out` [count, 20], the second input of the network.
AGON_HD inline std::size_t tizero_mask_batch(const RawObservation* raw, std::size_t count, float* out) {
  return encode_rows(raw, count, kTizeroMaskWidth, out, tizero_mask);
}

/// `out` [count, 217].
AGON_HD inline std::size_t encode_grf_marl_batch(const RawObservation* raw, std::size_t count, float* out) {
  return encode_rows(raw, count, kGrfMarlWidth, out, encode_grf_marl);
}

}  // namespace agon::football
