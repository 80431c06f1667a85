// A saved game is its bytes, so none of them may be padding, which holds whatever was there: it compiles only without.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <limits>

#include "agon/football/raw-observation.hpp"
#include "check.hpp"
#pragma GCC diagnostic error "-Wpadded"
#include "agon/football/game/game-state.hpp"

int main() {
  CHECK(sizeof(agon::football::GameState) % 8 == 0);
  return check::finish("no-padding");
}
