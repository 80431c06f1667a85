import type { Suite, SuiteEntry } from '../contract.ts'
import { unknownSuite } from '../unknown-suite.ts'
import { generateLevel } from './generate.ts'
import { FRUITS, type Fruit, type FruitLevel } from './level.ts'
import type { FruitChoiceOptions } from './options.ts'

/** One entry for each number of rooms, every episode with a board of its own; `right` for all of them, or as the prior draws it. */
function byRooms(options: FruitChoiceOptions, right?: Fruit): SuiteEntry<FruitLevel>[] {
  return Array.from({ length: options.rooms }, (_, i) => ({
    name: `Rooms${i + 1}`,
    level(stream) {
      const level = generateLevel(options, stream, i + 1)
      return right === undefined ? level : { ...level, right }
    },
  }))
}

const abouts: Readonly<Record<string, string>> = {
  'fruit-choice/rooms':
    'Levels of each number of rooms; which fruit is right is drawn from the prior.',
  'fruit-choice/apple': 'The same where the apple is right: how often an apple is eaten.',
  'fruit-choice/banana': 'The same where the banana is right: how often a banana is eaten.',
}
export const SUITE_IDS = Object.keys(abouts)

/** @throws AgonError `suite/unknown` with the nearest id */
export function fruitSuite(id: string, options: FruitChoiceOptions): Suite<FruitLevel> {
  if (!SUITE_IDS.includes(id)) throw unknownSuite(id, SUITE_IDS)
  const right = FRUITS.find((fruit) => id.endsWith(`/${fruit}`))
  return { id, about: abouts[id], entries: byRooms(options, right) }
}
