#include <cmath>
#include <cstdint>
#include <cstring>
#include <vector>

#include "agon/football/batch.hpp"
#include "check.hpp"
#include "fixtures.hpp"

using namespace agon::football;

namespace {

std::uint32_t bits(float value) {
  std::uint32_t word;
  std::memcpy(&word, &value, sizeof word);
  return word;
}

/// How far encoded rows are from the recorded ones; `first` is the column of a recorded row where the encoding begins.
struct Comparison {
  long numbers = 0;
  long different = 0;
  double largest = 0.0;

  void add(const float* encoded, const float* recorded, std::size_t width, std::size_t row, const char* name) {
    for (std::size_t column = 0; column < width; column++) {
      numbers++;
      if (bits(encoded[column]) == bits(recorded[column])) continue;
      const double error = std::fabs(static_cast<double>(encoded[column]) - recorded[column]);
      if (different++ < 5) {
        std::printf("%s row %zu column %zu: %.9g, recorded %.9g\n", name, row, column, encoded[column],
                    recorded[column]);
      }
      if (!(error <= largest)) largest = error;
    }
  }

  void report(const char* name) const {
    std::printf("%s: %ld numbers, %ld differ in a bit, largest difference %.3g (allowed 0)\n", name, numbers, different,
                largest);
  }
};

void check_tizero(const std::vector<RawObservation>& raw) {
  const auto recorded = fixtures::read<float>(fixtures::folder() / "tizero-encodings.f32", kTizeroWidth);
  CHECK(recorded.rows() == raw.size());
  std::vector<float> encoded(raw.size() * kTizeroWidth, NAN);
  CHECK(encode_tizero_batch(raw.data(), raw.size(), encoded.data()) == raw.size());
  Comparison comparison;
  for (std::size_t i = 0; i < raw.size(); i++) {
    const long before = comparison.different;
    comparison.add(encoded.data() + i * kTizeroWidth, recorded.row(i), kTizeroWidth, i, "TiZero");
    CHECK(comparison.different == before);
  }
  comparison.report("TiZero encoding");
}

void check_tizero_masks(const std::vector<RawObservation>& raw) {
  const auto recorded = fixtures::read<std::int8_t>(fixtures::folder() / "tizero-masks.i8", kTizeroMaskWidth);
  CHECK(recorded.rows() == raw.size());
  std::vector<float> masks(raw.size() * kTizeroMaskWidth, NAN);
  CHECK(tizero_mask_batch(raw.data(), raw.size(), masks.data()) == raw.size());
  long forced = 0;
  long different = 0;
  for (std::size_t i = 0; i < raw.size(); i++) {
    bool equal = true;
    int allowed = 0;
    for (int action = 0; action < kTizeroMaskWidth; action++) {
      const int recorded_flag = recorded.row(i)[action];
      allowed += recorded_flag;
      equal = equal && masks[i * kTizeroMaskWidth + action] == static_cast<float>(recorded_flag);
    }
    if (!CHECK(equal)) std::printf("TiZero mask row %zu\n", i), different++;
    forced += allowed == 1 ? 1 : 0;
  }
  std::printf("TiZero masks: %zu rows (%ld with a single action), %ld differ\n", raw.size(), forced, different);
}

void check_grf_marl(const std::vector<RawObservation>& samples) {
  const auto recorded = fixtures::read<float>(fixtures::folder() / "grf-marl-encodings.f32", kGrfMarlWidth + 1);
  std::vector<RawObservation> raw;
  for (std::size_t i = 0; i < recorded.rows(); i++) {
    raw.push_back(samples[static_cast<std::size_t>(recorded.row(i)[0])]);
  }
  CHECK(raw.size() == 152);
  std::vector<float> encoded(raw.size() * kGrfMarlWidth, NAN);
  CHECK(encode_grf_marl_batch(raw.data(), raw.size(), encoded.data()) == raw.size());
  Comparison comparison;
  for (std::size_t i = 0; i < raw.size(); i++) {
    const long before = comparison.different;
    comparison.add(encoded.data() + i * kGrfMarlWidth, recorded.row(i) + 1, kGrfMarlWidth, i, "GRF_MARL");
    CHECK(comparison.different == before);
  }
  comparison.report("GRF_MARL encoding with mask");
}

}  // namespace

int main() {
  const std::vector<RawObservation> raw = fixtures::observations();
  CHECK(raw.size() == 300);
  check_tizero(raw);
  check_tizero_masks(raw);
  check_grf_marl(raw);
  return check::finish("golden encodings");
}
