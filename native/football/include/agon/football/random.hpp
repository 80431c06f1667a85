#pragma once

#include "agon/football/maths.hpp"

/// Counter-based random numbers: Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC'11),
/// bit for bit the generator of Agon's TypeScript streams.
namespace agon::football {

/// Four words: a counter going in, a block of random words coming out.
struct PhiloxBlock {
  std::uint32_t word[4];
};

AGON_HD inline PhiloxBlock philox4x32(PhiloxBlock counter, std::uint32_t key0, std::uint32_t key1) {
  PhiloxBlock c = counter;
  for (int round = 0; round < 10; round++) {
    const std::uint64_t first = 0xd2511f53ull * c.word[0];
    const std::uint64_t second = 0xcd9e8d57ull * c.word[2];
    c = {{std::uint32_t(second >> 32) ^ c.word[1] ^ key0, std::uint32_t(second),
          std::uint32_t(first >> 32) ^ c.word[3] ^ key1, std::uint32_t(first)}};
    key0 += 0x9e3779b9u;
    key1 += 0xbb67ae85u;
  }
  return c;
}

/// A stream: key and the upper counter words name it, the lower two count its blocks.
struct RandomStream {
  std::uint32_t key[2];
  PhiloxBlock counter;
  PhiloxBlock block;
  int used;
};

/// The stream named by a 64-bit key and two words, at its beginning.
AGON_HD inline RandomStream make_stream(std::uint32_t key0, std::uint32_t key1, std::uint32_t name0,
                                        std::uint32_t name1) {
  return {{key0, key1}, {{0, 0, name0, name1}}, {{0, 0, 0, 0}}, 4};
}

/// The draws of one environment in one of its physics steps: no state is carried from step to step, so neither the
/// order in which environments are stepped nor the thread that does it can matter.
AGON_HD inline RandomStream step_stream(std::uint64_t seed, std::uint32_t environment, std::uint32_t step) {
  return make_stream(std::uint32_t(seed), std::uint32_t(seed >> 32), environment, step);
}

/// Uniform over 0 … 2^32 − 1.
AGON_HD inline std::uint32_t draw_word(RandomStream& stream) {
  if (stream.used == 4) {
    stream.block = philox4x32(stream.counter, stream.key[0], stream.key[1]);
    if (++stream.counter.word[0] == 0) ++stream.counter.word[1];
    stream.used = 0;
  }
  return stream.block.word[stream.used++];
}

/// Uniform in [0, 1) with 24 bits.
AGON_HD inline float draw_uniform(RandomStream& stream) { return float(draw_word(stream) >> 8) * 0x1p-24f; }

/// Uniform over the integers 0 … bound − 1, without bias (Lemire's rejection); `bound` ≥ 1.
AGON_HD inline std::uint32_t draw_integer(RandomStream& stream, std::uint32_t bound) {
  std::uint64_t product = std::uint64_t(draw_word(stream)) * bound;
  if (std::uint32_t(product) < bound) {
    const std::uint32_t threshold = (0u - bound) % bound;
    while (std::uint32_t(product) < threshold) product = std::uint64_t(draw_word(stream)) * bound;
  }
  return std::uint32_t(product >> 32);
}

/// Standard normal (Box–Muller; two words a draw, so that every draw costs the same).
AGON_HD inline float draw_normal(RandomStream& stream) {
  const float radius = square_root(-2.0f * logarithm(1.0f - draw_uniform(stream)));
  return radius * cosine(2.0f * kPi * draw_uniform(stream));
}

}  // namespace agon::football
