import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BenchRow } from '../row.ts'
import { bareOf, best, ended, listening, ROOT, start, type Window } from './parties.ts'

/** As the recipe has them. */
const SLOTS = 8
const STEPS = 128
const RUNS = 2
const CYCLES = 6
/** About as long as what a cycle plays. */
const ROUND_MS = 1000

export const PLAYED = {
  name: 'hosted: the environment in `agon run` on Pong, to a bare SyncVectorEnv',
  bar: 0.85,
}

/**
 * Runs of the recipe for Pong and bare windows in turns: environment steps a second of what a cycle spends in its environment,
 * from the second one on: in the first the environments are made. The student learns in one thread, and as little as it can.
 */
export async function played(python: string): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'agon-bench-'))
  const rendezvous = join(folder, 'env.json')
  const host = start(python, 'host.py', ['recipe-pong', rendezvous])
  const bare = bareOf(start(python, 'bare.py', ['recipe-pong', `${SLOTS}`]))
  const [away, here]: [Window[], Window[]] = [[], []]
  const measureBare = async (): Promise<void> => {
    for (let round = 0; round < CYCLES; round++) here.push(await bare.window(ROUND_MS))
  }
  try {
    await bare.ready
    await listening(host, rendezvous)
    await bare.window(ROUND_MS)
    for (let run = 0; run < RUNS; run++) {
      await measureBare()
      away.push(...(await cyclesOf(rendezvous, join(folder, `run-${run}`))))
    }
    await measureBare()
    const rate = best(away) * SLOTS
    return [
      { name: 'hosted: the environment in `agon run` on Pong', unit: 'env steps/s', value: rate },
      { ...PLAYED, unit: 'ratio', value: best(away) / best(here) },
    ]
  } finally {
    host.kill('SIGTERM')
    bare.end()
    await Promise.all([host, bare.child].map(ended))
    rmSync(folder, { recursive: true })
  }
}

/** What each cycle but the first spent in its environment. */
async function cyclesOf(rendezvous: string, out: string): Promise<Window[]> {
  const set = [
    `env={remote: ${JSON.stringify(rendezvous)}}`,
    'workers=1',
    `budget={cycles: ${CYCLES + 1}}`,
    'student.ppo.epochs=1',
    'evaluation={suite: "random:1", every: 0}',
  ]
  const args = set.flatMap((one) => ['--set', one])
  const program = join(ROOT, 'dist/cli/agon.js')
  const child = spawn(
    process.execPath,
    [program, 'run', join(ROOT, 'recipes/pong.yaml'), '--out', out, ...args],
    { stdio: 'ignore' },
  )
  await ended(child)
  if (child.exitCode !== 0) throw new Error(`the run ended with ${child.exitCode}`)
  const rows = readFileSync(join(out, 'timings.jsonl'), 'utf8').trim().split('\n')
  return rows.slice(1).map((row) => {
    const { 'agent/env_ms': wallMs }: Readonly<Record<string, number>> = JSON.parse(row)
    return { steps: STEPS, wallMs, cpuMs: 0 }
  })
}
