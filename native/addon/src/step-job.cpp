#include <cstring>

#include "held-games.hpp"

/// A step off the event loop.
namespace agon::addon {

namespace {

constexpr int kOutputs = 5;

/// Holds the object of the games and its output arrays until the step has ended.
struct StepJob {
  HeldGames* held;
  napi_async_work work = nullptr;
  napi_deferred deferred = nullptr;
  napi_ref self = nullptr;
  napi_ref outputs[kOutputs] = {};
  std::string failure;  // of the device
};

void execute(napi_env, void* data) {
  StepJob& job = *static_cast<StepJob*>(data);
  try {
    job.held->games->step(job.held->numbers.actions.data(), job.held->numbers.buffers());
  } catch (const std::exception& error) {
    job.failure = error.what();
  }
}

template <class T>
void copy_out(napi_env env, napi_ref output, const char* name, const std::vector<T>& from) {
  napi_value value;
  if (napi_get_reference_value(env, output, &value) != napi_ok) return;
  void* to = array_data(env, value, name, kElement<T>, from.size());
  if (!from.empty()) std::memcpy(to, from.data(), from.size() * sizeof(T));
}

/// Arrays that were taken away meanwhile are refused here.
void copy_all_out(napi_env env, const StepJob& job) {
  const StepNumbers& numbers = job.held->numbers;
  copy_out(env, job.outputs[0], "scoring", numbers.scoring);
  copy_out(env, job.outputs[1], "checkpoints", numbers.checkpoints);
  copy_out(env, job.outputs[2], "terminated", numbers.terminated);
  copy_out(env, job.outputs[3], "truncated", numbers.truncated);
  copy_out(env, job.outputs[4], "score", numbers.score);
}

napi_value error_of(napi_env env, const char* code, const std::string& message) {
  napi_value code_value, text, error;
  napi_create_string_utf8(env, code, NAPI_AUTO_LENGTH, &code_value);
  napi_create_string_utf8(env, message.data(), message.size(), &text);
  napi_create_error(env, code_value, text, &error);
  return error;
}

void settle(napi_env env, StepJob& job, napi_status status) {
  try {
    if (status != napi_ok) throw Refusal{"football/closed", "the thread of these games is ending"};
    if (!job.failure.empty()) throw Refusal{"football/device", job.failure};
    copy_all_out(env, job);
    napi_value undefined;
    napi_get_undefined(env, &undefined);
    napi_resolve_deferred(env, job.deferred, undefined);
  } catch (const Refusal& refusal) {
    napi_reject_deferred(env, job.deferred, error_of(env, refusal.code, refusal.message));
  }
}

/// On the thread of JavaScript. Where that thread is ending, calls into it fail and change nothing.
void complete(napi_env env, napi_status status, void* data) {
  const std::unique_ptr<StepJob> job(static_cast<StepJob*>(data));
  HeldGames& held = *job->held;
  settle(env, *job, status);
  held.stepping = false;
  if (held.closing) held.free(env);
  for (napi_ref output : job->outputs) napi_delete_reference(env, output);
  napi_delete_reference(env, job->self);
  napi_delete_async_work(env, job->work);
}

}  // namespace

napi_value step_later(const Call& call) {
  HeldGames& held = ready_games(call);
  step_arguments(call, held);
  auto job = std::make_unique<StepJob>();
  job->held = &held;
  napi_value promise, name;
  napi_create_string_utf8(call.env, "agon:football", NAPI_AUTO_LENGTH, &name);
  napi_create_promise(call.env, &job->deferred, &promise);
  napi_create_reference(call.env, call.self, 1, &job->self);
  for (int i = 0; i < kOutputs; i++) napi_create_reference(call.env, call.argument(i + 1), 1, &job->outputs[i]);
  napi_create_async_work(call.env, nullptr, name, execute, complete, job.get(), &job->work);
  if (napi_queue_async_work(call.env, job->work) != napi_ok)
    throw Refusal{"football/closed", "the thread of these games is ending"};
  held.stepping = true;
  job.release();
  return promise;
}

}  // namespace agon::addon
