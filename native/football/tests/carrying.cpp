// The runner and the ball stay together. Recorded runs with the ball are replayed in micro-experiments.cpp.
#include "agon/football/carry.hpp"

#include "agon/football/attributes.hpp"
#include "agon/football/random.hpp"
#include "calibration.hpp"
#include "replayed-controls.hpp"

using namespace agon::football;

namespace {

const Build kIndexOne = {attributes_of(1).top_speed, attributes_of(1).stamina};

/// Whatever is asked, the runner and the ball stay together.
void keeps_the_ball() {
  RandomStream stream = step_stream(5, 0, 0);
  Player player;
  Ball ball;
  ball.position = {0.5f, 0, kBallRadius};
  const int wishes[] = {kLeft,        kTopLeft, kTop,        kTopRight,        kRight,
                        kBottomRight, kBottom,  kBottomLeft, kReleaseDirection};
  const int flags[] = {kIdle, kSprint, kDribble};
  float farthest = 0;
  for (int change = 0; change < 4000; change++) {
    ReplayedControls controls;
    controls.take(wishes[draw_integer(stream, 9)]);
    controls.take(flags[draw_integer(stream, 3)]);
    const int ticks = 10 + int(draw_integer(stream, 150));
    for (int tick = 0; tick < ticks; tick++) {
      carry(player, ball, controls.command(), kIndexOne);
      fly(ball);
      const Vector2 at = {ball.position.x, ball.position.y};
      farthest = larger(farthest, length(at - player.position));
    }
  }
  check::row("farthest ball in 4000 random changes of mind", farthest, 5, "m");
}

}  // namespace

int main() {
  keeps_the_ball();
  return check::finish("carrying");
}
