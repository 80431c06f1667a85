// Deterministic maths against the C library's float64, in units in the last place of float32.
#include "agon/football/maths.hpp"

#include <cmath>
#include <cstring>
#include <initializer_list>
#include <limits>

#include "calibration.hpp"

using namespace agon::football;

namespace {

double error_in_ulps(float value, double truth) {
  const float rounded = float(truth);
  if (std::isinf(rounded)) return value == rounded ? 0 : 1e9;
  const float size = std::fabs(rounded);
  const double step = double(std::nextafter(size, std::numeric_limits<float>::infinity())) - size;
  return std::fabs(double(value) - truth) / step;
}

/// Worst error over a sweep of float bit patterns with |x| from `low` to `high`, both signs when `both`.
template <class Function, class Truth>
double worst(Function function, Truth truth, float low, float high, bool both) {
  std::uint32_t from, to;
  std::memcpy(&from, &low, 4);
  std::memcpy(&to, &high, 4);
  const std::uint32_t stride = (to - from) / 400000 | 1;
  double most = 0;
  for (std::uint32_t bits = from; bits <= to; bits += stride) {
    float x;
    std::memcpy(&x, &bits, 4);
    most = std::fmax(most, error_in_ulps(function(x), truth(x)));
    if (both) most = std::fmax(most, error_in_ulps(function(-x), truth(-x)));
  }
  return most;
}

void sweeps() {
  const double half = 0.5001;
  const auto true_sine = [](float x) { return std::sin(double(x)); };
  const auto true_cosine = [](float x) { return std::cos(double(x)); };
  const auto true_exponential = [](float x) { return std::exp(double(x)); };
  const auto true_logarithm = [](float x) { return std::log(double(x)); };
  check::row("sine, |x| 1e-6 ... 1e6", worst(sine, true_sine, 1e-6f, 1e6f, true), half, "ulp");
  check::row("cosine, |x| 1e-6 ... 1e6", worst(cosine, true_cosine, 1e-6f, 1e6f, true), half, "ulp");
  check::row("exponential, |x| 1e-7 ... 87", worst(exponential, true_exponential, 1e-7f, 87.0f, true), half, "ulp");
  check::row("logarithm, 1e-37 ... 1e38", worst(logarithm, true_logarithm, 1e-37f, 1e38f, false), half, "ulp");
  for (const float y : {0.7f, 2.6f, 1.4f, -0.5f}) {
    char name[40];
    std::snprintf(name, sizeof name, "power, 1e-9 ... 1e9 to the %.1f", double(y));
    const auto ours = [y](float x) { return power(x, y); };
    const auto truth = [y](float x) { return std::pow(double(x), double(y)); };
    check::row(name, worst(ours, truth, 1e-9f, 1e9f, false), half, "ulp");
  }
  double most = 0;
  for (int i = 0; i < 1000000; i++) {
    const double angle = i * 0.777;
    const float r = float(std::exp(std::sin(i * 0.31) * 20));
    const float x = float(std::cos(angle)) * r;
    const float y = float(std::sin(angle * 1.01)) * r;
    most = std::fmax(most, error_in_ulps(arctangent2(y, x), std::atan2(double(y), double(x))));
  }
  check::row("arctangent2, radii e^-20 ... e^20", most, half, "ulp");
}

void special_values() {
  CHECK(sine(0.0f) == 0.0f);
  CHECK(cosine(0.0f) == 1.0f);
  CHECK(exponential(0.0f) == 1.0f);
  CHECK(exponential(89.0f) == std::numeric_limits<float>::infinity());
  CHECK(exponential(-105.0f) == 0.0f);
  CHECK(logarithm(1.0f) == 0.0f);
  CHECK(power(0.0f, 0.7f) == 0.0f);
  CHECK(power(0.0f, 0.0f) == 1.0f);
  CHECK(power(1.0f, 2.6f) == 1.0f);
  CHECK(arctangent2(0.0f, 0.0f) == 0.0f);
  CHECK(arctangent2(0.0f, -2.0f) == kPi);
  CHECK(arctangent2(-1.0f, 0.0f) == -0.5f * kPi);
  CHECK(nearest(2.5) == 2.0);
  CHECK(nearest(-3.5) == -4.0);
}

/// A fused multiply-add would keep the 2^-24 that this product loses when it is rounded.
void not_contracted() {
  volatile float a = 1.0f + 0x1p-12f;
  volatile float c = -(1.0f + 0x1p-11f);
  CHECK(a * a + c == 0.0f);
  volatile double wide = 1.0 + 0x1p-27;
  volatile double rest = -(1.0 + 0x1p-26);
  CHECK(wide * wide + rest == 0.0);
}

}  // namespace

int main() {
  sweeps();
  special_values();
  not_contracted();
  return check::finish("maths");
}
