#pragma once

#include "agon/football/arithmetic.hpp"
#include "agon/football/raw-observation.hpp"

/// What the reference's players can do. Attributes belong to the index in the team, not to the role, and are equal
/// for both teams.
namespace agon::football {

struct Attributes {
  float height;     // metres
  float top_speed;  // m/s
  // All others 0 … 1.
  float acceleration, agility, stamina, balance, reaction;
  float shot_power, shot, short_pass, high_pass;
  float ball_control, dribble, stand_tackle, slide_tackle, header;
};

/// Attributes of the fresh player `index` (0 … 10) at difficulty 1.
AGON_HD inline Attributes attributes_of(int index) {
  constexpr Attributes table[kMaxPlayers] = {
      {1.87f, 7.72f, .80f, .94f, .80f, .94f, 1.00f, .94f, .51f, .94f, 1.00f, .51f, .36f, .36f, .36f, .36f},
      {1.70f, 7.83f, .79f, .79f, .69f, .83f, .79f, .83f, .64f, .83f, .79f, .74f, .69f, .79f, .79f, .69f},
      {1.74f, 7.75f, .69f, .69f, .69f, 1.00f, .92f, .84f, .47f, .84f, .84f, .69f, .47f, 1.00f, .99f, .77f},
      {1.93f, 7.78f, .73f, .65f, .73f, 1.00f, 1.00f, .96f, .35f, .65f, .65f, .58f, .35f, 1.00f, 1.00f, .88f},
      {1.72f, 7.78f, .73f, .68f, .64f, .77f, .73f, .73f, .50f, .86f, .82f, .73f, .59f, .82f, .77f, .64f},
      {1.71f, 7.94f, .93f, 1.00f, .77f, .61f, .77f, 1.00f, 1.00f, .93f, .77f, .93f, 1.00f, .30f, .30f, .61f},
      {1.89f, 7.77f, .72f, .72f, .72f, 1.00f, .87f, .87f, .56f, 1.00f, 1.00f, .72f, .56f, 1.00f, .87f, .72f},
      {1.84f, 7.84f, .80f, .87f, .72f, .80f, .80f, .95f, .80f, .95f, .87f, .80f, .80f, .65f, .57f, .65f},
      {1.74f, 7.99f, .99f, 1.00f, .76f, .60f, .76f, 1.00f, 1.00f, .91f, .83f, .83f, 1.00f, .29f, .21f, .60f},
      {1.81f, 8.00f, 1.00f, 1.00f, .80f, .64f, .80f, 1.00f, 1.00f, .97f, .88f, .88f, 1.00f, .30f, .22f, .64f},
      {1.69f, 8.00f, 1.00f, 1.00f, .83f, .66f, .83f, 1.00f, 1.00f, 1.00f, .92f, .92f, 1.00f, .31f, .23f, .66f},
  };
  return table[index];
}

/// Share of an attribute (all but height, top speed and stamina) that a player has at this team difficulty, 0 … 1, and
/// tiredness, 0 … 1.
AGON_HD inline float attribute_share(float difficulty, float tired) {
  return (0.3f + 0.7f * difficulty) * (0.7f + 0.3f * (1.0f - tired));
}

}  // namespace agon::football
