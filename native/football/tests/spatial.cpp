#include <cmath>
#include <cstdint>
#include <cstring>
#include <vector>

#include "agon/football/batch.hpp"
#include "agon/football/frame-stack.hpp"
#include "check.hpp"
#include "fixtures.hpp"
#include "made-observation.hpp"

using namespace agon::football;

namespace {

int pixel(const std::uint8_t* map, int row, int column, int channel) {
  return map[(row * kSmmColumns + column) * kSmmChannels + channel];
}

int marked(const std::uint8_t* map, int channel) {
  int count = 0;
  for (int cell = 0; cell < kSmmRows * kSmmColumns; cell++) count += map[cell * kSmmChannels + channel] == 255 ? 1 : 0;
  return count;
}

void check_pixels() {
  CHECK(smm_pixel(-1.0, 1.0, 96) == 0 && smm_pixel(0.0, 1.0, 96) == 48 && smm_pixel(1.0, 1.0, 96) == 95);
  CHECK(smm_pixel(-1.0 + 1.0 / 48.0, 1.0, 96) == 1 && smm_pixel(-1.0 + 0.99 / 48.0, 1.0, 96) == 0);
  CHECK(smm_pixel(-1.05, 1.0, 96) == 0 && smm_pixel(1.05, 1.0, 96) == 95);
  const double limit = 1.0 / 2.25;
  CHECK(smm_pixel(0.0, limit, 72) == 36 && smm_pixel(-0.42, limit, 72) == 1 && smm_pixel(0.42, limit, 72) == 70);
  CHECK(smm_pixel(0.5, limit, 72) == 71 && smm_pixel(-0.5, limit, 72) == 0);
  CHECK(smm_pixel(1e300, limit, 72) == 71 && smm_pixel(-INFINITY, limit, 72) == 0 && smm_pixel(NAN, limit, 72) == 0);
}

void check_hand_made() {
  RawObservation raw = made_observation(2);
  raw.right.players = 1;
  raw.left.position[0][0] = -1.011;
  raw.left.position[0][1] = 0.0;
  raw.left.position[1][0] = 0.25;
  raw.left.position[1][1] = -0.3;
  raw.right.position[0][0] = 1.2;
  raw.right.position[0][1] = 0.6;
  raw.ball[0] = -0.5;
  raw.ball[1] = 0.1;
  raw.active = 1;
  std::vector<std::uint8_t> map(kSmmSize, 3);
  CHECK(encode_smm(raw, map.data()));
  CHECK(pixel(map.data(), 36, 0, kSmmLeft) == 255 && pixel(map.data(), 11, 60, kSmmLeft) == 255);
  CHECK(pixel(map.data(), 71, 95, kSmmRight) == 255);
  CHECK(pixel(map.data(), 44, 24, kSmmBall) == 255);
  CHECK(pixel(map.data(), 11, 60, kSmmActive) == 255);
  CHECK(marked(map.data(), kSmmLeft) == 2 && marked(map.data(), kSmmRight) == 1);
  CHECK(marked(map.data(), kSmmBall) == 1 && marked(map.data(), kSmmActive) == 1);
  for (std::uint8_t value : map) CHECK(value == 0 || value == 255);
  raw.active = -1;
  CHECK(encode_smm(raw, map.data()) && marked(map.data(), kSmmActive) == 0);
}

/// By the formula with floor and clamp, over all recorded observations in one batch.
void check_recorded() {
  const std::vector<RawObservation> raw = fixtures::observations();
  std::vector<std::uint8_t> maps(raw.size() * kSmmSize, 3);
  CHECK(encode_smm_batch(raw.data(), raw.size(), maps.data()) == raw.size());
  const auto cell = [](double value, double low, double high, int size) {
    const double pixel = std::floor((value - low) / (high - low) * size);
    return static_cast<int>(std::fmin(std::fmax(pixel, 0.0), size - 1.0));
  };
  for (std::size_t i = 0; i < raw.size(); i++) {
    std::vector<std::uint8_t> expected(kSmmSize, 0);
    const auto mark = [&](const double* p, int channel) {
      const int column = cell(p[0], -1.0, 1.0, 96);
      const int row = cell(p[1], -1.0 / 2.25, 1.0 / 2.25, 72);
      expected[static_cast<std::size_t>((row * 96 + column) * 4 + channel)] = 255;
    };
    for (int k = 0; k < 11; k++) {
      mark(raw[i].left.position[k], 0);
      mark(raw[i].right.position[k], 1);
    }
    mark(raw[i].ball, 2);
    mark(raw[i].left.position[raw[i].active], 3);
    CHECK(std::memcmp(maps.data() + i * kSmmSize, expected.data(), kSmmSize) == 0);
  }
}

void check_stacking() {
  int stack[2 * 12];
  const int frames[5][6] = {{1, 2, 3, 10, 20, 30}, {4, 5, 6, 40, 50, 60}, {7, 8, 9, 70, 80, 90},
                            {-1, -2, -3, -4, -5, -6}, {0, 0, 1, 0, 0, 2}};
  push_frame(frames[0], 2, 3, true, stack);
  const int repeated[24] = {1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3, 10, 20, 30, 10, 20, 30, 10, 20, 30, 10, 20, 30};
  CHECK(std::memcmp(stack, repeated, sizeof stack) == 0);
  push_frame(frames[1], 2, 3, false, stack);
  const int second[24] = {1, 2, 3, 1, 2, 3, 1, 2, 3, 4, 5, 6, 10, 20, 30, 10, 20, 30, 10, 20, 30, 40, 50, 60};
  CHECK(std::memcmp(stack, second, sizeof stack) == 0);
  for (int i = 2; i < 5; i++) push_frame(frames[i], 2, 3, false, stack);
  const int full[24] = {4, 5, 6, 7, 8, 9, -1, -2, -3, 0, 0, 1, 40, 50, 60, 70, 80, 90, -4, -5, -6, 0, 0, 2};
  CHECK(std::memcmp(stack, full, sizeof stack) == 0);
}

void check_stacked_maps() {
  const std::vector<RawObservation> raw = fixtures::observations();
  std::vector<std::uint8_t> maps(5 * kSmmSize);
  std::vector<std::uint8_t> stack(kStackedFrames * kSmmSize);
  CHECK(encode_smm_batch(raw.data() + 200, 5, maps.data()) == 5);
  for (int i = 0; i < 5; i++) {
    push_frame(maps.data() + i * kSmmSize, kSmmRows * kSmmColumns, kSmmChannels, i == 0, stack.data());
  }
  bool equal = true;
  for (int at = 0; at < kSmmSize; at++) {
    for (int age = 0; age < kStackedFrames; age++) {
      const int stacked = stack[static_cast<std::size_t>(at / 4 * 16 + age * 4 + at % 4)];
      equal = equal && stacked == maps[static_cast<std::size_t>((age + 1) * kSmmSize + at)];
    }
  }
  CHECK(equal);
}

}  // namespace

int main() {
  check_pixels();
  check_hand_made();
  check_recorded();
  check_stacking();
  check_stacked_maps();
  return check::finish("spatial");
}
