#include "games.hpp"

namespace agon::addon {

namespace {

class CpuGames final : public Games {
 public:
  CpuGames(GameState* memory, std::size_t games, int left, int right, int threads)
      : batch_({memory, games}, left, right, threads) {}

  LevelFault reset(std::size_t game, const Level& level, std::uint64_t seed, std::uint32_t episode) override {
    return batch_.reset(game, level, seed, episode);
  }
  void step(const std::int32_t* actions, const StepBuffers& buffers) override { batch_.step(actions, buffers); }
  std::size_t observe(Encoding encoding, void* out) override { return batch_.observe(encoding, out); }
  void watch(std::size_t game, double* out) override { batch_.watch(game, out); }
  void save(std::size_t game, void* out) override { batch_.save(game, out); }
  bool load(std::size_t game, const void* bytes) override { return batch_.load(game, bytes); }

 private:
  football::GameBatch batch_;
};

}  // namespace

std::unique_ptr<Games> cpu_games(GameState* memory, std::size_t games, int left, int right, int threads) {
  return std::make_unique<CpuGames>(memory, games, left, right, threads);
}

}  // namespace agon::addon
