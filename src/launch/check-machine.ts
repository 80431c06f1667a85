import { actorName, EVALUATOR, studentActor } from '../actors/roles/names.ts'
import { fromErrorRecord } from '../core/errors.ts'
import type { ActorId, SlotId } from '../core/ids.ts'
import { loadEnvironment } from '../envs/load-environment.ts'
import type { RunConfig } from '../run/contract.ts'
import { isHere } from '../run/placement-of.ts'

/**
 * Whether this machine can step the environments that the config has stepped here; nodes may have what it lacks.
 * @throws AgonError what the environment says is at fault, with the key of the config in `place`
 */
export async function checkMachine(
  config: Pick<RunConfig, 'env' | 'evaluation' | 'students' | 'placement'>,
): Promise<void> {
  const { env, evaluation, students, placement } = config
  const steps = (actor: ActorId): boolean => isHere(placement, actorName(actor))
  const check = async (options: unknown, place: string): Promise<void> => {
    const environment = await loadEnvironment({ module: env.module, options })
    const fault = environment.machineFault?.() ?? null
    if (fault !== null) throw fromErrorRecord({ ...fault, place })
  }
  const slots = Object.keys(students) as SlotId[]
  if (slots.some((slot) => steps(studentActor(slot)))) await check(env.options, 'env')
  if (steps(EVALUATOR))
    await (evaluation.env === undefined
      ? check(env.options, 'env')
      : check(evaluation.env, 'evaluation.env'))
}
