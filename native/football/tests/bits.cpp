// The same bits on one thread, on two, in another order, with another compiler, and (device/bits.cu) on the GPU.
#include <thread>
#include <vector>

#include "check.hpp"
#include "workload.hpp"

namespace {

std::vector<std::uint64_t> backwards_on_two_threads() {
  std::vector<std::uint64_t> lanes(workload::kLanes);
  const auto half = [&](int first) {
    for (int i = workload::kLanes - 1 - first; i >= 0; i -= 2) lanes[std::size_t(i)] = workload::lane(i);
  };
  std::thread other(half, 1);
  half(0);
  other.join();
  return lanes;
}

}  // namespace

int main() {
  std::vector<std::uint64_t> lanes(workload::kLanes);
  for (int i = 0; i < workload::kLanes; i++) lanes[std::size_t(i)] = workload::lane(i);
  const std::uint64_t hash = workload::folded(lanes.data());
  std::printf("  %d lanes, hash %016llx\n", workload::kLanes, static_cast<unsigned long long>(hash));
  CHECK(lanes == backwards_on_two_threads());
  CHECK(hash == workload::kExpected);
  return check::finish("bits");
}
