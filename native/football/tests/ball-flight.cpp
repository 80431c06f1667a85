// Rules of the free ball and the woodwork; recorded flights are replayed in micro-experiments.cpp.
#include "agon/football/woodwork.hpp"

#include <cmath>

#include "check.hpp"

using namespace agon::football;

namespace {

/// Rules of the table that flights alone would not show.
void rules() {
  Ball rest;
  fly(rest);
  for (int i = 0; i < 200; i++) fly(rest);
  CHECK(std::fabs(rest.position.z - kBallRadius) < 0.002f);
  CHECK(length(rest.velocity) < 0.15f);

  Ball drop;
  drop.position.z = 5;
  float top = 0;
  for (int i = 0; i < 300; i++) {
    fly(drop);
    if (i > 120) top = larger(top, drop.position.z);
  }
  CHECK(top > 1.5f && top < 2.2f);
  CHECK(drop.position.z >= kBallRadius - 0.1f);

  Ball bent;
  strike(bent, {25, 0, 6}, {0, 0, 60});
  for (int i = 0; i < 60; i++) fly(bent);
  CHECK(bent.position.y > 0.5f);  // spin to the left (seen from above) bends to the left
}

/// A hit keeps 0.8 of the speed in its plane and goes along (unit velocity + 1.1 unit normal).
void woodwork() {
  Ball post;
  strike(post, {20, 0, 1}, {0, 0, 0});
  post.position = {kPitchHalfLength - 0.15f, kGoalHalfWidth, 1};
  CHECK(hit_woodwork(post));
  CHECK(std::fabs(post.position.x - (kPitchHalfLength - 0.18f)) < 1e-5f && post.position.y == kGoalHalfWidth);
  CHECK(std::fabs(post.velocity.x + 16) < 1e-4f && post.velocity.z == 1.0f);

  Ball bar;
  strike(bar, {0, 3, -10}, {0, 0, 0});
  bar.position = {-kPitchHalfLength, 1, kGoalHeight + 0.1f};
  CHECK(hit_woodwork(bar));
  CHECK(std::fabs(bar.position.z - kGoalHeight - 0.18f) < 1e-5f);
  CHECK(std::fabs(bar.velocity.z - 8) < 1e-4f && bar.velocity.y == 3.0f);

  Ball side;
  strike(side, {30, 0, 0}, {0, 0, 0});
  side.position = {kPitchHalfLength, kGoalHalfWidth + 0.15f, 1};
  CHECK(hit_woodwork(side));
  CHECK(side.velocity.x > 0 && side.velocity.y > 0);
  CHECK(std::fabs(side.velocity.y / side.velocity.x - 1.1f) < 1e-3f);
  CHECK(std::fabs(length(side.velocity) - 24) < 1e-3f);

  Ball inside;
  inside.position = {kPitchHalfLength, 0, 1};
  CHECK(!hit_woodwork(inside));
  Ball above;
  above.position = {kPitchHalfLength, kGoalHalfWidth, kGoalHeight + 0.5f};
  CHECK(!hit_woodwork(above));
}

void units() {
  const Vector3 place = from_field({1, -0.42f, 2});
  CHECK(place.x == 54.4f && place.y > 35.11f && place.y < 35.113f && place.z == 2.0f);
  const Vector3 direction = velocity_to_field({5.44f, -8.36f, 1});
  CHECK(std::fabs(direction.x - 0.01f) < 1e-8f && std::fabs(direction.y - 0.01f) < 1e-8f && direction.z == 0.1f);
  const Vector3 spin = spin_from_field({1e-4f, 1e-4f, 1e-3f});
  CHECK(std::fabs(spin.x - 54.4f) < 1e-4f && std::fabs(spin.y + 83.6f) < 1e-4f && std::fabs(spin.z - 10) < 1e-5f);
  const Vector3 start = to_field({player_start(1, 1).x, player_start(1, 1).y, 0});
  CHECK(std::fabs(start.x - 1.01103f) < 1e-5f && std::fabs(start.y - 1.01627f) < 1e-5f);
}

}  // namespace

int main() {
  rules();
  woodwork();
  units();
  return check::finish("ball flight");
}
