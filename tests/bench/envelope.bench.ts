import type { ChildProcess } from 'node:child_process'
import { answer, ask, startChild } from './child.ts'
import type { ActorOrder } from './envelope/actor.process.ts'
import type { PipeName, PipeOrder } from './envelope/pipe.ts'
import type { BenchRow } from './row.ts'

const ROUNDS = 7
/** What the envelope may leave of bare grpc-js: costs of 30 % more for each message. */
const BAR = 0.77

interface Workload {
  readonly name: string
  readonly unit: string
  /** Units of a message. */
  readonly each: number
  readonly size: number
  readonly count: number
  readonly window: number
}

const SMALL: Workload = {
  name: '64 B',
  unit: 'messages/s',
  each: 1,
  size: 64,
  count: 32_768,
  window: 4096,
}
const LARGE: Workload = {
  name: '1 MB',
  unit: 'MB/s',
  each: 1,
  size: 1_000_000,
  count: 192,
  window: 16,
}

/** A hub and an actor, a process each, with a session and a bare stream between them. */
class Stand {
  readonly #hub = start('hub')
  readonly #actor = start('actor')

  async begin(): Promise<void> {
    const ports = await answer<ActorOrder['ports']>(this.#hub)
    this.#actor.send({ ports } satisfies ActorOrder)
    await Promise.all([answer(this.#actor), answer(this.#hub)])
  }

  /** Milliseconds until all of a workload has crossed. */
  async cross(pipe: PipeName, way: 'up' | 'down', workload: Workload): Promise<number> {
    const [from, to] = way === 'up' ? [this.#actor, this.#hub] : [this.#hub, this.#actor]
    const { size, count, window } = workload
    const order = { pipe, size, count, window }
    await ask<true, PipeOrder>(to, { part: 'receive', ...order })
    return await ask<number, PipeOrder>(from, { part: 'send', ...order })
  }

  end(): void {
    for (const child of [this.#hub, this.#actor]) child.disconnect()
  }
}

/** Streamed messages through a session against bare grpc-js: the medians of rounds taken in turn. */
export async function benchEnvelope(): Promise<BenchRow[]> {
  const stand = new Stand()
  try {
    await stand.begin()
    const rows: BenchRow[] = []
    for (const workload of [SMALL, LARGE])
      for (const way of ['up', 'down'] as const) {
        const rounds: { readonly session: number; readonly ratio: number }[] = []
        for (let round = 0; round <= ROUNDS; round++) {
          const bare = await stand.cross('bare', way, workload)
          const session = await stand.cross('session', way, workload)
          // The first warms up.
          if (round > 0) rounds.push({ session, ratio: bare / session })
        }
        const { each, count, unit } = workload
        const name = `session, ${workload.name}, ${way === 'up' ? 'actor to hub' : 'hub to actor'}`
        const ms = median(rounds.map(({ session }) => session))
        rows.push(
          { name, unit, value: (each * count * 1000) / ms },
          {
            name: `${name}, to bare grpc-js`,
            unit: '×',
            value: median(rounds.map(({ ratio }) => ratio)),
            bar: BAR,
          },
        )
      }
    return rows
  } finally {
    stand.end()
  }
}

function start(entry: string): ChildProcess {
  return startChild(new URL(`./envelope/${entry}.process.js`, import.meta.url))
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]
