#pragma once

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

#include "kick-statistics.hpp"

/// Statistics of whole games by the rules that the recorded reference games were measured with.
namespace calibrate {

/// Named numbers of one game, in the order of the table.
using Figures = std::vector<std::pair<std::string, double>>;

namespace detail {

inline double quantile(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  const std::size_t at = std::min(values.size() - 1, std::size_t(share * double(values.size())));
  std::nth_element(values.begin(), values.begin() + std::ptrdiff_t(at), values.end());
  return values[at];
}

/// The mean of the two in the middle when they are even in number.
inline double median(std::vector<double> values) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  return (values[values.size() / 2] + values[(values.size() - 1) / 2]) / 2;
}

inline void possession_figures(const std::vector<Moment>& rows, Figures& out) {
  double owned[3] = {};
  std::vector<double> lengths;
  int last = -1;
  std::size_t since = 0;
  for (std::size_t i = 0; i < rows.size(); i++) {
    owned[rows[i].owner_team + 1]++;
    if (rows[i].owner_team < 0) continue;
    if (last >= 0 && rows[i].owner_team != last) {
      lengths.push_back(double(i - since));
      since = i;
    }
    if (last < 0) since = i;
    last = rows[i].owner_team;
  }
  const char* names[] = {"owner nobody", "owner left", "owner right"};
  for (int i = 0; i < 3; i++) out.emplace_back(names[i], owned[i] / double(rows.size()));
  out.emplace_back("team possession changes", double(lengths.size()));
  out.emplace_back("median steps between them", median(lengths));
}

inline void kick_figures(const std::vector<Moment>& rows, Figures& out) {
  const Kicks kicks = kicks_of(rows);
  out.emplace_back("kicks", kicks.count);
  out.emplace_back("shots left", kicks.shots[0]);
  out.emplace_back("shots right", kicks.shots[1]);
  const char* bands[] = {"passes under 12 m", "passes 12-25 m", "passes over 25 m"};
  for (int i = 0; i < 3; i++) {
    out.emplace_back(bands[i], kicks.passes.attempts[i]);
    out.emplace_back(std::string(bands[i]) + " completed", kicks.passes.completed[i]);
  }
}

inline void team_figures(const std::vector<Moment>& rows, int team, Figures& out) {
  const std::string side = team == 0 ? " left" : " right";
  double speed = 0, fast = 0, keeper = 0, spread[2] = {}, centre = 0, tired = 0;
  double histogram[9] = {};
  for (const Moment& m : rows) {
    double mean[2] = {}, square[2] = {};
    keeper += m.speed[team][0];
    for (int k = 1; k < 11; k++) {
      speed += m.speed[team][k];
      fast += m.speed[team][k] > 6;
      histogram[std::min(int(m.speed[team][k]), 8)]++;
      const double at[2] = {m.place[team][k].x, m.place[team][k].y};
      for (int axis = 0; axis < 2; axis++) {
        mean[axis] += at[axis] / 10;
        square[axis] += at[axis] * at[axis] / 10;
      }
    }
    centre += mean[0];
    for (int axis = 0; axis < 2; axis++)
      spread[axis] += std::sqrt(std::max(square[axis] - mean[axis] * mean[axis], 0.0));
  }
  for (int k = 1; k < 11; k++) tired += rows.back().tired[team][k] / 10;
  const double n = double(rows.size());
  out.emplace_back("outfield speed" + side, speed / (10 * n));
  out.emplace_back("share over 6 m/s" + side, fast / (10 * n));
  out.emplace_back("keeper speed" + side, keeper / n);
  out.emplace_back("centre x" + side, centre / n);
  out.emplace_back("spread x" + side, spread[0] / n);
  out.emplace_back("spread y" + side, spread[1] / n);
  out.emplace_back("tired at the end" + side, tired);
  for (int i = 0; i < 8; i++)
    out.emplace_back("share " + std::to_string(i) + "-" + std::to_string(i + 1) + " m/s" + side,
                     histogram[i] / (10 * n));
}

inline void ball_figures(const std::vector<Moment>& rows, Figures& out) {
  std::vector<double> speeds;
  double over[4] = {}, x = 0, y = 0;
  const double heights[4] = {0.5, 1, 2, 5};
  for (const Moment& m : rows) {
    speeds.push_back(speed_of(m));
    for (int i = 0; i < 4; i++) over[i] += m.ball.z > heights[i];
    x += std::fabs(m.ball.x);
    y += std::fabs(m.ball.y);
  }
  const double n = double(rows.size());
  const char* shares[] = {"ball speed 10 %", "ball speed 50 %", "ball speed 90 %", "ball speed 99 %"};
  const double levels[] = {0.1, 0.5, 0.9, 0.99};
  for (int i = 0; i < 4; i++) out.emplace_back(shares[i], quantile(speeds, levels[i]));
  const char* above[] = {"ball above 0.5 m", "ball above 1 m", "ball above 2 m", "ball above 5 m"};
  for (int i = 0; i < 4; i++) out.emplace_back(above[i], over[i] / n);
  out.emplace_back("ball mean abs x", x / n);
  out.emplace_back("ball mean abs y", y / n);
}

inline void restart_figures(const std::vector<Moment>& rows, Figures& out) {
  double count[7] = {}, steps[7] = {};
  for (std::size_t i = 1; i < rows.size(); i++) {
    steps[rows[i].mode]++;
    if (rows[i].mode != 0 && rows[i].mode != rows[i - 1].mode) count[rows[i].mode]++;
  }
  const char* names[] = {"", "", "goal kicks", "free kicks", "corners", "throw-ins", "penalties"};
  for (int mode = 2; mode < 7; mode++) out.emplace_back(names[mode], count[mode]);
  for (int mode = 2; mode < 7; mode++) out.emplace_back(std::string(names[mode]) + " steps", steps[mode]);
  double yellow = 0, red = 0;
  for (int team = 0; team < 2; team++) {
    for (int k = 0; k < 11; k++) {
      yellow += rows.back().yellow[team][k];
      red += !rows.back().active[team][k];
    }
  }
  out.emplace_back("yellow cards", yellow);
  out.emplace_back("red cards", red);
}

}  // namespace detail

/// All figures of one game from its observations, the first of them before the first step.
inline Figures figures_of(const std::vector<Moment>& rows) {
  Figures out;
  out.emplace_back("goals left", rows.back().score[0]);
  out.emplace_back("goals right", rows.back().score[1]);
  detail::possession_figures(rows, out);
  detail::kick_figures(rows, out);
  for (int team = 0; team < 2; team++) detail::team_figures(rows, team, out);
  detail::ball_figures(rows, out);
  detail::restart_figures(rows, out);
  return out;
}

/// Writes `{"games": n, "figures": {name: [one number a game]}}`.
inline void write_json(std::FILE* file, const std::vector<Figures>& games) {
  std::fprintf(file, "{\"games\": %zu, \"figures\": {", games.size());
  for (std::size_t i = 0; !games.empty() && i < games[0].size(); i++) {
    std::fprintf(file, "%s\n\"%s\": [", i ? "," : "", games[0][i].first.c_str());
    for (std::size_t game = 0; game < games.size(); game++)
      std::fprintf(file, "%s%.6g", game ? ", " : "", games[game][i].second);
    std::fprintf(file, "]");
  }
  std::fprintf(file, "\n}}\n");
}

}  // namespace calibrate
