#pragma once

#include <cstdint>

#include "agon/football/game-batch.hpp"

/// Many games stepped together on a GPU: one thread a game, states in device memory. The same functions as on the CPU,
/// so the same bits.
namespace agon::football {

namespace detail {

/// A thread works on a copy of its game: the compiler keeps it in local memory, which the hardware interleaves between
/// threads, so that neighbours' accesses fall together.
__global__ void step_games_kernel(GameState* games, std::size_t count, const std::int32_t* actions, int agents,
                                  StepBuffers buffers) {
  const std::size_t i = std::size_t(blockIdx.x) * blockDim.x + threadIdx.x;
  if (i >= count) return;
  GameState game = games[i];
  step_into(game, i, actions + i * std::size_t(agents), buffers);
  games[i] = game;
}

__global__ void observe_games_kernel(const GameState* games, std::size_t count, int agents, Encoding encoding,
                                     unsigned char* out, unsigned* misfits) {
  const std::size_t i = std::size_t(blockIdx.x) * blockDim.x + threadIdx.x;
  if (i >= count) return;
  const std::size_t row = encoding_width(encoding) * encoding_bytes(encoding);
  const int written = encode_game(games[i], encoding, out + i * std::size_t(agents) * row);
  if (misfits && written < agents) atomicAdd(misfits, 1u);
}

}  // namespace detail

inline constexpr int kGamesPerBlock = 64;

inline unsigned blocks_for(std::size_t games) { return unsigned((games + kGamesPerBlock - 1) / kGamesPerBlock); }

/// One environment step of `count` games in device memory, all with `agents` agents. All pointers are device pointers;
/// shapes as in GameBatch::step. Asynchronous on `stream`.
inline cudaError_t step_games(GameState* games, std::size_t count, const std::int32_t* actions, int agents,
                              const StepBuffers& buffers, cudaStream_t stream = nullptr) {
  detail::step_games_kernel<<<blocks_for(count), kGamesPerBlock, 0, stream>>>(games, count, actions, agents, buffers);
  return cudaGetLastError();
}

/// Encodings of all agents into `out` [count, agents, width], as GameBatch::observe. `misfits`, where given, is raised by
/// the number of games that the encoding does not fit.
inline cudaError_t observe_games(const GameState* games, std::size_t count, int agents, Encoding encoding, void* out,
                                 unsigned* misfits = nullptr, cudaStream_t stream = nullptr) {
  detail::observe_games_kernel<<<blocks_for(count), kGamesPerBlock, 0, stream>>>(
      games, count, agents, encoding, static_cast<unsigned char*>(out), misfits);
  return cudaGetLastError();
}

}  // namespace agon::football
