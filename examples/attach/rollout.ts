import { openSteps } from 'agon/envs/remote'
import type { TaskBatch } from 'agon/learners'
import { agon, alignedElements, type Connection, decodeNamed } from 'agon/wire'

/** What a policy makes of one step: features `[rows][inputs]`, actions and values `[rows]`. */
export interface Choice {
  readonly seen: readonly Float64Array[]
  readonly chosen: readonly number[]
  readonly values: readonly number[]
}

/** One task's steps, in order. */
export interface Column {
  readonly seen: Float64Array[]
  readonly actions: number[]
  readonly values: number[]
  readonly rewards: number[]
  readonly ends: boolean[]
}

export interface Rollout {
  readonly columns: readonly Column[]
}

const AUTO_RESETS = {
  none: agon.v1.AutoReset.AUTO_RESET_NONE,
  'same-level': agon.v1.AutoReset.AUTO_RESET_SAME_LEVEL,
  'next-level': agon.v1.AutoReset.AUTO_RESET_NEXT_LEVEL,
} as const

/** Plays every task of a batch for `steps` steps, side by side, in an environment that the hub steps. */
export async function play(
  connection: Connection,
  environment: string,
  { tasks, autoReset }: TaskBatch,
  steps: number,
  choose: (observations: ReturnType<typeof decodeNamed>) => Choice,
): Promise<Rollout> {
  const caller = openSteps(connection)
  const slots = tasks.map((_, slot) => slot)
  const streams = tasks.map(({ seed }) => ({ seed, path: ['dynamics'] }))
  const columns: Column[] = tasks.map(() => ({
    ...{ seen: [], actions: [], values: [], rewards: [], ends: [] },
  }))
  try {
    await caller.ask({
      open: { environment, slots: tasks.length, autoReset: AUTO_RESETS[autoReset], streams },
    })
    let reply = await caller.ask({ reset: { slots, levels: tasks.map(({ level }) => level) } })
    for (let t = 0; t < steps; t++) {
      const { seen, chosen, values } = choose(decodeNamed(reply.observations))
      reply = await caller.ask({
        act: { actions: new Uint8Array(Int32Array.from(chosen).buffer) },
      })
      const rewards = alignedElements('rewards', 'float32', tasks.length, reply.rewards)
      columns.forEach((column, row) => {
        column.seen.push(seen[row])
        column.actions.push(chosen[row])
        column.values.push(values[row])
        column.rewards.push(rewards[row])
        column.ends.push(reply.terminated[row] + reply.truncated[row] > 0)
      })
    }
  } finally {
    caller.close()
  }
  return { columns }
}
