// Players without the ball: what holds whatever is asked of them. Recorded runs are replayed in micro-experiments.cpp.
#include <initializer_list>

#include "agon/football/attributes.hpp"
#include "agon/football/random.hpp"
#include "check.hpp"
#include "replayed-controls.hpp"

using namespace agon::football;

namespace {

const Build kIndexOne = {attributes_of(1).top_speed, attributes_of(1).stamina};

/// A stop, an arc and standing still end where they should, for any direction and pace.
void settles() {
  for (int direction = kLeft; direction <= kBottomLeft; direction++) {
    for (const int flag : {kIdle, kSprint, kDribble}) {
      Player player;
      ReplayedControls controls;
      controls.take(flag);
      controls.take(direction);
      for (int tick = 0; tick < 500; tick++) move(player, controls.command(), kIndexOne);
      const Vector2 along = controls.direction;
      CHECK(dot(player.velocity, along) > 0.999f * length(player.velocity));
      controls.take(kReleaseDirection);
      for (int tick = 0; tick < 200; tick++) move(player, controls.command(), kIndexOne);
      CHECK(length(player.velocity) == 0.0f);
      CHECK(dot(player.facing, along) > 0.99f);
    }
  }
}

/// Whatever is asked of whomever: no one outruns his top speed or changes velocity faster than his feet allow.
void limits() {
  RandomStream stream = step_stream(6, 0, 0);
  for (int index = 0; index < kMaxPlayers; index++) {
    const Build build = {attributes_of(index).top_speed, attributes_of(index).stamina};
    Player player;
    float fastest = 0, sharpest = 0;
    for (int change = 0; change < 2000; change++) {
      const float angle = draw_uniform(stream) * 2 * kPi;
      const float paces[] = {0, kDribbleSpeed, kWalkSpeed, kSprintSpeed};
      const Command command = {{cosine(angle), sine(angle)}, paces[draw_integer(stream, 4)]};
      for (std::uint32_t tick = draw_integer(stream, 120); tick > 0; tick--) {
        const Vector2 before = player.velocity;
        move(player, command, build);
        fastest = larger(fastest, length(player.velocity));
        sharpest = larger(sharpest, length(player.velocity - before) / kTick);
      }
    }
    CHECK(fastest > 7 && fastest <= build.top_speed * 1.0001f);
    CHECK(sharpest > 30 && sharpest < 35.51f);
    CHECK(player.tired == kMostTired);
  }
}

}  // namespace

int main() {
  settles();
  limits();
  CHECK(tire(0.98f, 0.7f, 1000) == kMostTired);
  return check::finish("movement");
}
