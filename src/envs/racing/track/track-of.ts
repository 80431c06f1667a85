import { stream } from '../../../core/random.ts'
import type { RacingLevel } from '../level.ts'
import { bezierLine } from './bezier-line.ts'
import { TURN_RATE } from './constants.ts'
import type { Track } from './contract.ts'
import { gymnasiumLine } from './gymnasium-line.ts'
import { meanTurn, pave } from './pave.ts'

/** The road of a level: equal levels give equal ones. */
export function trackOf(level: RacingLevel): Track {
  if (level.track === 'gymnasium')
    return pave(gymnasiumLine(stream(level.seed, 'racing', 'track')), 0.2 * TURN_RATE)
  const line = bezierLine(level.points)
  return pave(line, meanTurn(line))
}
