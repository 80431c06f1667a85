/**
 * The free parameters of a choice of fruit: square rooms in a row, each joined to the next by one door, and two fruits in the last of
 * them, of which one is right. A cell is `row · side + column` inside its room. Immutable.
 */
export interface FruitLevel {
  /** Rows and columns of a room. */
  readonly side: number
  /** Row of the door from each room to the next; there is one room more than doors. */
  readonly doors: readonly number[]
  /** Cell of the first room where the agent starts. */
  readonly agent: number
  /** Cells of the last room. */
  readonly apple: number
  readonly banana: number
  /** Which fruit is right: hidden from the agent. */
  readonly right: Fruit
}

export const FRUITS = ['apple', 'banana'] as const
export type Fruit = (typeof FRUITS)[number]

export const FEWEST_SIDE = 2
export const MOST_SIDE = 9
export const MOST_ROOMS = 32

/** Columns of the whole board: rooms with a wall between each and the next. */
export const boardWidth = ({ side, doors }: Pick<FruitLevel, 'side' | 'doors'>): number =>
  (doors.length + 1) * (side + 1) - 1

/** Where a cell of room `room` stands on the board. */
export function onBoard(side: number, room: number, cell: number): { x: number; y: number } {
  return { x: room * (side + 1) + (cell % side), y: Math.floor(cell / side) }
}

/** Whether the agent can stand there: inside, and not in a wall between rooms unless at its door. */
export function isOpen({ side, doors }: FruitLevel, x: number, y: number): boolean {
  if (x < 0 || y < 0 || y >= side || x >= boardWidth({ side, doors })) return false
  const column = x % (side + 1)
  return column < side || doors[(x - side) / (side + 1)] === y
}

/** Why the level cannot be attempted, or null. */
export function findDefect({
  side,
  doors,
  agent,
  apple,
  banana,
  right,
}: FruitLevel): string | null {
  const whole = (value: number, low: number, high: number): boolean =>
    Number.isInteger(value) && value >= low && value <= high
  if (!whole(side, FEWEST_SIDE, MOST_SIDE))
    return `rooms are ${FEWEST_SIDE} to ${MOST_SIDE} cells wide, not ${side}`
  if (doors.length >= MOST_ROOMS)
    return `there are ${doors.length + 1} rooms, at most ${MOST_ROOMS}`
  if (!doors.every((row) => whole(row, 0, side - 1))) return 'a door is in no row of its rooms'
  const cells = side * side - 1
  for (const [name, cell] of Object.entries({ agent, apple, banana }))
    if (!whole(cell, 0, cells)) return `the ${name} is in no cell of its room`
  if (apple === banana) return 'apple and banana share a cell'
  if (doors.length === 0 && (agent === apple || agent === banana))
    return 'the agent starts on a fruit'
  return FRUITS.includes(right) ? null : `'${right}' is no fruit: apple or banana is right`
}

/** Steps to stand on a fruit: between doors every cell is free, so that straight ways are shortest. */
export function walkTo(level: FruitLevel, fruit: Fruit): number {
  const { side, doors, agent } = level
  const from = onBoard(side, 0, agent)
  const to = onBoard(side, doors.length, level[fruit])
  const rows = [from.y, ...doors, to.y]
  const climbs = rows.slice(1).reduce((sum, row, i) => sum + Math.abs(row - rows[i]), 0)
  return Math.abs(to.x - from.x) + climbs
}
