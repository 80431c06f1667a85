#include <string>
#include <vector>

#include "agon/football/device-batch.cuh"
#include "games.hpp"

namespace agon::addon {

namespace {

void must(cudaError_t result, const char* what) {
  if (result == cudaSuccess) return;
  throw DeviceFailure(std::string(what) + ": " + cudaGetErrorString(result));
}

/// Memory of the device, freed with its owner.
class DeviceMemory {
 public:
  DeviceMemory() = default;
  DeviceMemory(const DeviceMemory&) = delete;
  DeviceMemory& operator=(const DeviceMemory&) = delete;
  ~DeviceMemory() { cudaFree(data_); }

  /// At least this many bytes; what was there before is lost where it grows.
  void* at_least(std::size_t bytes) {
    if (bytes <= size_) return data_;
    cudaFree(data_);
    data_ = nullptr;
    size_ = 0;
    must(cudaMalloc(&data_, bytes), "memory of the GPU");
    size_ = bytes;
    return data_;
  }

 private:
  void* data_ = nullptr;
  std::size_t size_ = 0;
};

/// Host memory that the device copies to and from at full speed, freed with its owner.
template <class T>
class PinnedArray {
 public:
  explicit PinnedArray(std::size_t count) {
    if (count > 0) must(cudaMallocHost(&data_, count * sizeof(T)), "memory for copies from the GPU");
  }
  PinnedArray(const PinnedArray&) = delete;
  PinnedArray& operator=(const PinnedArray&) = delete;
  ~PinnedArray() { cudaFreeHost(data_); }
  T* data() { return data_; }

 private:
  T* data_ = nullptr;
};

/// An array of the step, on the device and, pinned, on the host.
template <class T>
class StepArray {
 public:
  explicit StepArray(std::size_t count) : count_(count), host_(count) {
    data_ = static_cast<T*>(device_.at_least(count * sizeof(T) + 1));
  }
  T* data() { return data_; }

  void send(const T* from) {
    if (count_ == 0) return;
    std::memcpy(host_.data(), from, count_ * sizeof(T));
    must(cudaMemcpyAsync(data_, host_.data(), count_ * sizeof(T), cudaMemcpyHostToDevice), "actions to the GPU");
  }
  /// Begins the copy; `take` may follow when the device is idle.
  void fetch() {
    if (count_ == 0) return;
    must(cudaMemcpyAsync(host_.data(), data_, count_ * sizeof(T), cudaMemcpyDeviceToHost), "results of the GPU");
  }
  void take(T* to) {
    if (count_ > 0) std::memcpy(to, host_.data(), count_ * sizeof(T));
  }

 private:
  std::size_t count_;
  DeviceMemory device_;
  PinnedArray<T> host_;
  T* data_;
};

/// Games are reset, saved and loaded on the host, where the same functions give the same bits; they are stepped and
/// encoded on the device. One thread at a time.
class CudaGames final : public Games {
 public:
  CudaGames(std::size_t games, int left, int right)
      : count_(games),
        agents_(std::size_t(left) + std::size_t(right)),
        one_(1, left, right, 1),
        actions_(games * agents_),
        scoring_(games * agents_),
        checkpoints_(games * agents_),
        terminated_(games),
        truncated_(games),
        score_(2 * games) {
    games_ = static_cast<GameState*>(states_.at_least(games * sizeof(GameState)));
    misfits_ = static_cast<unsigned*>(counter_.at_least(sizeof(unsigned)));
  }

  LevelFault reset(std::size_t game, const Level& level, std::uint64_t seed, std::uint32_t episode) override {
    const LevelFault fault = one_.reset(0, level, seed, episode);
    if (fault == LevelFault::kNone) put(game);
    return fault;
  }

  void step(const std::int32_t* actions, const StepBuffers& out) override {
    actions_.send(actions);
    const StepBuffers buffers = {scoring_.data(), checkpoints_.data(), terminated_.data(), truncated_.data(),
                                 score_.data()};
    must(football::step_games(games_, count_, actions_.data(), int(agents_), buffers), "a step on the GPU");
    scoring_.fetch();
    checkpoints_.fetch();
    terminated_.fetch();
    truncated_.fetch();
    score_.fetch();
    must(cudaStreamSynchronize(nullptr), "a step on the GPU");
    scoring_.take(out.scoring);
    checkpoints_.take(out.checkpoints);
    terminated_.take(out.terminated);
    truncated_.take(out.truncated);
    score_.take(out.score);
  }

  std::size_t observe(Encoding encoding, void* out) override {
    const std::size_t row = football::encoding_width(encoding) * football::encoding_bytes(encoding);
    const std::size_t bytes = count_ * agents_ * row;
    if (bytes == 0) return count_;
    void* rows = rows_.at_least(bytes);
    must(cudaMemset(misfits_, 0, sizeof *misfits_), "memory of the GPU");
    must(football::observe_games(games_, count_, int(agents_), encoding, rows, misfits_), "encodings on the GPU");
    fetch(static_cast<unsigned char*>(out), static_cast<const unsigned char*>(rows), bytes);
    unsigned misfits = 0;
    fetch(&misfits, misfits_, 1);
    return count_ - misfits;
  }

  void watch(std::size_t game, double* out) override {
    take(game);
    one_.watch(0, out);
  }

  void save(std::size_t game, void* out) override {
    fetch(static_cast<unsigned char*>(out), reinterpret_cast<const unsigned char*>(games_ + game), sizeof(GameState));
  }

  bool load(std::size_t game, const void* bytes) override {
    if (!one_.load(0, bytes)) return false;
    put(game);
    return true;
  }

 private:
  template <class T>
  static void fetch(T* to, const T* from, std::size_t count) {
    must(cudaMemcpy(to, from, count * sizeof(T), cudaMemcpyDeviceToHost), "results of the GPU");
  }

  void put(std::size_t game) {
    must(cudaMemcpy(games_ + game, &one_.state(0), sizeof(GameState), cudaMemcpyHostToDevice), "a game to the GPU");
  }

  void take(std::size_t game) {
    std::vector<unsigned char> bytes(sizeof(GameState));
    save(game, bytes.data());
    if (!one_.load(0, bytes.data())) throw DeviceFailure("a game on the GPU is spoiled");
  }

  std::size_t count_, agents_;
  football::GameBatch one_;
  DeviceMemory states_, counter_, rows_;
  StepArray<std::int32_t> actions_;
  StepArray<float> scoring_, checkpoints_;
  StepArray<std::uint8_t> terminated_, truncated_;
  StepArray<std::int32_t> score_;
  GameState* games_;
  unsigned* misfits_;
};

}  // namespace

const char* cuda_fault() {
  int devices = 0;
  const cudaError_t result = cudaGetDeviceCount(&devices);
  if (result != cudaSuccess) return cudaGetErrorString(result);
  return devices == 0 ? "there is no GPU" : nullptr;
}

std::unique_ptr<Games> cuda_games(std::size_t games, int left, int right) {
  if (const char* fault = cuda_fault()) throw DeviceFailure(fault);
  return std::make_unique<CudaGames>(games, left, right);
}

}  // namespace agon::addon
