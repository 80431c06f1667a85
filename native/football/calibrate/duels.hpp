#pragma once

#include "outcomes.hpp"
#include "sample.hpp"
#include "table-row.hpp"

/// Rows of the experiments with opponents or without a ball of one's own: interceptions, slides, tackles, loose balls.
namespace calibrate {

/// Each recorded trial is played this often.
inline constexpr int kRepeats = 12;

/// A result of the recorded trials and of as many simulated ones as there are repeats.
struct Pair {
  Sample recorded, ours;
};

/// Calls `measure(play, trial)` for the recorded play and `false`, and for the simulated ones and `true`.
template <class Scripted, class Measure>
void play_trials(const Trace& trace, const Cast& cast, Scripted script_of, Measure measure) {
  std::uint64_t seed = 4000;
  std::size_t longest = 0;
  for (const Trial& trial : trace.trials) longest = std::max(longest, trial.rows - 1);
  for (const Trial& trial : trace.trials) {
    measure(recorded_play(trace, trial), trial, false);
    const Level level = level_of(trace, trial, cast);
    for (int i = 0; i < kRepeats; i++) measure(simulated_play(level, longest, seed++, script_of(trial)), trial, true);
  }
}

/// Adds a value that happened.
inline void note(Pair& pair, bool simulated, double value) {
  if (!std::isnan(value)) (simulated ? pair.ours : pair.recorded).add(value);
}

inline void interceptions(const std::string& folder, Table& table) {
  Trace trace;
  if (!Trace::read(folder, "pass_intercept", trace)) return;
  std::map<std::string, std::map<double, Pair>> cells;
  std::map<std::string, Pair> kinds;
  play_trials(
      trace, {false, 0.6}, [&](const Trial& trial) { return recorded_hands(trace, trial); },
      [&](const Play& play, const Trial& trial, bool simulated) {
        // A ball that nobody got counts as not intercepted.
        const double taken = next_owner(play) == 1 ? 1 : 0;
        note(cells[trial.text("kind")][trial.number("offset_m")], simulated, taken);
        note(kinds[trial.text("kind")], simulated, taken);
      });
  for (const auto& [kind, pair] : kinds) {
    for (const auto& [offset, cell] : cells[kind]) {
      char what[80];
      std::snprintf(what, sizeof what, "%s pass intercepted, %g m aside", kind.c_str(), offset);
      table.push_back({"pass_intercept", what, cell.ours.mean(), cell.recorded.mean(), 0.2, ""});
    }
    table.push_back(
        {"pass_intercept", kind + " pass intercepted, all places", pair.ours.mean(), pair.recorded.mean(), 0.2, ""});
  }
}

/// L1 runs as recorded until he is as near to R1 as the trial says, then slides; R1 stands, comes or runs away.
inline Script slide_script(const Trace& trace, const Trial& trial) {
  const Script recorded = recorded_hands(trace, trial);
  const double gap = trial.number("gap_m");
  const std::string carrier = trial.text("carrier");
  return [=](std::size_t step, const Play& play) -> Hands {
    Hands hands = recorded(step, play);
    const bool before = pressed(play, kSlide) < 0;
    const bool near = step > 1 && length(play.back().left - play.back().right) < gap;
    if (hands.left == kSlide) hands.left = kIdle;
    if (before && near) hands.left = kSlide;
    // The right agent sees its own goal on the left: away from us is backwards for it.
    if (step == 0 && carrier != "idle") hands.right = carrier == "towards" ? kRight : kLeft;
    return hands;
  };
}

inline void slides(const std::string& folder, Table& table) {
  Trace trace;
  if (!Trace::read(folder, "slide", trace)) return;
  std::map<std::string, Pair> far, up, won;
  Pair foul;
  play_trials(
      trace, {true, 1}, [&](const Trial& trial) { return slide_script(trace, trial); },
      [&](const Play& play, const Trial& trial, bool simulated) {
        const SlideOutcome out = slide_outcome(play);
        const std::string from = "slide from " + trial.text("speed"), carrier = trial.text("carrier");
        note(foul, simulated, out.foul);
        if (carrier != "away")
          note(won[from + (carrier == "idle" ? ": won from a standing carrier" : ": won from one who comes")],
               simulated, out.won);
        // Nothing is hit when the ball is still far.
        if (trial.number("gap_m") < 4 || carrier != "idle") return;
        note(far[from + ": length"], simulated, out.length);
        note(up[from + ": steps until up"], simulated, out.up);
      });
  for (const auto& [what, pair] : far)
    table.push_back({"slide", what, pair.ours.mean(), pair.recorded.mean(), 0.25 * pair.recorded.mean(), "m"});
  for (const auto& [what, pair] : up)
    table.push_back({"slide", what, pair.ours.mean(), pair.recorded.mean(), 0.25 * pair.recorded.mean(), "steps"});
  for (const auto& [what, pair] : won)
    table.push_back({"slide", what, pair.ours.mean(), pair.recorded.mean(), 0.2, ""});
  table.push_back({"slide", "slides that are fouls", foul.ours.mean(), foul.recorded.mean(), 0.2, ""});
}

/// The direction action (field axes) nearest to a vector with y up.
inline int steering(Vector2 way) {
  const double angle = std::atan2(double(way.y), double(way.x));
  const int eighth = (int(std::lround(angle / (3.14159265358979 / 4))) % 8 + 8) % 8;
  constexpr int actions[8] = {kRight, kTopRight, kTop, kTopLeft, kLeft, kBottomLeft, kBottom, kBottomRight};
  return actions[eighth];
}

/// The step in which R1's hands begin: nobody moves earlier than in the second row after a button.
inline std::size_t first_button(const Trace& trace, const Trial& trial) {
  for (std::size_t i = 0; i < trial.rows; i++) {
    const double speed = std::hypot(trace.value(trial, i, "R1_vx"), trace.value(trial, i, "R1_vy"));
    if (speed > 0.3) return i > 2 ? i - 2 : 0;
  }
  return 0;
}

/// R1 steers straight at the ball, sprinting or walking, from the step on in which he did so in the recorded trial.
inline Script tackle_script(const Trace& trace, const Trial& trial) {
  const Script recorded = recorded_hands(trace, trial);
  const bool sprints = trial.text("defender") == "sprint";
  const std::size_t first = first_button(trace, trial);
  return [=](std::size_t step, const Play& play) -> Hands {
    Hands hands = recorded(step, play);
    if (step < first) return hands;
    hands.right = sprints && step == first ? kSprint : rotated_action(steering(flat(play.back().ball) - play.back().right));
    return hands;
  };
}

inline void tackles_of(const std::string& folder, Table& table) {
  Trace trace;
  if (!Trace::read(folder, "tackle", trace)) return;
  std::map<std::string, Pair> groups;
  play_trials(
      trace, {true, 1}, [&](const Trial& trial) { return tackle_script(trace, trial); },
      [&](const Play& play, const Trial& trial, bool simulated) {
        const bool ahead = trial.number("start_m") > 0, sprints = trial.text("defender") == "sprint";
        const std::string carrier = trial.text("carrier") == "dribble_button" ? "dribbling"
                                    : trial.text("carrier") == "idle"         ? "standing"
                                    : trial.text("carrier") == "walk"         ? "walking"
                                                                              : "sprinting";
        if (ahead) note(groups[carrier + " carrier loses the ball head-on"], simulated, lost(play));
        if (!ahead && sprints && carrier != "standing")
          note(groups[carrier + " carrier loses the ball when chased"], simulated, lost(play));
      });
  for (const auto& [what, pair] : groups)
    table.push_back({"tackle", what, pair.ours.mean(), pair.recorded.mean(), 0.2, ""});
}

inline void loose_balls(const std::string& folder, Table& table) {
  Trace trace;
  if (!Trace::read(folder, "loose_ball", trace)) return;
  std::map<double, Pair> steps;
  play_trials(
      trace, {}, [&](const Trial& trial) { return recorded_hands(trace, trial); },
      [&](const Play& play, const Trial& trial, bool simulated) {
        note(steps[trial.number("distance_m")], simulated, steps_to_own(play));
      });
  for (const auto& [distance, pair] : steps) {
    char what[80];
    std::snprintf(what, sizeof what, "steps to a loose ball %g m away", distance);
    table.push_back(
        {"loose_ball", what, pair.ours.median(), pair.recorded.median(), 2, "steps", Bound::kDifference, true});
  }
}

inline void retreats(const std::string& folder, Table& table) {
  Trace trace;
  if (!Trace::read(folder, "retreat", trace)) return;
  std::map<double, Pair> wins;
  play_trials(
      trace, {}, [&](const Trial& trial) { return recorded_hands(trace, trial); },
      [&](const Play& play, const Trial& trial, bool simulated) {
        note(wins[trial.number("distance_m")], simulated, lost(play));
      });
  for (const auto& [distance, pair] : wins) {
    char what[80];
    std::snprintf(what, sizeof what, "lone defender from %g m wins the ball", distance);
    table.push_back({"retreat", what, pair.ours.mean(), pair.recorded.mean(), 0.2, ""});
  }
}

}  // namespace calibrate
