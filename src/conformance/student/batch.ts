import { stream } from '../../core/random.ts'
import { agon } from '../../wire/index.ts'
import type { Setting } from '../actor/part.ts'

export const SLOT = 'agent'
/** Trainable tasks that the student is told to want. */
export const TASKS = 4

/** The batch of a cycle: trainable tasks, one twice, and one that is not to be learnt from. */
export function batchOf(
  { environment }: Setting,
  cycle: number,
  train = true,
): agon.v1.TaskBatch.$Properties {
  const { levels } = environment
  const drawn = Array.from({ length: TASKS }, (_, i) => {
    const draw = stream('conformance', 'tasks', cycle, i)
    return {
      id: `${cycle}.${SLOT}.${i}`,
      level: levels.encode(levels.sample(draw)),
      seed: draw.uint32(),
      train: train && i < TASKS - 1,
      repeat: 0,
      lineage: { operator: 'generate', parents: [] as string[], generation: 0 },
    }
  })
  const tasks = [...drawn, { ...drawn[0], repeat: 1 }]
  return { cycle, slot: SLOT, tasks, autoReset: agon.v1.AutoReset.AUTO_RESET_SAME_LEVEL }
}
