#pragma once

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

/// Recorded micro-experiments as `unpack-traces.mjs` lays them out: NAME.f32, raw float32 rows of all columns, and
/// NAME.trials, lines of text: the column names; then for each trial its first row, its rows and `key=value` pairs.
/// Metres and m/s with y downwards; spin is already in the simulator's frame.
namespace calibrate {

struct Trial {
  std::size_t first = 0, rows = 0;
  std::map<std::string, std::string> parameters;

  std::string text(const char* key) const {
    const auto found = parameters.find(key);
    return found == parameters.end() ? "" : found->second;
  }
  double number(const char* key, double otherwise = 0) const {
    const auto found = parameters.find(key);
    return found == parameters.end() ? otherwise : std::atof(found->second.c_str());
  }
};

class Trace {
 public:
  std::vector<Trial> trials;

  /// Where a column stands in a row, −1 when it is not recorded.
  int column(const std::string& name) const {
    const auto found = columns_.find(name);
    return found == columns_.end() ? -1 : found->second;
  }

  const float* row(const Trial& trial, std::size_t i) const { return &values_[(trial.first + i) * columns_.size()]; }

  float value(const Trial& trial, std::size_t i, const std::string& name) const {
    return row(trial, i)[columns_.at(name)];
  }

  /// False when the folder has no such experiment.
  static bool read(const std::string& folder, const std::string& name, Trace& out) {
    std::ifstream text(folder + "/" + name + ".trials");
    if (!text) return false;
    std::string line, word;
    std::getline(text, line);
    for (std::istringstream words(line); words >> word;) out.columns_.emplace(word, int(out.columns_.size()));
    while (std::getline(text, line)) {
      std::istringstream words(line);
      Trial trial;
      words >> trial.first >> trial.rows;
      while (words >> word) trial.parameters[word.substr(0, word.find('='))] = word.substr(word.find('=') + 1);
      out.trials.push_back(trial);
    }
    std::ifstream file(folder + "/" + name + ".f32", std::ios::binary | std::ios::ate);
    out.values_.resize(file ? std::size_t(file.tellg()) / sizeof(float) : 0);
    file.seekg(0);
    file.read(reinterpret_cast<char*>(out.values_.data()), std::streamsize(out.values_.size() * sizeof(float)));
    for (const Trial& trial : out.trials) {
      if ((trial.first + trial.rows) * out.columns_.size() <= out.values_.size()) continue;
      std::fprintf(stderr, "%s/%s.f32 is shorter than its trials\n", folder.c_str(), name.c_str());
      std::exit(2);
    }
    return true;
  }

 private:
  std::map<std::string, int> columns_;
  std::vector<float> values_;
};

}  // namespace calibrate
