#include <cstdint>
#include <cstring>
#include <string>

#include "agon/football/actions.hpp"
#include "agon/football/sticky-actions.hpp"
#include "agon/football/view.hpp"
#include "check.hpp"
#include "fixtures.hpp"

using namespace agon::football;

namespace {

/// The ten bits as text, so that tables read as in the reference: directions 1..8, sprint, dribble.
struct Sticky {
  std::uint8_t bits[kStickyActions] = {};

  explicit Sticky(const char* text) {
    for (int k = 0; k < kStickyActions; k++) bits[k] = text[k] == '1' ? 1 : 0;
  }
  std::string text() const {
    std::string out;
    for (std::uint8_t bit : bits) out += bit ? '1' : '0';
    return out;
  }
  std::string after(int action) const {
    Sticky copy = *this;
    CHECK(apply_sticky(copy.bits, action));
    return copy.text();
  }
};

void check_sets() {
  CHECK(kDefaultActions == 19 && kV2Actions == 20);
  CHECK(std::string(kActionNames[0]) == "idle" && std::string(kActionNames[5]) == "right");
  CHECK(std::string(kActionNames[9]) == "long_pass" && std::string(kActionNames[12]) == "shot");
  CHECK(std::string(kActionNames[18]) == "release_dribble" && std::string(kActionNames[19]) == "builtin_ai");
  int directions = 0;
  int buttons = 0;
  for (int action = 0; action < kV2Actions; action++) {
    directions += is_direction(action) ? 1 : 0;
    buttons += is_button(action) ? 1 : 0;
    CHECK(controller_enabled(action) == (action != 19));
  }
  CHECK(directions == 8 && buttons == 5);
  double unit[2];
  unit_direction(kTopLeft, unit);
  CHECK(unit[0] == -0.7071067811865475 && unit[1] == -0.7071067811865475);
  unit_direction(kBottom, unit);
  CHECK(unit[0] == 0.0 && unit[1] == 1.0);
  unit_direction(kIdle, unit);
  CHECK(unit[0] == 0.0 && unit[1] == 0.0);
}

void check_table() {
  const Sticky running("0000100011");
  for (int action : {kIdle, kLongPass, kHighPass, kShortPass, kShot, kSlide}) {
    CHECK(running.after(action) == running.text());
  }
  for (int action = kLeft; action <= kBottomLeft; action++) {
    std::string expected = "0000000011";
    expected[action - 1] = '1';
    CHECK(running.after(action) == expected);
  }
  CHECK(running.after(kReleaseDirection) == "0000000011");
  CHECK(running.after(kReleaseSprint) == "0000100001");
  CHECK(running.after(kReleaseDribble) == "0000100010");
  CHECK(running.after(kBuiltinAi) == "0000000000");
  const Sticky standing("0000000000");
  CHECK(standing.after(kSprint) == "0000000010" && standing.after(kDribble) == "0000000001");
  CHECK(standing.after(kReleaseDirection) == "0000000000");
  Sticky refused = running;
  CHECK(!apply_sticky(refused.bits, -1) && !apply_sticky(refused.bits, 20) && refused.text() == running.text());
}

void check_held_restart() {
  for (int waited = 0; waited < 20; waited++) CHECK(held_restart_action(kShot, waited, waited % 2 == 0) == kShot);
  CHECK(held_restart_action(kShot, 20, true) == kShortPass && held_restart_action(kShot, 20, false) == kShortPass);
  CHECK(held_restart_action(kShot, 21, false) == kIdle && held_restart_action(kShot, 40, false) == kIdle);
  CHECK(held_restart_action(kShot, 21, true) == kRight && held_restart_action(kShot, 30, true) == kRight);
  CHECK(held_restart_action(kShot, 31, true) == kLeft);
}

Sticky unpacked(std::int8_t packed) {
  Sticky sticky("0000000000");
  if (packed & 15) sticky.bits[(packed & 15) - 1] = 1;
  sticky.bits[kStickySprint] = packed & 16 ? 1 : 0;
  sticky.bits[kStickyDribble] = packed & 32 ? 1 : 0;
  return sticky;
}

/// Columns of controls-*.i8.
constexpr int kMode = 0;
constexpr int kOwnerTeam = 1;
constexpr int kOwnerPlayer = 2;
constexpr int kSticky = 3;
constexpr int kAction = 25;

/// Replays every recorded control of a game: bits and action of one step must give the bits of the next one.
void check_recorded(const std::filesystem::path& path) {
  const auto rows = fixtures::read<std::int8_t>(path, 47);
  long replayed = 0;
  long changed = 0;
  long forced = 0;
  int waited = 0;
  for (std::size_t t = 0; t + 1 < rows.rows(); t++) {
    const std::int8_t* now = rows.row(t);
    waited = now[kMode] == kModeNormal ? 0 : waited + 1;
    for (int seat = 0; seat < 22; seat++) {
      const bool right = seat >= 11;
      const bool owns = now[kOwnerTeam] == (right ? kRightTeam : kLeftTeam) && now[kOwnerPlayer] == seat % 11;
      int action = now[kAction + seat];
      // Seats at 19 are no agents here: the built-in AI's own, which the environment does not override.
      if (controller_enabled(action)) {
        // Recorded actions are in field axes, the rule speaks in the agent's view.
        const int own_view = right ? rotated_action(action) : action;
        const int carried = held_restart_action(own_view, waited, owns);
        forced += waited >= kHeldRestartSteps ? 1 : 0;
        action = right ? rotated_action(carried) : carried;
      }
      const Sticky before = unpacked(now[kSticky + seat]);
      const std::string after = unpacked(rows.row(t + 1)[kSticky + seat]).text();
      CHECK(before.after(action) == after);
      changed += before.text() != after ? 1 : 0;
      replayed++;
    }
  }
  CHECK(replayed > 0 && changed > 0);
  std::printf("%s: %ld recorded controls replayed, %ld change a bit, %ld under a held restart\n",
              path.filename().string().c_str(), replayed, changed, forced);
}

}  // namespace

/// With arguments, further files of the fixture's format are replayed too.
int main(int argc, char** argv) {
  check_sets();
  check_table();
  check_held_restart();
  check_recorded(fixtures::folder() / "controls-e08.i8");
  for (int i = 1; i < argc; i++) check_recorded(argv[i]);
  return check::finish("sticky actions");
}
