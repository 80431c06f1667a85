// The workload on the GPU, lane by lane against the CPU. Exits 77 where there is no device.
#include <cstdio>
#include <vector>

#include "workload.hpp"

namespace {

__global__ void all_lanes(std::uint64_t* lanes) {
  const int index = int(blockIdx.x * blockDim.x + threadIdx.x);
  if (index < workload::kLanes) lanes[index] = workload::lane(index);
}

}  // namespace

int main() {
  int devices = 0;
  if (cudaGetDeviceCount(&devices) != cudaSuccess || devices == 0) {
    std::printf("device bits: no CUDA device here\n");
    return 77;
  }
  const std::size_t bytes = workload::kLanes * sizeof(std::uint64_t);
  std::uint64_t* on_device = nullptr;
  std::vector<std::uint64_t> lanes(workload::kLanes);
  if (cudaMalloc(&on_device, bytes) != cudaSuccess) return 2;
  all_lanes<<<(workload::kLanes + 127) / 128, 128>>>(on_device);
  const cudaError_t copied = cudaMemcpy(lanes.data(), on_device, bytes, cudaMemcpyDeviceToHost);
  cudaFree(on_device);
  if (copied != cudaSuccess) {
    std::printf("device bits: %s\n", cudaGetErrorString(copied));
    return 2;
  }
  int different = 0;
  for (int i = 0; i < workload::kLanes; i++) different += lanes[std::size_t(i)] != workload::lane(i);
  const std::uint64_t hash = workload::folded(lanes.data());
  std::printf("device bits: %d lanes, %d differ from the CPU, hash %016llx\n", workload::kLanes, different,
              static_cast<unsigned long long>(hash));
  return different == 0 && hash == workload::kExpected ? 0 : 1;
}
