#include <cstring>

#include "held-games.hpp"
#include "level-record.hpp"

/// The class Games: `new Games(device, games, left, right, threads, memory)`.
namespace agon::addon {

namespace {

constexpr napi_type_tag kTag = {0x61676f6e2d666f6full, 0x7462616c6c2d6731ull};
constexpr std::int64_t kMostGames = 1 << 24;
constexpr std::int64_t kMostThreads = 1024;

std::size_t game_argument(const Call& call, const HeldGames& held) {
  return std::size_t(call.integer(0, "game", 0, std::int64_t(held.count) - 1));
}

/// A game that was reset.
std::size_t begun_game(const Call& call, const HeldGames& held) {
  const std::size_t game = game_argument(call, held);
  if (!held.begun[game]) throw Refusal{"football/not-reset", "game " + std::to_string(game) + " was never reset"};
  return game;
}

void mark_begun(HeldGames& held, std::size_t game) {
  held.waiting -= held.begun[game] == 0;
  held.begun[game] = 1;
}

/// The lent memory of all games, in a SharedArrayBuffer: such memory cannot be taken back while it is used.
GameState* lent_memory(const Call& call, std::size_t games) {
  const std::size_t bytes = games * sizeof(GameState);
  void* data = call.array<std::uint8_t>(5, "memory", bytes);
  napi_value buffer;
  bool detachable = true;
  napi_get_typedarray_info(call.env, call.argument(5), nullptr, nullptr, nullptr, &buffer, nullptr);
  napi_is_arraybuffer(call.env, buffer, &detachable);
  if (detachable || reinterpret_cast<std::uintptr_t>(data) % alignof(GameState) != 0)
    throw Refusal{"football/buffers", "memory must lie in a SharedArrayBuffer, at a multiple of 8 bytes"};
  return static_cast<GameState*>(data);
}

void open_games(const Call& call, HeldGames& held, const std::string& device) {
  const int threads = int(call.integer(4, "threads", 1, kMostThreads));
  if (device == "cpu") {
    held.games = cpu_games(lent_memory(call, held.count), held.count, held.left, held.right, threads);
    napi_create_reference(call.env, call.argument(5), 1, &held.memory);
    return;
  }
#ifdef AGON_CUDA
  held.games = cuda_games(held.count, held.left, held.right);
#else
  throw DeviceFailure("this build of the football simulator has no CUDA");
#endif
}

void finalize(napi_env env, void* data, void*) {
  HeldGames* held = static_cast<HeldGames*>(data);
  held->free(env);
  delete held;
}

napi_value construct(const Call& call) {
  const std::string device = call.text(0, "device");
  if (device != "cpu" && device != "cuda") throw Refusal{"football/argument", "device must be 'cpu' or 'cuda'"};
  auto held = std::make_unique<HeldGames>();
  held->count = std::size_t(call.integer(1, "games", 1, kMostGames));
  held->left = int(call.integer(2, "agents of the left", 0, football::kMaxPlayers));
  held->right = int(call.integer(3, "agents of the right", 0, football::kMaxPlayers));
  held->begun.assign(held->count, 0);
  held->waiting = held->count;
  held->numbers.allocate(held->count, held->agents());
  open_games(call, *held, device);
  if (napi_type_tag_object(call.env, call.self, &kTag) != napi_ok ||
      napi_wrap(call.env, call.self, held.get(), finalize, nullptr, nullptr) != napi_ok) {
    held->free(call.env);
    throw Refusal{"football/argument", "Games must be called with new"};
  }
  held.release();
  return call.self;
}

napi_value reset(const Call& call) {
  HeldGames& held = idle_games(call);
  const std::size_t game = game_argument(call, held);
  const Level level = level_of(call.array<double>(1, "level", kLevelNumbers));
  const std::uint64_t seed = call.bits(2, "seed");
  const std::uint32_t episode = std::uint32_t(call.integer(3, "episode", 0, 0xffffffffll));
  const LevelFault fault = held.games->reset(game, level, seed, episode);
  if (fault != LevelFault::kNone) return call.string(football::level_fault_text(fault));
  mark_begun(held, game);
  return call.null();
}

napi_value step(const Call& call) {
  HeldGames& held = ready_games(call);
  const StepBuffers buffers = step_arguments(call, held);
  held.games->step(held.numbers.actions.data(), buffers);
  return call.undefined();
}

napi_value observe(const Call& call) {
  HeldGames& held = ready_games(call);
  const Encoding encoding = static_cast<Encoding>(call.integer(0, "encoding", 0, football::kEncodings - 1));
  const std::size_t length = held.count * held.agents() * football::encoding_width(encoding);
  void* out = encoding == Encoding::kRaw       ? static_cast<void*>(call.array<double>(1, "out", length))
              : encoding == Encoding::kSpatial ? static_cast<void*>(call.array<std::uint8_t>(1, "out", length))
                                               : static_cast<void*>(call.array<float>(1, "out", length));
  const std::size_t fitting = held.games->observe(encoding, out);
  if (fitting < held.count)
    throw Refusal{"football/encoding", std::to_string(held.count - fitting) + " of " + std::to_string(held.count) +
                                           " games do not fit this encoding, which is for eleven a side"};
  return call.undefined();
}

napi_value watch(const Call& call) {
  HeldGames& held = idle_games(call);
  const std::size_t game = begun_game(call, held);
  held.games->watch(game, call.array<double>(1, "out", football::kRawRowWidth));
  return call.undefined();
}

napi_value save(const Call& call) {
  HeldGames& held = idle_games(call);
  const std::size_t game = begun_game(call, held);
  held.games->save(game, call.array<std::uint8_t>(1, "out", sizeof(GameState)));
  return call.undefined();
}

napi_value load(const Call& call) {
  HeldGames& held = idle_games(call);
  const std::size_t game = game_argument(call, held);
  const bool loaded = held.games->load(game, call.array<std::uint8_t>(1, "state", sizeof(GameState)));
  if (loaded) mark_begun(held, game);
  return call.boolean(loaded);
}

napi_value close(const Call& call) {
  HeldGames& held = held_of(call);
  if (held.stepping) {
    held.closing = true;
  } else {
    held.free(call.env);
  }
  return call.undefined();
}

template <napi_value (*Body)(const Call&)>
napi_property_descriptor method(const char* name) {
  return {name, nullptr, guarded<Body>, nullptr, nullptr, nullptr, napi_default_method, nullptr};
}

}  // namespace

HeldGames& held_of(const Call& call) {
  bool ours = false;
  void* data = nullptr;
  if (napi_check_object_type_tag(call.env, call.self, &kTag, &ours) != napi_ok || !ours ||
      napi_unwrap(call.env, call.self, &data) != napi_ok)
    throw Refusal{"football/argument", "this is no batch of games"};
  return *static_cast<HeldGames*>(data);
}

HeldGames& idle_games(const Call& call) {
  HeldGames& held = held_of(call);
  if (held.closing || held.games == nullptr) throw Refusal{"football/closed", "the batch of games is closed"};
  if (held.stepping) throw Refusal{"football/busy", "the batch of games is stepping"};
  return held;
}

HeldGames& ready_games(const Call& call) {
  HeldGames& held = idle_games(call);
  if (held.waiting > 0)
    throw Refusal{"football/not-reset", std::to_string(held.waiting) + " of " + std::to_string(held.count) +
                                            " games were never reset"};
  return held;
}

StepBuffers step_arguments(const Call& call, HeldGames& held) {
  const std::size_t rows = held.count * held.agents();
  const std::int32_t* actions = call.array<std::int32_t>(0, "actions", rows);
  const StepBuffers buffers = {
      call.array<float>(1, "scoring", rows), call.array<float>(2, "checkpoints", rows),
      call.array<std::uint8_t>(3, "terminated", held.count), call.array<std::uint8_t>(4, "truncated", held.count),
      call.array<std::int32_t>(5, "score", held.count * 2)};
  if (rows > 0) std::memcpy(held.numbers.actions.data(), actions, rows * sizeof *actions);
  return buffers;
}

napi_value games_class(napi_env env) {
  const napi_property_descriptor methods[] = {method<reset>("reset"),     method<step>("step"),
                                              method<step_later>("stepLater"), method<observe>("observe"),
                                              method<watch>("watch"),     method<save>("save"),
                                              method<load>("load"),       method<close>("close")};
  napi_value out;
  napi_define_class(env, "Games", NAPI_AUTO_LENGTH, guarded<construct>, nullptr, sizeof methods / sizeof *methods,
                    methods, &out);
  return out;
}

}  // namespace agon::addon
