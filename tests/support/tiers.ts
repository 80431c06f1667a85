import { it, type TestContext } from 'vitest'

/** Whether this is `npm run test:slow`: everything, of which `npm test` takes what no quicker sibling guards. */
export const SLOW = process.env.AGON_SLOW === '1'

type Test = (name: string, test: (context: TestContext) => unknown) => void
const leftOut: Test = () => {}

/** A test of `npm run test:slow` alone; a comment at it names its sibling in `npm test`. */
export const slowly: Test = SLOW ? it : leftOut

/** The first `few` of what is alike in `npm test`, all of it in `npm run test:slow`. */
export const sampled = <T>(all: readonly T[], few: number): readonly T[] =>
  SLOW ? all : all.slice(0, few)
