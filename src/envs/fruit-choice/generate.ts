import type { RandomStream } from '../../core/random.ts'
import type { Mutation } from '../contract.ts'
import { chosenOperator } from '../operators.ts'
import { type Fruit, type FruitLevel, MOST_ROOMS } from './level.ts'
import type { FruitChoiceOptions } from './options.ts'

/** The prior of the hidden parameter, independent of all that is seen. */
export const drawRight = (
  { appleProbability }: Pick<FruitChoiceOptions, 'appleProbability'>,
  stream: RandomStream,
): Fruit => (stream.uniform() < appleProbability ? 'apple' : 'banana')

/** @param rooms how many, or as the options draw them */
export function generateLevel(
  options: FruitChoiceOptions,
  stream: RandomStream,
  rooms = 1 + stream.integer(options.rooms),
): FruitLevel {
  const { side } = options
  const doors = Array.from({ length: rooms - 1 }, () => stream.integer(side))
  return { side, doors, ...placed(side, rooms, stream), right: drawRight(options, stream) }
}

/** Agent, apple and banana, each uniform over the cells that the ones before left. */
function placed(side: number, rooms: number, stream: RandomStream) {
  const agent = stream.integer(side * side)
  const apple = otherCell(side, stream, rooms === 1 ? [agent] : [])
  const banana = otherCell(side, stream, rooms === 1 ? [agent, apple] : [apple])
  return { agent, apple, banana }
}

function otherCell(side: number, stream: RandomStream, taken: readonly number[]): number {
  const free = Array.from({ length: side * side }, (_, cell) => cell).filter(
    (cell) => !taken.includes(cell),
  )
  return free[stream.integer(free.length)]
}

/**
 * `edit` is one of the others, each as likely. `move-door` where there is none, and `change-rooms` beyond what there may be, change
 * nothing; the fruit that is right is changed by `swap-right` alone.
 */
export const FRUIT_OPERATORS = [
  'edit',
  'change-rooms',
  'move-door',
  'move-objects',
  'swap-right',
] as const
type Change = Exclude<(typeof FRUIT_OPERATORS)[number], 'edit'>

const CHANGES: Readonly<
  Record<Change, (level: FruitLevel, most: number, stream: RandomStream) => FruitLevel>
> = {
  'change-rooms'(level, most, stream) {
    const { side, doors } = level
    const rooms = doors.length + (stream.integer(2) === 0 ? 0 : 2)
    if (rooms < 1 || rooms > Math.min(most, MOST_ROOMS)) return level
    const kept = doors.slice(0, rooms - 1)
    while (kept.length < rooms - 1) kept.push(stream.integer(side))
    const clash = rooms === 1 && [level.apple, level.banana].includes(level.agent)
    return { ...level, doors: kept, ...(clash ? placed(side, rooms, stream) : {}) }
  },
  'move-door'(level, _, stream) {
    const { side, doors } = level
    if (doors.length === 0) return level
    const at = stream.integer(doors.length)
    return { ...level, doors: doors.with(at, stream.integer(side)) }
  },
  'move-objects'(level, _, stream) {
    return { ...level, ...placed(level.side, level.doors.length + 1, stream) }
  },
  'swap-right': (level) => ({ ...level, right: level.right === 'apple' ? 'banana' : 'apple' }),
}

export function mutateLevel(
  level: FruitLevel,
  { rooms }: Pick<FruitChoiceOptions, 'rooms'>,
  stream: RandomStream,
  asked?: string,
): Mutation<FruitLevel> {
  const operator = chosenOperator(asked, FRUIT_OPERATORS)
  const changes = Object.keys(CHANGES) as Change[]
  const change = operator === 'edit' ? changes[stream.integer(changes.length)] : operator
  return { level: CHANGES[change](level, rooms, stream), operator }
}
