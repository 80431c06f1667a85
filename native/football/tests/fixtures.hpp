#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "agon/football/raw-observation.hpp"

/// Reads the recorded fixtures into what the library takes; ../observations.md has their shapes. Little-endian machines
/// only.
namespace fixtures {

/// A table of `rows` x `width` values, row after row.
template <class Value>
struct Table {
  std::vector<Value> values;
  std::size_t width = 0;

  std::size_t rows() const { return values.size() / width; }
  const Value* row(std::size_t i) const { return values.data() + i * width; }
};

/// Programs run in native/football.
inline std::filesystem::path folder() { return std::filesystem::path("tests") / "fixtures"; }

template <class Value>
Table<Value> read(const std::filesystem::path& path, std::size_t width) {
  std::ifstream file(path, std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  if (!file || bytes.empty() || bytes.size() % (width * sizeof(Value)) != 0) {
    std::printf("%s is missing or not a table of width %zu (run from native/football)\n", path.string().c_str(), width);
    std::exit(2);
  }
  Table<Value> table;
  table.width = width;
  table.values.resize(bytes.size() / sizeof(Value));
  std::memcpy(table.values.data(), bytes.data(), bytes.size());
  return table;
}

/// Takes the columns of one row one after another.
struct Cursor {
  const float* next;

  int integer() { return static_cast<int>(*next++); }
  void numbers(double* out, int count) {
    for (int i = 0; i < count; i++) out[i] = *next++;
  }
  void flags(std::uint8_t* out, int count) {
    for (int i = 0; i < count; i++) out[i] = *next++ != 0.0f ? 1 : 0;
  }
};

inline constexpr std::size_t kObservationWidth = 203;

inline void read_team(Cursor& cursor, agon::football::Team& team) {
  team.players = agon::football::kMaxPlayers;
  cursor.numbers(&team.position[0][0], 22);
  cursor.numbers(&team.direction[0][0], 22);
  cursor.numbers(team.tired_factor, 11);
  cursor.flags(team.yellow_card, 11);
  cursor.flags(team.active, 11);
  for (int& role : team.roles) role = cursor.integer();
}

/// One row of observations.f32.
inline agon::football::RawObservation observation(const float* row) {
  agon::football::RawObservation raw{};
  Cursor cursor{row};
  cursor.numbers(raw.ball, 3);
  cursor.numbers(raw.ball_direction, 3);
  cursor.numbers(raw.ball_rotation, 3);
  read_team(cursor, raw.left);
  read_team(cursor, raw.right);
  raw.ball_owned_team = cursor.integer();
  raw.ball_owned_player = cursor.integer();
  raw.active = cursor.integer();
  raw.designated = cursor.integer();
  raw.score[0] = cursor.integer();
  raw.score[1] = cursor.integer();
  raw.steps_left = cursor.integer();
  raw.game_mode = cursor.integer();
  cursor.flags(raw.sticky_actions, agon::football::kStickyActions);
  return raw;
}

/// All recorded observations: 200 samples of many games, then 100 steps in a row of one player.
inline std::vector<agon::football::RawObservation> observations() {
  const Table<float> table = read<float>(folder() / "observations.f32", kObservationWidth);
  std::vector<agon::football::RawObservation> all;
  for (std::size_t i = 0; i < table.rows(); i++) all.push_back(observation(table.row(i)));
  return all;
}

}  // namespace fixtures
