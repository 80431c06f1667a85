import { stream } from '../../core/random.ts'
import type { EnvironmentSpec } from '../../envs/contract.ts'
import { seatCompanions } from '../../seats/companions.ts'
import type { Companions } from '../../seats/contract.ts'
import type { OpenPolicies } from '../../seats/open-policies.ts'
import type { RolloutJob } from './rollout-job.ts'

/**
 * Who sits beside the student in the tasks of a shard; undefined where nobody does. Their noise is keyed by the task and the
 * number of the episode: the same in every slot that attempts it.
 * @throws AgonError `seat/*`, `policy/*`
 */
export async function seatRollout(
  open: OpenPolicies,
  spec: EnvironmentSpec,
  { tasks }: Pick<RolloutJob, 'tasks'>,
): Promise<Companions | undefined> {
  if (tasks.every(({ seating }) => seating === undefined)) return undefined
  const begun = new Map<string, number>()
  const companions = await seatCompanions(
    open,
    spec,
    tasks.map(({ seating = {} }) => seating),
    (lane, name) => {
      const key = `${lane} ${name}`
      const episode = begun.get(key) ?? 0
      begun.set(key, episode + 1)
      return stream(tasks[lane].seed, 'seat', name, episode)
    },
  )
  for (let lane = 0; lane < tasks.length; lane++) companions.begin(lane)
  return companions
}
