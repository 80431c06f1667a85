#include "agon/football/game/scenarios.hpp"
#include "held-games.hpp"
#include "level-record.hpp"

/// The module: nothing in it is shared between the threads that load it.
namespace agon::addon {

namespace {

/// `scenario(name, episode, out)`: whether there is one; `out` takes its level.
napi_value write_scenario(const Call& call) {
  Level level;
  const std::string name = call.text(0, "name");
  const std::uint32_t episode = std::uint32_t(call.integer(1, "episode", 0, 0xffffffffll));
  double* out = call.array<double>(2, "out", kLevelNumbers);
  if (!football::scenario(name, episode, level)) return call.boolean(false);
  write_level(level, out);
  return call.boolean(true);
}

/// `check(level)`: why it cannot be played, or null.
napi_value check(const Call& call) {
  const LevelFault fault = football::check_level(level_of(call.array<double>(0, "level", kLevelNumbers)));
  return fault == LevelFault::kNone ? call.null() : call.string(football::level_fault_text(fault));
}

/// `cudaFault()`: why no GPU can be used, or null.
napi_value cuda_fault_text(const Call& call) {
#ifdef AGON_CUDA
  const char* fault = cuda_fault();
  return fault == nullptr ? call.null() : call.string(fault);
#else
  return call.string("the football simulator was built without CUDA");
#endif
}

napi_value scenario_names(napi_env env) {
  napi_value out;
  napi_create_array(env, &out);
  for (int i = 0; i < football::kScenarioCount; i++) {
    const std::string_view name = football::scenario_name(i);
    napi_value value;
    napi_create_string_utf8(env, name.data(), name.size(), &value);
    napi_set_element(env, out, std::uint32_t(i), value);
  }
  return out;
}

void set_function(napi_env env, napi_value exports, const char* name, napi_callback callback) {
  napi_value function;
  napi_create_function(env, name, NAPI_AUTO_LENGTH, callback, nullptr, &function);
  napi_set_named_property(env, exports, name, function);
}

void set_number(napi_env env, napi_value exports, const char* name, double number) {
  napi_value value;
  napi_create_double(env, number, &value);
  napi_set_named_property(env, exports, name, value);
}

}  // namespace

napi_value fill(napi_env env, napi_value exports) {
  napi_set_named_property(env, exports, "Games", games_class(env));
  napi_set_named_property(env, exports, "scenarios", scenario_names(env));
  set_number(env, exports, "stateBytes", sizeof(GameState));
  set_number(env, exports, "levelNumbers", kLevelNumbers);
  set_function(env, exports, "scenario", guarded<write_scenario>);
  set_function(env, exports, "check", guarded<check>);
  set_function(env, exports, "cudaFault", guarded<cuda_fault_text>);
  napi_value cuda;
#ifdef AGON_CUDA
  napi_get_boolean(env, true, &cuda);
#else
  napi_get_boolean(env, false, &cuda);
#endif
  napi_set_named_property(env, exports, "cuda", cuda);
  return exports;
}

}  // namespace agon::addon

NAPI_MODULE_INIT() { return agon::addon::fill(env, exports); }
