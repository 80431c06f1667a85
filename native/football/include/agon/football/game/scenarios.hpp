#pragma once

#include <string_view>

#include "agon/football/game/level-check.hpp"

/// The reference's built-in scenarios as data. A formation is a list of "role x y", with "lazy" or "fixed" (not
/// controllable) after a player where it applies, each team in its own frame.
namespace agon::football {

namespace detail {

inline constexpr const char* kElevenKicking =
    "GK -1 0; RM 0 0.02; CF 0 -0.02; LB -0.422 -0.19576; CB -0.5 -0.06356; CB -0.5 0.063559; RB -0.422 0.19576;"
    "CM -0.184212 -0.10568; CM -0.267574 0; CM -0.184212 0.10568; LM -0.01 -0.2161";
inline constexpr const char* kElevenWaiting =
    "GK -1 0; RM -0.05 0; CF -0.01 0.216102; LB -0.422 -0.19576; CB -0.5 -0.06356; CB -0.5 0.063559;"
    "RB -0.422 0.19576; CM -0.184212 -0.10568; CM -0.267574 0; CM -0.184212 0.10568; LM -0.01 -0.2161";
inline constexpr const char* kKaggleKicking =
    "GK -1 0; LB -0.422 -0.19576; CB -0.5 -0.06356; CB -0.5 0.063559; RB -0.422 0.19576; CM -0.184212 -0.10568;"
    "CM -0.267574 0; CM -0.184212 0.10568; LM -0.01 -0.2161; CF 0 0.02; RM 0 -0.02";
inline constexpr const char* kKaggleWaiting =
    "GK -1 0; LB -0.422 -0.19576; CB -0.5 -0.06356; CB -0.5 0.063559; RB -0.422 0.19576; CM -0.184212 -0.10568;"
    "CM -0.267574 0; CM -0.184212 0.10568; LM -0.01 -0.2161; CF -0.05 0; RM -0.01 0.216102";
inline constexpr const char* kElevenLazy =
    "GK -1 0; RM -0.05 0 lazy; CF -0.01 0.216102 lazy; LB -0.422 -0.19576 lazy; CB -0.5 -0.06356 lazy;"
    "CB -0.5 0.063559 lazy; RB -0.422 0.19576 lazy; CM -0.184212 -0.10568 lazy; CM -0.267574 0 lazy;"
    "CM -0.184212 0.10568 lazy; LM -0.01 -0.2161 lazy";
inline constexpr const char* kElevenOffence =
    "GK -1 0; RM 0 0.02; CF 0 -0.02; LB -0.422 -0.19576; CB -0.5 -0.06356; CB -0.5 0.063559; RB -0.422 0.19576;"
    "CM -0.184212 -0.10568; CM -0.267574 0; CM -0.184212 0.105681; LM -0.01 -0.2161";
inline constexpr const char* kFourDefence = "GK -1 0; LB -0.422 -0.19576; CB -0.5 -0.06356; CB -0.5 0.063559";
inline constexpr const char* kCounterLeft =
    "GK -1 0; LB -0.672 -0.19576; CB -0.75 -0.06356; CB -0.75 0.063559; RB -0.672 0.19576; CM -0.434 -0.10568;"
    "CM -0.434 0.10568; CM 0.5 -0.3161; LM 0.25 -0.1; RM 0.25 0.1; CF 0.35 0.316102";
inline constexpr const char* kCounterEasyRight =
    "GK -1 0; LB 0.128 -0.19576; CB 0.4 -0.06356; CB -0.4 0.063559; RB 0.128 -0.19576; CM 0.365 -0.10568;"
    "CM 0.282 0; CM 0.365 0.10568; LM 0.54 -0.3161; RM 0.51 0; CF 0.54 0.316102";
inline constexpr const char* kCounterHardRight =
    "GK -1 0; LB 0.128 -0.19576; CB -0.4 -0.06356; CB -0.4 0.063559; RB 0.128 -0.19576; CM 0.365 -0.10568;"
    "CM 0.282 0; CM 0.365 0.10568; LM 0.54 -0.3161; RM 0.51 0; CF 0.54 0.316102";
inline constexpr const char* kCornerLeft =
    "GK -1 0; LB 1 0.42; CB 0.7 0.15; CB 0.7 0.05; RB 0.7 -0.05; CM 0 0; CM 0.6 0.35; CM 0.8 0.07; LM 0.8 -0.03;"
    "RM 0.8 -0.13; CF 0.7 -0.3";
inline constexpr const char* kCornerRight =
    "GK -1 0; LB -0.75 -0.18; CB -0.75 -0.08; CB -0.75 0.02; RB -1 -0.1; CM -0.8 -0.25; CM -0.88 -0.07;"
    "CM -0.88 0.03; LM -0.88 0.13; RM -0.75 0.25; CF -0.2 0";
inline constexpr const char* kFiveKicking = "GK -1 0 fixed; RM 0 0.02; CF 0 -0.02; LB -0.1 -0.1; CB -0.1 0.1";
inline constexpr const char* kFiveWaiting = "GK -1 0 fixed; RM -0.04 0.04; CF -0.04 -0.04; LB -0.1 -0.1; CB -0.1 0.1";
inline constexpr const char* kRunDefence =
    "GK -1 0; LB 0.12 0.2; CB 0.12 0.1; CM 0.12 0; CB 0.12 -0.1; RB 0.12 -0.2";
inline constexpr const char* kRunNoKeeper = "GK 1 0; LB 0.12 0.2; CB 0.12 0.1; CM 0.12 0; CB 0.12 -0.1; RB 0.12 -0.2";
inline constexpr const char* kThreeAttack = "GK -1 0; CM 0.6 0; CM 0.7 0.2; CM 0.7 -0.2";
inline constexpr const char* kPassAttack = "GK -1 0; CB 0.7 0; CB 0.7 -0.3";

/// Flags of a scenario.
enum : unsigned { kOffsides = 1, kScore = 2, kOut = 4, kPossession = 8, kSwap = 16, kAll = 32, kTwoBalls = 64 };

inline constexpr unsigned kAcademy = kScore | kOut | kPossession;

struct ScenarioRow {
  std::string_view name;
  int steps;
  float left, right;  // difficulties
  unsigned flags;
  int second_half;
  float x, y;  // ball; with kTwoBalls its mirror image on odd episodes
  const char* teams[2];
};

inline constexpr ScenarioRow kScenarios[] = {
    {"11_vs_11_competition", 3000, 1, 1, kOffsides | kSwap, -1, 0, 0, {kElevenKicking, kElevenWaiting}},
    {"11_vs_11_easy_stochastic", 3000, 1, 0.05f, kOffsides | kSwap, -1, 0, 0, {kElevenKicking, kElevenWaiting}},
    {"11_vs_11_hard_stochastic", 3000, 1, 0.95f, kOffsides | kSwap, -1, 0, 0, {kElevenKicking, kElevenWaiting}},
    {"11_vs_11_kaggle", 3000, 1, 1, kOffsides | kSwap, 1500, 0, 0, {kKaggleKicking, kKaggleWaiting}},
    {"11_vs_11_stochastic", 3000, 1, 0.6f, kOffsides | kSwap, -1, 0, 0, {kElevenKicking, kElevenWaiting}},
    {"1_vs_1_easy", 500, 0, 0, kOffsides, -1, 0, 0, {"GK -1 0", "GK -1 0"}},
    {"5_vs_5", 3000, 0.05f, 0.05f, kOffsides | kSwap, -1, 0, 0, {kFiveKicking, kFiveWaiting}},
    {"academy_3_vs_1_with_keeper", 400, 1, 0.6f, kAcademy, -1, 0.62f, 0, {kThreeAttack, "GK -1 0; CB -0.75 0"}},
    {"academy_corner", 400, 1, 0.6f, kScore | kOut, -1, 0.99f, 0.41f, {kCornerLeft, kCornerRight}},
    {"academy_counterattack_easy", 400, 1, 0.6f, kAcademy, -1, 0.26f, -0.11f, {kCounterLeft, kCounterEasyRight}},
    {"academy_counterattack_hard", 400, 1, 0.6f, kAcademy, -1, 0.26f, -0.11f, {kCounterLeft, kCounterHardRight}},
    {"academy_empty_goal", 400, 1, 0.6f, kAcademy, -1, 0.02f, 0, {"GK -1 0; CB 0 0", "GK 1 0"}},
    {"academy_empty_goal_close", 400, 1, 0.6f, kAcademy, -1, 0.77f, 0, {"GK -1 0; CB 0.75 0", "GK 1 0"}},
    {"academy_pass_and_shoot_with_keeper", 400, 1, 0.6f, kAcademy, -1, 0.7f, -0.28f, {kPassAttack, "GK -1 0; CB -0.75 0.3"}},
    {"academy_run_pass_and_shoot_with_keeper", 400, 1, 0.6f, kAcademy, -1, 0.7f, -0.28f, {kPassAttack, "GK -1 0; CB -0.75 0.1"}},
    {"academy_run_to_score", 400, 1, 0.6f, kAcademy, -1, 0.02f, 0, {"GK -1 0; CB 0 0", kRunNoKeeper}},
    {"academy_run_to_score_with_keeper", 400, 1, 0.6f, kAcademy, -1, 0.02f, 0, {"GK -1 0; CB 0 0", kRunDefence}},
    {"academy_single_goal_versus_lazy", 3000, 1, 0.6f, kAcademy, -1, -0.48f, -0.06356f, {kElevenKicking, kElevenLazy}},
    {"test_example_multiagent", 100, 1, 0.6f, kAcademy, -1, 0.62f, 0, {kThreeAttack, "GK 1 0; CB -0.75 0"}},
    {"tests.11_vs_11_deterministic", 3000, 1, 0.6f, kOffsides | kSwap, -1, 0, 0, {kElevenKicking, kElevenWaiting}},
    {"tests.11_vs_11_easy_deterministic", 3000, 1, 0.05f, kOffsides | kSwap, -1, 0, 0, {kElevenKicking, kElevenWaiting}},
    {"tests.11_vs_11_hard_deterministic", 3000, 1, 0.95f, kOffsides | kSwap, -1, 0, 0, {kElevenKicking, kElevenWaiting}},
    {"tests.11_vs_11_single_goal_deterministic", 3000, 1, 0.6f, kOffsides | kScore | kSwap, -1, 0, 0, {kElevenKicking, kElevenWaiting}},
    {"tests.11_vs_11_single_goal_stochastic", 3000, 1, 0.6f, kOffsides | kScore | kSwap, -1, 0, 0, {kElevenKicking, kElevenWaiting}},
    {"tests.11_vs_4_offence_deterministic", 400, 1, 0.6f, kOffsides | kAcademy, -1, 0, 0, {kElevenOffence, kFourDefence}},
    {"tests.11_vs_4_offence_stochastic", 400, 1, 0.6f, kOffsides | kAcademy, -1, 0, 0, {kElevenOffence, kFourDefence}},
    {"tests.corner_test", 30, 1, 0.6f, kOffsides | kTwoBalls, -1, -0.9f, 0.3f,
     {"GK -1 0 lazy; RM -0.85 0.3 lazy; RM 0 0 lazy", "GK -1 0 lazy; RM -0.85 0.3 lazy"}},
    {"tests.goal_test", 65, 1, 0.6f, kOffsides | kTwoBalls, -1, 0.5f, 0, {"GK 0.5 0", "GK 0.5 0"}},
    {"tests.keeper_test", 30, 1, 0.6f, kOffsides | kTwoBalls, -1, 0.9f, 0.3f,
     {"GK -1 0 lazy; RM 0.85 0.3 lazy; RM 0 0 lazy", "GK -1 0 lazy; RM 0.85 0.3 lazy"}},
    {"tests.kickoff_for_goal_loosing_team_test", 400, 1, 0.6f, kOffsides, -1, 0, 0, {"GK 1 0; RM 0.8 0", "GK -1 0; RM 0 0.02"}},
    {"tests.multiagent_wrapper", 3000, 1, 1, kOffsides | kSwap | kAll, -1, 0, 0, {kElevenKicking, kElevenWaiting}},
    {"tests.offside_test", 50, 1, 0.6f, kOffsides | kSwap, -1, 0, 0, {"GK 0 0.4 lazy; RM 0 -0.4 lazy", "GK -0.05 0; RM 0.8 0"}},
    {"tests.penalty", 30, 1, 0.6f, kOffsides, -1, -0.72f, 0, {"GK -1 0 lazy; RM -0.69 0 lazy", "GK -1 0 lazy; RM 0.7 0 lazy"}},
    {"tests.second_half", 10, 1, 0.6f, kOffsides, 5, 0, 0, {"GK -1 0 lazy; RM 0 0.02 lazy", "GK -1 0 lazy; RM -0.5 0 lazy"}},
    {"tests.symmetric", 3000, 0.95f, 0.95f, kOffsides, -1, 0, 0, {kElevenWaiting, kElevenWaiting}},
};

inline constexpr std::string_view kRoleNames[kRoles] = {"GK", "CB", "LB", "RB", "DM", "CM", "LM", "RM", "AM", "CF"};

/// The next word of `text`, cut off its front; ";" ends a player and is a word of its own.
inline std::string_view next_word(std::string_view& text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  std::size_t size = text.empty() ? 0 : 1;
  if (size == 1 && text.front() != ';') {
    while (size < text.size() && text[size] != ' ' && text[size] != ';') size++;
  }
  const std::string_view word = text.substr(0, size);
  text.remove_prefix(size);
  return word;
}

/// A plain decimal number.
inline float number_in(std::string_view word) {
  const bool negative = !word.empty() && word.front() == '-';
  double value = 0, place = 0;
  for (const char c : word.substr(negative ? 1 : 0)) {
    if (c == '.') {
      place = 1;
    } else {
      value = value * 10 + (c - '0');
      place *= 10;
    }
  }
  if (place > 0) value /= place;
  return float(negative ? -value : value);
}

inline void read_formation(std::string_view text, Level& level, int team) {
  level.players[team] = 0;
  while (true) {
    const std::string_view role = next_word(text);
    if (role.empty()) return;
    LevelPlayer& player = level.team[team][level.players[team]++];
    player = {};
    while (kRoleNames[player.role] != role) player.role++;
    player.x = number_in(next_word(text));
    player.y = number_in(next_word(text));
    for (std::string_view word = next_word(text); !word.empty() && word != ";"; word = next_word(text)) {
      if (word == "lazy") player.lazy = 1;
      if (word == "fixed") player.controllable = 0;
    }
  }
}

}  // namespace detail

inline constexpr int kScenarioCount = int(sizeof detail::kScenarios / sizeof detail::kScenarios[0]);

inline std::string_view scenario_name(int index) { return detail::kScenarios[index].name; }

/// The level of a built-in scenario in an episode (some exchange their formations, or their balls, on odd ones), with
/// one agent on the left. False for a name that is not known; the level is then untouched.
inline bool scenario(std::string_view name, std::uint32_t episode, Level& level) {
  for (const detail::ScenarioRow& row : detail::kScenarios) {
    if (row.name != name) continue;
    level = Level{};
    const bool odd = episode % 2 == 1;
    const int left = (row.flags & detail::kSwap) && odd ? 1 : 0;
    detail::read_formation(row.teams[left], level, 0);
    detail::read_formation(row.teams[1 - left], level, 1);
    const float sign = (row.flags & detail::kTwoBalls) && odd ? -1.0f : 1.0f;
    level.ball_x = sign * row.x;
    level.ball_y = sign * row.y;
    level.game_duration = row.steps;
    level.difficulty[0] = row.left;
    level.difficulty[1] = row.right;
    level.second_half = row.second_half;
    level.offsides = (row.flags & detail::kOffsides) != 0;
    level.end_episode_on_score = (row.flags & detail::kScore) != 0;
    level.end_episode_on_out_of_play = (row.flags & detail::kOut) != 0;
    level.end_episode_on_possession_change = (row.flags & detail::kPossession) != 0;
    level.control_all_players = (row.flags & detail::kAll) != 0;
    level.may_overlap = detail::overlapping(level);
    bool any = false;
    for (int k = 0; k < level.players[0]; k++) any = any || level.team[0][k].controllable;
    level.agents[0] = any ? 1 : 0;
    return true;
  }
  return false;
}

}  // namespace agon::football
