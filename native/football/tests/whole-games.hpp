#pragma once

#include "agon/football/game/step.hpp"
#include "played-games.hpp"

/// Eleven-a-side games under random hands, each ending in one number, for comparing processors, compilers and threads.
namespace whole_games {

using namespace agon::football;

inline constexpr std::size_t kGames = 50;
inline constexpr int kSteps = 400;
inline constexpr std::uint64_t kSeed = 20240607;
inline constexpr std::uint64_t kStart = 0xcbf29ce484222325ull;
/// The first fifty games' hashes folded together, as g++ 12 on x86-64 gives them.
inline constexpr std::uint64_t kExpected = 0xd7d2875e294cb6a1ull;

/// Saved games after kSteps of `scenario_actions`, hashed: the addon's test (src/envs/football/native) reads them from here and
/// plays the same from JavaScript.
inline constexpr int kSavedGames = 3;
inline constexpr std::uint64_t kSavedExpected[kSavedGames] = {0x8f0825b6f4d51cd9ull, 0x87fd526f152451cfull,
                                                             0x6259477971e0cc4bull};

AGON_HD inline std::uint64_t mixed(std::uint64_t hash, std::uint64_t value) { return (hash ^ value) * 0x100000001b3ull; }

/// Two mirrored formations of eleven, agents for everybody.
AGON_HD inline Level level_of(std::uint32_t index) {
  constexpr float places[kMaxPlayers][2] = {{-1, 0},          {0, 0.02f},         {0, -0.02f},        {-0.42f, -0.2f},
                                            {-0.5f, -0.06f},  {-0.5f, 0.06f},     {-0.42f, 0.2f},     {-0.18f, -0.1f},
                                            {-0.27f, 0},      {-0.18f, 0.1f},     {-0.01f, -0.22f}};
  constexpr std::int32_t roles[kMaxPlayers] = {0, 7, 9, 2, 1, 1, 3, 5, 5, 5, 6};
  Level level;
  for (int team = 0; team < 2; team++) {
    level.players[team] = kMaxPlayers;
    level.agents[team] = kMaxPlayers;
    level.difficulty[team] = 0.25f * float((index >> (2 * team)) & 3) + 0.25f;
    for (int k = 0; k < kMaxPlayers; k++) {
      level.team[team][k].x = places[k][0] - (team == 1 && (k == 1 || k == 2) ? 0.05f : 0.0f);
      level.team[team][k].y = places[k][1];
      level.team[team][k].role = roles[k];
    }
  }
  return level;
}

/// `out` [22]. Every third game is left to the built-in AI.
AGON_HD inline void actions_of(std::uint32_t index, int step, std::int32_t* out) {
  RandomStream stream = step_stream(kSeed + 1, index, std::uint32_t(step));
  for (int i = 0; i < 2 * kMaxPlayers; i++) {
    const std::uint32_t sort = draw_integer(stream, 10);
    const std::int32_t any = std::int32_t(draw_integer(stream, 20));
    out[i] = index % 3 == 0 ? kBuiltinAi : sort < 5 ? any : sort < 8 ? kIdle : kBuiltinAi;
  }
}

/// `out` [20], without random numbers.
AGON_HD inline void scenario_actions(std::uint32_t index, int step, std::int32_t* out) {
  for (int agent = 0; agent < 20; agent++) out[agent] = (7 * step + 13 * agent + 5 * int(index)) % 20;
}

AGON_HD inline std::uint64_t play(GameState& game, std::uint32_t index, int steps) {
  reset_game(game, level_of(index), kSeed, index);
  std::uint64_t hash = kStart;
  std::int32_t actions[2 * kMaxPlayers];
  for (int step = 0; step < steps; step++) {
    actions_of(index, step, actions);
    step_game(game, actions);
    hash = mixed(hash, played::hash(game));
  }
  return hash;
}

inline std::uint64_t hash_of(std::uint32_t index) {
  GameState game;
  return play(game, index, kSteps);
}

inline std::uint64_t folded(const std::uint64_t* hashes, std::size_t count) {
  std::uint64_t hash = kStart;
  for (std::size_t i = 0; i < count; i++) hash = mixed(hash, hashes[i]);
  return hash;
}

}  // namespace whole_games
