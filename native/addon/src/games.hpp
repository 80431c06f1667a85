#pragma once

#include <memory>
#include <stdexcept>

#include "agon/football/game-batch.hpp"

/// Many games on one device, behind the same calls.
namespace agon::addon {

using football::Encoding;
using football::GameState;
using football::Level;
using football::LevelFault;
using football::StepBuffers;

/// The device did not do what was asked of it; the message says why.
struct DeviceFailure : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// As GameBatch, which says what each call does. Any call may throw DeviceFailure.
class Games {
 public:
  virtual ~Games() = default;
  virtual LevelFault reset(std::size_t game, const Level& level, std::uint64_t seed, std::uint32_t episode) = 0;
  virtual void step(const std::int32_t* actions, const StepBuffers& buffers) = 0;
  virtual std::size_t observe(Encoding encoding, void* out) = 0;
  virtual void watch(std::size_t game, double* out) = 0;
  virtual void save(std::size_t game, void* out) = 0;
  virtual bool load(std::size_t game, const void* bytes) = 0;
};

/// Games in lent memory.
std::unique_ptr<Games> cpu_games(GameState* memory, std::size_t games, int left, int right, int threads);

#ifdef AGON_CUDA
/// Games in the memory of the first GPU.
std::unique_ptr<Games> cuda_games(std::size_t games, int left, int right);
/// Why no GPU can be used, or null.
const char* cuda_fault();
#endif

}  // namespace agon::addon
