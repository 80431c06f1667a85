import { AgonError } from '../core/errors.ts'
import { stream } from '../core/random.ts'
import { nameFault } from './check-names.ts'
import type { LevelSpace } from './contract.ts'

/**
 * Draws a level: where the options contradict each other, no level of the generator can be attempted.
 * @throws AgonError `config/levels` with the reason, `environment/name` where one of its features is no name
 */
export function checkGenerator<L>(levels: LevelSpace<L>): void {
  const level = drawn(levels)
  for (const name of Object.keys(levels.features(level))) {
    // Features are counted and shown, never looked up.
    const fault = name === '__proto__' ? null : nameFault(name)
    if (fault !== null)
      throw new AgonError('environment/name', `the feature ${JSON.stringify(name)} ${fault}`)
  }
}

function drawn<L>(levels: LevelSpace<L>): L {
  const unfit = (reason: string): AgonError =>
    new AgonError('config/levels', `its generator makes levels that cannot be attempted: ${reason}`)
  try {
    const level = levels.sample(stream(0, 'config', 'check'))
    const reason = levels.validate(level)
    if (reason === null) return level
    throw unfit(reason)
  } catch (error) {
    // A space whose levels are looked at where they are made says so itself.
    if (error instanceof AgonError && error.code === 'level/refused')
      throw unfit(String(error.fields.reason))
    throw error
  }
}
