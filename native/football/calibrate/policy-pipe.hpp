#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "agon/football/tizero-encoding.hpp"
#include "agon/football/tizero-mask.hpp"

/// How a program asks a policy that runs elsewhere: TiZero encodings [rows, 330], then masks [rows, 20], go to standard
/// output as float32; actions [rows] come from standard input as int32.
namespace calibrate {

class PolicyPipe {
 public:
  explicit PolicyPipe(std::size_t rows)
      : encodings(rows * agon::football::kTizeroWidth), masks(rows * agon::football::kTizeroMaskWidth), actions(rows) {}

  std::vector<float> encodings, masks;
  std::vector<std::int32_t> actions;

  /// Sends the rows and waits for the actions; ends the program when the policy has gone.
  void ask() {
    if (actions.empty()) return;
    std::fwrite(encodings.data(), sizeof(float), encodings.size(), stdout);
    std::fwrite(masks.data(), sizeof(float), masks.size(), stdout);
    std::fflush(stdout);
    if (std::fread(actions.data(), sizeof(std::int32_t), actions.size(), stdin) != actions.size()) std::exit(3);
  }
};

}  // namespace calibrate
