/**
 * Where the fields of a raw observation stand in the simulator's row of 205 numbers
 * (`native/football/include/agon/football/raw-row.hpp`); entries of players whom a team has not got are 0.
 */
export const RAW_ROW_WIDTH = 205

/** Offsets within a team's block of 88. */
const TEAM = { position: 0, direction: 22, tiredFactor: 44, yellowCard: 55, active: 66, roles: 77 }
const LEFT = 9
const RIGHT = 97
const REST = 185

const teamAt = (from: number) => ({
  position: from + TEAM.position,
  direction: from + TEAM.direction,
  tiredFactor: from + TEAM.tiredFactor,
  yellowCard: from + TEAM.yellowCard,
  active: from + TEAM.active,
  roles: from + TEAM.roles,
})

export const RAW_ROW = {
  ball: 0,
  ballDirection: 3,
  ballRotation: 6,
  left: teamAt(LEFT),
  right: teamAt(RIGHT),
  ballOwnedTeam: REST,
  ballOwnedPlayer: REST + 1,
  active: REST + 2,
  designated: REST + 3,
  score: REST + 4,
  stepsLeft: REST + 6,
  gameMode: REST + 7,
  stickyActions: REST + 8,
  leftPlayers: REST + 18,
  rightPlayers: REST + 19,
} as const
