import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { agonRun } from '../agon-run.ts'
import type { BenchRow } from '../row.ts'
import { bareOf, best, cpu, cpuMs, ended, listening, start, type Window } from './parties.ts'

/** As the recipe has them. */
const SLOTS = 8
/** A quarter of the recipe's: a cycle's part in the environment is then as short as the windows of the other rows. */
const STEPS = 32
const RUNS = 2
const CYCLES = 10
/** About as long as what a cycle plays. */
const ROUND_MS = 250

/** How many parts the lanes are stepped in; while one is stepped, the worker acts in the other: what it waits for is less then. */
const SHARDS = [1, 2] as const

const NAME = 'hosted: the environment in `agon run` on Pong'
const named = (shards: number): string =>
  `${NAME}, ${shards === 1 ? 'one shard' : `${shards} shards`}`

/** The bare one steps its eight at once too. */
export const PLAYED = { name: `${named(1)}, to a bare SyncVectorEnv`, bar: 0.85 }

/**
 * Runs of the recipe for Pong and bare windows in turns: environment steps a second of what a cycle spends in its environment,
 * from the second one on: in the first the environments are made. The student learns in one thread, and as little as it can.
 */
export async function played(python: string): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'agon-bench-'))
  const rendezvous = join(folder, 'env.json')
  const host = start(python, 'host.py', ['recipe-pong', rendezvous])
  const bare = bareOf(start(python, 'bare.py', ['recipe-pong', `${SLOTS}`]))
  const away = SHARDS.map((): Window[] => [])
  const here: Window[] = []
  try {
    await bare.ready
    await listening(host, rendezvous)
    await bare.window(ROUND_MS)
    for (let run = 0; run < RUNS; run++)
      for (const [i, shards] of SHARDS.entries()) {
        for (let round = 0; round < CYCLES; round++) here.push(await bare.window(ROUND_MS))
        const out = join(folder, `run-${run}-${shards}`)
        away[i].push(...(await cyclesOf(rendezvous, out, shards, host.pid as number)))
      }
    const [one, two] = away
    return [
      { name: named(1), unit: 'env steps/s', value: best(one) * SLOTS },
      { ...PLAYED, unit: 'ratio', value: best(one) / best(here) },
      {
        name: `${named(1)}, processor time of the host to that of the bare one`,
        ...{ unit: 'ratio', value: cpu(one) / cpu(here), limit: 1.5 },
      },
      {
        name: `${named(2)}, to a bare SyncVectorEnv`,
        ...{ unit: 'ratio', value: best(two) / best(here) },
      },
    ]
  } finally {
    host.kill('SIGTERM')
    bare.end()
    await Promise.all([host, bare.child].map(ended))
    rmSync(folder, { recursive: true })
  }
}

/** What each cycle but the first spent in its environment, and what the host spent on all of it, levels too. */
async function cyclesOf(
  rendezvous: string,
  out: string,
  shards: number,
  host: number,
): Promise<Window[]> {
  const args = [
    `env={remote: ${JSON.stringify(rendezvous)}}`,
    'workers=1',
    `student.shards=${shards}`,
    `student.rollout.steps=${STEPS}`,
    `budget={cycles: ${CYCLES + 1}}`,
    'student.ppo.epochs=1',
    'evaluation={suite: "random:1", every: 0}',
  ]
  const spent: number[] = []
  const events = await agonRun('pong', out, args, ({ kind }) => {
    if (kind === 'cycle') spent.push(cpuMs(host))
  })
  const cycles = events.filter(({ kind }) => kind === 'cycle').slice(1)
  return cycles.map(({ timings }, i) => ({
    steps: STEPS,
    wallMs: timings?.['agent/env_ms'] ?? Number.NaN,
    cpuMs: spent[i + 1] - spent[i],
  }))
}
