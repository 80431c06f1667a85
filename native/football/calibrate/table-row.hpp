#pragma once

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

/// Rows of the calibration table.
namespace calibrate {

/// What the tolerance bounds: the difference, or the ratio of the two and its inverse.
enum class Bound { kDifference, kFactor };

struct TableRow {
  std::string experiment, what;
  double measured = 0, reference = 0, tolerance = 0;
  std::string unit;
  Bound bound = Bound::kDifference;
  bool ours = false;  // the tolerance is our own bound

  bool holds() const {
    if (bound == Bound::kDifference) return std::fabs(measured - reference) <= tolerance;
    return measured > 0 && reference > 0 && std::max(measured / reference, reference / measured) <= tolerance;
  }
};

using Table = std::vector<TableRow>;

/// One JSON object a line; numbers that are none come out as null.
inline void write_row(std::FILE* file, const TableRow& row) {
  const auto number = [](double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.6g", value);
    return std::isfinite(value) ? std::string(text) : std::string("null");
  };
  std::fprintf(
      file,
      "{\"experiment\":\"%s\",\"row\":\"%s\",\"measured\":%s,\"reference\":%s,\"tolerance\":%s,\"unit\":\"%s\","
      "\"bound\":\"%s\",\"own\":%s,\"verdict\":\"%s\"}\n",
      row.experiment.c_str(), row.what.c_str(), number(row.measured).c_str(), number(row.reference).c_str(),
      number(row.tolerance).c_str(), row.unit.c_str(), row.bound == Bound::kFactor ? "factor" : "difference",
      row.ours ? "true" : "false", row.holds() ? "ok" : "NOT MET");
}

}  // namespace calibrate
