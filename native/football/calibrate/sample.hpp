#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

namespace calibrate {

/// Values of one result over many trials.
class Sample {
 public:
  void add(double value) { values_.push_back(value); }
  std::size_t size() const { return values_.size(); }
  bool empty() const { return values_.empty(); }

  double mean() const {
    double sum = 0;
    for (const double value : values_) sum += value;
    return empty() ? NAN : sum / double(size());
  }

  double spread() const {
    double sum = 0;
    const double m = mean();
    for (const double value : values_) sum += (value - m) * (value - m);
    return empty() ? NAN : std::sqrt(sum / double(size()));
  }

  /// The upper one of two in the middle.
  double median() const {
    if (empty()) return NAN;
    std::vector<double> sorted = values_;
    std::sort(sorted.begin(), sorted.end());
    return sorted[sorted.size() / 2];
  }

  double most() const { return empty() ? NAN : *std::max_element(values_.begin(), values_.end()); }

  double share_of(double value) const {
    return empty() ? NAN : double(std::count(values_.begin(), values_.end(), value)) / double(size());
  }

 private:
  std::vector<double> values_;
};

}  // namespace calibrate
