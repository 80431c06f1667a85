#pragma once

#include <atomic>
#include <cstring>
#include <memory>
#include <span>
#include <vector>

#include "agon/football/game/observe.hpp"
#include "agon/football/game/reward.hpp"
#include "agon/football/game/state-check.hpp"
#include "agon/football/game/step.hpp"
#include "agon/football/grf-marl-encoding.hpp"
#include "agon/football/raw-row.hpp"
#include "agon/football/simple115.hpp"
#include "agon/football/spatial.hpp"
#include "agon/football/tizero-encoding.hpp"
#include "agon/football/tizero-mask.hpp"
#include "agon/football/work-crew.hpp"

/// Many games stepped together on the CPU: the surface for bindings. Plain numbers and lent buffers only; everything is
/// allocated in the constructor. Nothing here depends on the number of threads but the speed.
namespace agon::football {

/// What an agent sees, one row each.
enum class Encoding : std::int32_t {
  kRaw,           // float64 [205], see raw-row.hpp
  kSimple115v2,   // float32 [115]
  kSimple115,     // float32 [115]
  kSpatial,       // uint8 [72, 96, 4]
  kTizero,        // float32 [330], eleven a side only
  kTizeroMask,    // float32 [20], eleven a side only
  kGrfMarl,       // float32 [217], eleven a side only
};

inline constexpr int kEncodings = 7;

/// Numbers in a row.
AGON_HD inline std::size_t encoding_width(Encoding encoding) {
  constexpr std::size_t widths[kEncodings] = {kRawRowWidth, kSimple115Width, kSimple115Width, kSmmSize,
                                              kTizeroWidth, kTizeroMaskWidth, kGrfMarlWidth};
  return widths[static_cast<int>(encoding)];
}

/// Bytes of a number.
AGON_HD inline std::size_t encoding_bytes(Encoding encoding) {
  return encoding == Encoding::kRaw ? 8 : encoding == Encoding::kSpatial ? 1 : 4;
}

/// Where a step writes; null leaves a part out. Agents are counted left first: [games, agents] row after row.
struct StepBuffers {
  float* scoring = nullptr;              // [games, agents]: +1 for each goal of the agent's team, −1 against it
  float* checkpoints = nullptr;          // [games, agents]: what the checkpoints add to scoring
  std::uint8_t* terminated = nullptr;    // [games]: ended by a flag of the level
  std::uint8_t* truncated = nullptr;     // [games]: ended by its duration
  std::int32_t* score = nullptr;         // [games, 2]: left, right
};

namespace detail {

/// One agent's row; false when the encoding does not fit this game.
AGON_HD inline bool encode_row(const RawObservation& raw, Encoding encoding, void* out) {
  switch (encoding) {
    case Encoding::kRaw: return write_raw_row(raw, static_cast<double*>(out));
    case Encoding::kSimple115v2: return encode_simple115v2(raw, static_cast<float*>(out));
    case Encoding::kSimple115: return encode_simple115(raw, static_cast<float*>(out));
    case Encoding::kSpatial: return encode_smm(raw, static_cast<std::uint8_t*>(out));
    case Encoding::kTizero: return encode_tizero(raw, static_cast<float*>(out));
    case Encoding::kTizeroMask: return tizero_mask(raw, static_cast<float*>(out));
    case Encoding::kGrfMarl: return encode_grf_marl(raw, static_cast<float*>(out));
  }
  return false;
}

/// All agents' rows of a game into `out` [agents, width]; the number written before one that does not fit.
AGON_HD inline int encode_game(const GameState& game, Encoding encoding, unsigned char* out) {
  const std::size_t row = encoding_width(encoding) * encoding_bytes(encoding);
  int written = 0;
  RawObservation shared{};
  observe_game(game, shared);
  for (int team = 0; team < 2; team++) {
    if (game.level.agents[team] == 0) continue;
    RawObservation seen = team == 0 ? shared : rotated_view(shared);
    for (int agent = 0; agent < game.level.agents[team]; agent++) {
      observe_agent(game, team, agent, seen);
      if (!encode_row(seen, encoding, out + std::size_t(written) * row)) return written;
      written++;
    }
  }
  return written;
}

/// Steps a game and writes its parts of the buffers; `index` is its place in them.
AGON_HD inline void step_into(GameState& game, std::size_t index, const std::int32_t* actions,
                              const StepBuffers& buffers) {
  const int left = game.level.agents[0], agents = left + game.level.agents[1];
  const StepResult result = step_game(game, actions);
  for (int i = 0; i < agents; i++) {
    const int team = i < left ? 0 : 1;
    const float scoring = team == 0 ? result.scoring : -result.scoring;
    // Asked for or not: what was collected is part of the game.
    const float checkpoints = checkpoint_reward(game, team, team == 0 ? i : i - left, scoring);
    if (buffers.scoring) buffers.scoring[index * std::size_t(agents) + std::size_t(i)] = scoring;
    if (buffers.checkpoints) buffers.checkpoints[index * std::size_t(agents) + std::size_t(i)] = checkpoints;
  }
  if (buffers.terminated) buffers.terminated[index] = result.terminated;
  if (buffers.truncated) buffers.truncated[index] = result.truncated;
  for (int team = 0; team < 2 && buffers.score; team++) buffers.score[index * 2 + std::size_t(team)] = game.score[team];
}

}  // namespace detail

class GameBatch {
 public:
  /// Games with `left` and `right` agents each in lent memory, which must outlive the batch and may hold anything
  /// before; stepped by `threads` threads, the caller's among them.
  GameBatch(std::span<GameState> memory, int left, int right, int threads)
      : games_(memory), left_(left), right_(right), crew_(threads) {
    std::uninitialized_default_construct(games_.begin(), games_.end());
  }

  /// The same in memory of its own.
  GameBatch(std::size_t games, int left, int right, int threads)
      : own_(games), games_(own_), left_(left), right_(right), crew_(threads) {}

  std::size_t games() const { return games_.size(); }
  std::size_t agents() const { return std::size_t(left_) + std::size_t(right_); }

  /// Puts a game at the start of a level, whose `agents` are the batch's. A level that cannot be played is refused with
  /// the reason, and the game stays as it was. Games must be reset before they are stepped.
  LevelFault reset(std::size_t game, const Level& level, std::uint64_t seed, std::uint32_t episode) {
    Level seated = level;
    seated.agents[0] = left_;
    seated.agents[1] = right_;
    const LevelFault fault = check_level(seated);
    if (fault == LevelFault::kNone) reset_game(games_[game], seated, seed, episode);
    return fault;
  }

  /// One environment step of every game. `actions` [games, agents] are v2 ids, each in its agent's own view. A game
  /// that has ended stays as it is, and says neither terminated nor truncated again, until it is reset.
  void step(const std::int32_t* actions, const StepBuffers& buffers) {
    crew_.run(games_.size(), [&](std::size_t i) {
      detail::step_into(games_[i], i, actions + i * agents(), buffers);
    });
  }

  /// Writes every agent's row into `out` [games, agents, width]. Returns the number of games that the encoding fits;
  /// rows of the others are left as they are.
  std::size_t observe(Encoding encoding, void* out) {
    const std::size_t row = encoding_width(encoding) * encoding_bytes(encoding);
    std::atomic<std::size_t> fitting{0};
    crew_.run(games_.size(), [&](std::size_t i) {
      unsigned char* place = static_cast<unsigned char*>(out) + i * agents() * row;
      if (std::size_t(detail::encode_game(games_[i], encoding, place)) == agents()) fitting.fetch_add(1);
    });
    return fitting.load();
  }

  /// A game in field axes as nobody's in particular (`active` −1), `out` [205]: for replays.
  bool watch(std::size_t game, double* out) const {
    RawObservation raw{};
    observe_game(games_[game], raw);
    return write_raw_row(raw, out);
  }

  static constexpr std::size_t state_bytes() { return sizeof(GameState); }

  /// Copies a game's whole state; loaded into any slot of a batch with as many agents it goes on with the same bits.
  void save(std::size_t game, void* out) const { std::memcpy(out, &games_[game], sizeof(GameState)); }

  /// False, with the game as it was, when the bytes are not a saved game with this batch's agents.
  bool load(std::size_t game, const void* bytes) {
    GameState state;
    std::memcpy(static_cast<void*>(&state), bytes, sizeof(GameState));
    if (state.level.agents[0] != left_ || state.level.agents[1] != right_) return false;
    if (!check_state(state)) return false;
    games_[game] = state;
    return true;
  }

  const GameState& state(std::size_t game) const { return games_[game]; }

 private:
  std::vector<GameState> own_;  // empty where memory is lent
  std::span<GameState> games_;
  int left_, right_;
  WorkCrew crew_;
};

}  // namespace agon::football
