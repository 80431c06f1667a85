#pragma once

#include <vector>

#include "call.hpp"

/// What a JavaScript object of the class Games owns.
namespace agon::addon {

/// Numbers of one step. A step off the event loop works on these, so that arrays of JavaScript may go away meanwhile.
struct StepNumbers {
  std::vector<std::int32_t> actions;
  std::vector<float> scoring, checkpoints;
  std::vector<std::uint8_t> terminated, truncated;
  std::vector<std::int32_t> score;

  void allocate(std::size_t games, std::size_t agents) {
    actions.resize(games * agents);
    scoring.resize(games * agents);
    checkpoints.resize(games * agents);
    terminated.resize(games);
    truncated.resize(games);
    score.resize(games * 2);
  }
  StepBuffers buffers() {
    return {scoring.data(), checkpoints.data(), terminated.data(), truncated.data(), score.data()};
  }
};

struct HeldGames {
  std::unique_ptr<Games> games;  // null once closed
  napi_ref memory = nullptr;     // keeps the lent memory
  std::size_t count = 0;
  int left = 0, right = 0;
  std::vector<std::uint8_t> begun;  // [games]: was reset or loaded
  std::size_t waiting = 0;          // games that were not
  StepNumbers numbers;
  bool stepping = false;  // a step is under way off the event loop
  bool closing = false;   // closed meanwhile: freed when it ends

  std::size_t agents() const { return std::size_t(left) + std::size_t(right); }

  /// Frees games and threads; the lent memory is JavaScript's again.
  void free(napi_env env) {
    games.reset();
    numbers = {};
    if (memory != nullptr) napi_delete_reference(env, memory);
    memory = nullptr;
  }
};

/// The games behind `this`, whatever state they are in.
HeldGames& held_of(const Call& call);

/// The same, open and idle.
HeldGames& idle_games(const Call& call);

/// The same, and every game was reset.
HeldGames& ready_games(const Call& call);

/// Arguments 0 to 5 of a step: actions, scoring, checkpoints, terminated, truncated, score. Actions are copied.
StepBuffers step_arguments(const Call& call, HeldGames& held);

/// `stepLater(actions, scoring, checkpoints, terminated, truncated, score)`: a promise of undefined.
napi_value step_later(const Call& call);

/// The class `Games`, for the module's exports.
napi_value games_class(napi_env env);

}  // namespace agon::addon
