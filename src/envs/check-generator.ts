import { AgonError } from '../core/errors.ts'
import { stream } from '../core/random.ts'
import type { LevelSpace } from './contract.ts'

/**
 * Draws a level: where the options contradict each other, no level of the generator can be attempted.
 * @throws AgonError `config/levels` with the reason
 */
export function checkGenerator<L>(levels: LevelSpace<L>): void {
  const reason = levels.validate(levels.sample(stream(0, 'config', 'check')))
  if (reason !== null)
    throw new AgonError(
      'config/levels',
      `its generator makes levels that cannot be attempted: ${reason}`,
    )
}
