import { stream } from '../core/random.ts'
import type { Environment } from './contract.ts'
import { allocateStepBuffers } from './step-buffers.ts'
import { steppable } from './steppable.ts'

/**
 * Whether a lane can be saved, tried on one that is closed again.
 * @throws whatever else the environment refuses
 */
export function canSave(environment: Environment<unknown>): boolean {
  const { levels, spec } = environment
  const level = levels.sample(stream(0, 'can-save', 'level'))
  const env = steppable(environment, 'whether it can be saved is tried').vector({
    slots: 1,
    autoReset: 'same-level',
    stream: () => stream(0, 'can-save', 'dynamics'),
  })
  try {
    env.reset([0], [level], allocateStepBuffers(spec, 1).observations)
    env.save(0)
    return true
  } catch (error) {
    if (cannotSave(error)) return false
    throw error
  } finally {
    env.close?.()
  }
}

/** Whether an error says that an environment has no states to give: `state/unsupported`, in whatever thread it was made. */
export const cannotSave = (error: unknown): boolean =>
  (error as { readonly code?: unknown } | null)?.code === 'state/unsupported'
