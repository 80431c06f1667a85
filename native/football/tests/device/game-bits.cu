// A thousand whole games on the GPU, game by game against the CPU, and steps a second by batch size. Exits 77 where
// there is no device. `device-game-bits GAMES STEPS` for others.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "agon/football/device-batch.cuh"
#include "whole-games.hpp"

using namespace agon::football;

namespace {

__global__ void begin(GameState* games, int count) {
  const int i = int(blockIdx.x * blockDim.x + threadIdx.x);
  if (i < count) reset_game(games[i], whole_games::level_of(std::uint32_t(i)), whole_games::kSeed, std::uint32_t(i));
}

__global__ void choose(int count, int step, std::int32_t* actions) {
  const int i = int(blockIdx.x * blockDim.x + threadIdx.x);
  if (i < count) whole_games::actions_of(std::uint32_t(i), step, actions + std::size_t(i) * 22);
}

__global__ void mix(const GameState* games, int count, std::uint64_t* hashes) {
  const int i = int(blockIdx.x * blockDim.x + threadIdx.x);
  if (i < count) hashes[i] = whole_games::mixed(hashes[i], played::hash(games[i]));
}

void must(cudaError_t result, const char* what) {
  if (result == cudaSuccess) return;
  std::printf("device game-bits: %s: %s\n", what, cudaGetErrorString(result));
  std::exit(2);
}

struct Device {
  GameState* games = nullptr;
  std::int32_t* actions = nullptr;
  std::uint64_t* hashes = nullptr;
  int count;

  explicit Device(int size) : count(size) {
    must(cudaMalloc(&games, std::size_t(count) * sizeof(GameState)), "memory");
    must(cudaMalloc(&actions, std::size_t(count) * 22 * sizeof(std::int32_t)), "memory");
    must(cudaMalloc(&hashes, std::size_t(count) * sizeof(std::uint64_t)), "memory");
    begin<<<blocks_for(std::size_t(count)), kGamesPerBlock>>>(games, count);
    must(cudaDeviceSynchronize(), "reset");
  }
  ~Device() {
    cudaFree(games);
    cudaFree(actions);
    cudaFree(hashes);
  }
  void step(int number) {
    choose<<<blocks_for(std::size_t(count)), kGamesPerBlock>>>(count, number, actions);
    must(step_games(games, std::size_t(count), actions, 22, {}), "step");
  }
};

std::vector<std::uint64_t> hashed(int games, int steps) {
  Device device(games);
  std::vector<std::uint64_t> hashes(std::size_t(games), whole_games::kStart);
  const std::size_t bytes = hashes.size() * sizeof(std::uint64_t);
  must(cudaMemcpy(device.hashes, hashes.data(), bytes, cudaMemcpyHostToDevice), "copy");
  for (int step = 0; step < steps; step++) {
    device.step(step);
    mix<<<blocks_for(std::size_t(games)), kGamesPerBlock>>>(device.games, games, device.hashes);
  }
  must(cudaMemcpy(hashes.data(), device.hashes, bytes, cudaMemcpyDeviceToHost), "games");
  return hashes;
}

void time_batches() {
  for (const int games : {1024, 4096, 16384, 65536, 131072}) {
    Device device(games);
    for (int step = 0; step < 5; step++) device.step(step);
    must(cudaDeviceSynchronize(), "warm-up");
    const auto start = std::chrono::steady_clock::now();
    const int steps = 40;
    for (int step = 0; step < steps; step++) device.step(5 + step);
    must(cudaDeviceSynchronize(), "timing");
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    std::printf("  batch of %6d games: %.3g environment steps/s, 22 agents, no observations\n", games,
                double(games) * steps / seconds);
  }
}

}  // namespace

int main(int argc, char** argv) {
  int devices = 0;
  if (cudaGetDeviceCount(&devices) != cudaSuccess || devices == 0) {
    std::printf("device game-bits: no CUDA device here\n");
    return 77;
  }
  const int games = argc > 1 ? std::atoi(argv[1]) : 1000;
  const int steps = argc > 2 ? std::atoi(argv[2]) : whole_games::kSteps;
  const std::vector<std::uint64_t> on_device = hashed(games, steps);
  std::vector<std::uint64_t> on_host(on_device.size());
  WorkCrew crew(int(std::thread::hardware_concurrency()));
  crew.run(on_host.size(), [&](std::size_t i) {
    GameState game;
    on_host[i] = whole_games::play(game, std::uint32_t(i), steps);
  });
  int different = 0;
  for (std::size_t i = 0; i < on_host.size(); i++) different += on_host[i] != on_device[i];
  std::printf("device game-bits: %d games of %d steps, %d differ from the CPU\n", games, steps, different);
  time_batches();
  return different == 0 ? 0 : 1;
}
