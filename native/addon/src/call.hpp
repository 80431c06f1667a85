#pragma once

#include <node_api.h>

#include <cstdint>
#include <new>
#include <string>
#include <system_error>

#include "games.hpp"

/// Calls from JavaScript: arguments are checked as they are read, and whatever is thrown becomes an Error with a `code`.
namespace agon::addon {

/// An argument or a state of affairs that a call refuses.
struct Refusal {
  const char* code;
  std::string message;
};

/// The element type of a C++ number in a typed array.
template <class T>
inline constexpr napi_typedarray_type kElement = napi_uint8_array;
template <>
inline constexpr napi_typedarray_type kElement<float> = napi_float32_array;
template <>
inline constexpr napi_typedarray_type kElement<double> = napi_float64_array;
template <>
inline constexpr napi_typedarray_type kElement<std::int32_t> = napi_int32_array;

inline const char* array_name(napi_typedarray_type type) {
  switch (type) {
    case napi_float32_array: return "Float32Array";
    case napi_float64_array: return "Float64Array";
    case napi_int32_array: return "Int32Array";
    default: return "Uint8Array";
  }
}

/// The bytes of a typed array of one type and length. They stay where they are as long as JavaScript does not run.
inline void* array_data(napi_env env, napi_value value, const char* name, napi_typedarray_type wanted,
                        std::size_t length) {
  const std::string needed = std::string(name) + " must be a " + array_name(wanted) + " of " + std::to_string(length);
  napi_typedarray_type type;
  std::size_t size, offset;
  void* data = nullptr;
  napi_value buffer;
  if (napi_get_typedarray_info(env, value, &type, &size, &data, &buffer, &offset) != napi_ok)
    throw Refusal{"football/buffers", needed};
  if (type != wanted) throw Refusal{"football/buffers", needed + ", not a " + array_name(type)};
  if (size != length) throw Refusal{"football/buffers", needed + ", not of " + std::to_string(size)};
  return data;
}

class Call {
 public:
  Call(napi_env env, napi_callback_info info) : env(env) {
    std::size_t count = kMost;
    napi_get_cb_info(env, info, &count, arguments_, &self, nullptr);
  }

  napi_value argument(int index) const { return arguments_[index]; }

  /// A whole number from `least` to `most`.
  std::int64_t integer(int index, const char* name, std::int64_t least, std::int64_t most) const {
    double value = 0;
    const bool number = napi_get_value_double(env, arguments_[index], &value) == napi_ok;
    if (!number || !(value >= double(least) && value <= double(most)) || value != double(std::int64_t(value)))
      throw Refusal{"football/argument", std::string(name) + " must be a whole number from " + std::to_string(least) +
                                             " to " + std::to_string(most)};
    return std::int64_t(value);
  }

  std::uint64_t bits(int index, const char* name) const {
    std::uint64_t value = 0;
    bool lossless = false;
    if (napi_get_value_bigint_uint64(env, arguments_[index], &value, &lossless) != napi_ok || !lossless)
      throw Refusal{"football/argument", std::string(name) + " must be a bigint from 0 to 2^64 - 1"};
    return value;
  }

  std::string text(int index, const char* name) const {
    std::size_t size = 0;
    if (napi_get_value_string_utf8(env, arguments_[index], nullptr, 0, &size) != napi_ok)
      throw Refusal{"football/argument", std::string(name) + " must be a string"};
    std::string out(size, '\0');
    napi_get_value_string_utf8(env, arguments_[index], out.data(), size + 1, &size);
    return out;
  }

  template <class T>
  T* array(int index, const char* name, std::size_t length) const {
    return static_cast<T*>(array_data(env, arguments_[index], name, kElement<T>, length));
  }

  napi_value undefined() const {
    napi_value out;
    napi_get_undefined(env, &out);
    return out;
  }
  napi_value null() const {
    napi_value out;
    napi_get_null(env, &out);
    return out;
  }
  napi_value string(const char* text) const {
    napi_value out;
    napi_create_string_utf8(env, text, NAPI_AUTO_LENGTH, &out);
    return out;
  }
  napi_value boolean(bool value) const {
    napi_value out;
    napi_get_boolean(env, value, &out);
    return out;
  }

  napi_env env;
  napi_value self = nullptr;

 private:
  static constexpr std::size_t kMost = 8;
  napi_value arguments_[kMost];
};

/// A function for JavaScript that runs `Body` and turns what it throws into an Error.
template <napi_value (*Body)(const Call&)>
napi_value guarded(napi_env env, napi_callback_info info) {
  try {
    return Body(Call(env, info));
  } catch (const Refusal& refusal) {
    napi_throw_error(env, refusal.code, refusal.message.c_str());
  } catch (const DeviceFailure& failure) {
    napi_throw_error(env, "football/device", failure.what());
  } catch (const std::bad_alloc&) {
    napi_throw_error(env, "football/memory", "there is not enough memory for these games");
  } catch (const std::system_error& error) {
    napi_throw_error(env, "football/threads", error.what());
  }
  return nullptr;
}

}  // namespace agon::addon
