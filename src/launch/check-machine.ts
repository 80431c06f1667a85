import { fromErrorRecord } from '../core/errors.ts'
import type { SlotId } from '../core/ids.ts'
import { loadEnvironment } from '../envs/load-environment.ts'
import type { Placement, RunConfig } from '../run/contract.ts'
import { placementOf } from '../run/placement-of.ts'

/** Where an actor steps its environment on the hub's machine. */
const HERE: readonly Placement[] = ['local', 'thread', 'process']

/**
 * Whether this machine can step the environments that the config has stepped here; nodes may have what it lacks.
 * @throws AgonError what the environment says is at fault, with the key of the config in `place`
 */
export async function checkMachine(
  config: Pick<RunConfig, 'env' | 'evaluation' | 'students' | 'placement'>,
): Promise<void> {
  const { env, evaluation, students, placement } = config
  const isHere = (of: Parameters<typeof placementOf>[1]): boolean =>
    HERE.includes(placementOf(placement, of))
  const check = async (options: unknown, place: string): Promise<void> => {
    const environment = await loadEnvironment({ module: env.module, options })
    const fault = environment.machineFault?.() ?? null
    if (fault !== null) throw fromErrorRecord({ ...fault, place })
  }
  const slots = Object.keys(students) as SlotId[]
  if (slots.some((slot) => isHere({ role: 'student', place: slot })))
    await check(env.options, 'env')
  if (isHere({ role: 'evaluator', place: null }))
    await (evaluation.env === undefined
      ? check(env.options, 'env')
      : check(evaluation.env, 'evaluation.env'))
}
