#pragma once

#include "agon/football/attributes.hpp"
#include "agon/football/carry.hpp"
#include "agon/football/random.hpp"
#include "agon/football/woodwork.hpp"

/// A stretch of physics whose every bit ends in one number, for comparing processors, compilers and thread counts.
namespace workload {

inline constexpr int kLanes = 2048;
/// The lanes' hashes folded together, as g++ 12 on x86-64 gives them.
inline constexpr std::uint64_t kExpected = 0x12a78effae6cebe0ull;

AGON_HD inline std::uint64_t mixed(std::uint64_t hash, float value) {
  std::uint32_t bits;
  std::memcpy(&bits, &value, sizeof bits);
  return (hash ^ bits) * 0x100000001b3ull;
}

AGON_HD inline std::uint64_t mixed(std::uint64_t hash, agon::football::Vector3 v) {
  return mixed(mixed(mixed(hash, v.x), v.y), v.z);
}

AGON_HD inline float between(agon::football::RandomStream& stream, float low, float high) {
  return low + (high - low) * agon::football::draw_uniform(stream);
}

/// A kicked ball near a goal for three seconds.
AGON_HD inline std::uint64_t flight(agon::football::RandomStream& stream, std::uint64_t hash) {
  using namespace agon::football;
  // Braces draw from left to right; arguments of a call would be drawn in an order of the compiler's choice.
  Ball ball;
  ball.position = {between(stream, 30, 54), between(stream, -20, 20), between(stream, 0.1f, 2)};
  const Vector3 velocity = {between(stream, -10, 35), between(stream, -15, 15), between(stream, -2, 9)};
  const Vector3 spin = {between(stream, -60, 60), between(stream, -60, 60), between(stream, -60, 60)};
  strike(ball, velocity, spin);
  for (int tick = 0; tick < 300; tick++) {
    step_ball(ball);
    hash = mixed(mixed(mixed(hash, ball.position), ball.velocity), ball.spin);
  }
  return hash;
}

/// A player who changes his mind every second, with the ball and then without.
AGON_HD inline std::uint64_t run(agon::football::RandomStream& stream, std::uint64_t hash) {
  using namespace agon::football;
  const Attributes attributes = attributes_of(int(draw_integer(stream, kMaxPlayers)));
  const Build build = {attributes.top_speed, attributes.stamina};
  Player player;
  Ball ball;
  ball.position.x = 0.6f;
  for (int second = 0; second < 8; second++) {
    const float angle = between(stream, -kPi, kPi);
    const float paces[] = {kWalkSpeed, kSprintSpeed, kDribbleSpeed, 0};
    const Command command = {{cosine(angle), sine(angle)}, paces[draw_integer(stream, 4)]};
    for (int tick = 0; tick < 100; tick++) {
      if (second < 5) {
        carry(player, ball, command, build);
      } else {
        move(player, command, build);
      }
      fly(ball);
      hash = mixed(mixed(hash, {player.position.x, player.position.y, player.tired}), ball.position);
    }
  }
  return hash;
}

AGON_HD inline std::uint64_t functions(agon::football::RandomStream& stream, std::uint64_t hash) {
  using namespace agon::football;
  for (int i = 0; i < 64; i++) {
    const float x = between(stream, -80, 80);
    const float y = between(stream, -80, 80);
    hash = mixed(hash, {sine(x * 100), cosine(x * 100), arctangent2(y, x)});
    hash = mixed(hash, {exponential(x), logarithm(exponential(y)), power(y * y, 0.7f)});
    hash = mixed(hash, {draw_normal(stream), square_root(y * y + 1), 1.0f / y});
  }
  return hash;
}

AGON_HD inline std::uint64_t lane(int index) {
  agon::football::RandomStream stream = agon::football::step_stream(20240607, std::uint32_t(index), 0);
  return functions(stream, run(stream, flight(stream, 0xcbf29ce484222325ull)));
}

inline std::uint64_t folded(const std::uint64_t* lanes) {
  std::uint64_t hash = 0xcbf29ce484222325ull;
  for (int i = 0; i < kLanes; i++) hash = (hash ^ lanes[i]) * 0x100000001b3ull;
  return hash;
}

}  // namespace workload
