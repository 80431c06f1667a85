import type { RandomStream } from '../../core/random.ts'
import type { GameSeed } from './native/contract.ts'
import { FIRST_EPISODE } from './suites/suites.ts'

/** That of the first game in a lane, whose stream this is. */
export const firstGameSeed = (random: RandomStream): GameSeed => ({
  seed: (BigInt(random.uint32()) << 32n) | BigInt(random.uint32()),
  episode: FIRST_EPISODE,
})
