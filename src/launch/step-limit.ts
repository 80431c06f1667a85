import { stream } from '../core/random.ts'
import type { Environment } from '../envs/contract.ts'
import { allocateStepBuffers } from '../envs/step-buffers.ts'

/** What an environment without a limit says of an episode: more than any counter holds. */
const NO_LIMIT = 2 ** 31 - 1

/**
 * Steps after which an episode of a level that the environment draws is over at the latest; null where nothing is stepped, or
 * where it has no limit or this machine cannot step it. One slot is made and closed again.
 */
export function stepLimit(environment: Environment<unknown>): number | null {
  if (environment.vector === undefined || faulty(environment)) return null
  const { spec, levels } = environment
  // A class of a user may be behind it.
  const env = environment.vector({
    slots: 1,
    autoReset: 'none',
    stream: (slot) => stream('step-limit', slot),
  })
  try {
    env.reset([0], [levels.sample(stream('step-limit'))], allocateStepBuffers(spec, 1).observations)
    const limit = env.maxSteps(0)
    return limit >= NO_LIMIT ? null : limit
  } finally {
    env.close?.()
  }
}

const faulty = (environment: Environment<unknown>): boolean =>
  (environment.machineFault?.() ?? null) !== null
