import { slotId } from '../../../core/ids.ts'
import { stream } from '../../../core/random.ts'
import type { LevelSpace } from '../../../envs/contract.ts'
import type { Outcome } from '../../../learners/contract.ts'
import type { Answer, Json } from '../../../services/contract.ts'
import type { Request, Step } from '../../contract.ts'
import type { Attempt } from '../../grid/contract.ts'
import type { RainbowRecord } from '../contract.ts'
import { type RainbowOptions, rainbowOptions } from '../options.ts'
import { rainbowAdversary } from '../rainbow-adversary.ts'

/** A whole search without actors: services are functions, the target is asked for each task. */

export type Reply = (payload: Json, key: string) => string

export interface World {
  readonly levels: LevelSpace<never>
  /** As a config has them. */
  readonly axes: readonly unknown[]
  readonly seed: number
  /** Candidates of a cycle. */
  readonly batch: number
  readonly cycles: number
  readonly options?: Readonly<Record<string, unknown>>
  readonly services: Readonly<Record<string, Reply>>
  /** Whether the record goes through a snapshot after each cycle. Default: yes. */
  readonly cuts?: boolean
  /** In which order answers arrive: given the number of open questions, which is next. Absent: the first. */
  readonly arrival?: (open: number) => number
}

export interface Searched {
  readonly record: RainbowRecord
  readonly attempts: readonly Attempt[]
  readonly metrics: readonly Readonly<Record<string, number>>[]
  /** What was asked, in the order of asking. */
  readonly asked: readonly Request[]
}

const AGENT = slotId('agent')

export function search(world: World): Searched {
  const { seed, batch, cycles, services } = world
  const { levels } = world
  const options: RainbowOptions = rainbowOptions.parse({
    ...{ axes: world.axes, diversityEvery: 0 },
    ...world.options,
  })
  const adversary = rainbowAdversary(options, { levels, slots: [AGENT] } as never)
  let record = adversary.init()
  const attempts: Attempt[] = []
  const metrics: Record<string, number>[] = []
  const asked: Request[] = []
  for (let cycle = 1; cycle <= cycles; cycle++) {
    const random = (...purpose: (number | string)[]) => stream(seed, 'adversary', cycle, ...purpose)
    const run = (phase: 'propose' | 'observe', first: Step<RainbowRecord>) => {
      const waiting: Request[] = []
      const kept = new Map<string, Answer>()
      let last: Step<RainbowRecord> = first
      const take = (step: Step<RainbowRecord>) => {
        waiting.push(...(step.requests ?? []))
        asked.push(...(step.requests ?? []))
        attempts.push(...(step.attempts ?? []))
        if (step.metrics !== undefined && phase === 'observe') metrics.push({ ...step.metrics })
        last = { ...last, ...step }
        record = step.record
      }
      take(first)
      // As the actor does: answers arrive in any order, and are handed on in that of asking.
      while (waiting.length > 0) {
        const open = waiting.filter(({ key }) => !kept.has(key))
        const next = open[world.arrival?.(open.length) ?? 0]
        if (next !== undefined) {
          const text = services[next.service](next.payload, next.key)
          kept.set(next.key, { payload: { text } })
        }
        while (waiting.length > 0 && kept.has(waiting[0].key)) {
          const { key } = waiting.shift()!
          take(adversary.reply!(record, key, kept.get(key)!, { cycle, phase, random }))
        }
      }
      return last
    }
    const counts = { [AGENT]: batch }
    const { batches = [] } = run('propose', adversary.propose(record, { cycle, counts, random }))
    const outcomes = batches[0].tasks.map(({ id, level, repeat }): Outcome => {
      const prompt = levels.decode(level)
      const said = (text: string) =>
        services.target({ messages: [{ role: 'user', content: text }] }, String(id))
      const clean = levels.prompts!.reference(prompt as never)
      return {
        ...{ task: id, slot: AGENT, repeat, episodes: [], measuredBy: 'student/agent' },
        artefacts: {
          response: said(levels.prompts!.text(prompt as never)),
          ...(clean === null ? {} : { reference: said(clean) }),
        },
      }
    })
    run('observe', adversary.observe(record, { cycle, outcomes, random }))
    // A cut at every cycle: what is restored has to go on as if nothing had been.
    if (world.cuts !== false)
      record = adversary.restore(
        JSON.parse(JSON.stringify(adversary.snapshot(record), plain), revive),
      )
  }
  return { record, attempts, metrics, asked }
}

const plain = (_: string, value: unknown) =>
  ArrayBuffer.isView(value)
    ? { typed: value.constructor.name, values: [...(value as Uint8Array)] }
    : value

const TYPED = { Uint8Array, Int32Array, Float64Array, Uint32Array, Float32Array }

const revive = (_: string, value: { typed?: keyof typeof TYPED; values?: number[] } | null) =>
  value?.typed === undefined ? value : TYPED[value.typed].from(value.values ?? [])
