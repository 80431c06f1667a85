import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface, type Interface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { stream } from 'agon/core'
import { allocateStepBuffers, type Environment, steppable } from 'agon/envs'
import { createRemote, remoteOptions } from 'agon/envs/remote'
import type { BenchRow } from './row.ts'

// Seen from build/tests/bench.
const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const SCRIPTS = join(ROOT, 'tests/bench/hosted')
const CLIENT = join(ROOT, 'clients/python')
const ROUNDS = 6
const ROUND_MS = 1500
/** Of the fields of /proc/…/stat, in milliseconds. */
const TICK_MS = 10

interface Course {
  readonly game: string
  readonly slots: number
  /** The least of the bare rate that is accepted. */
  readonly bar: number
  /** The most of the bare processor time a step that is accepted of the host. */
  readonly limit?: number
}

const COURSES: readonly Course[] = [
  { game: 'cartpole', slots: 32, bar: 0.6 },
  { game: 'cartpole', slots: 256, bar: 0.8 },
  { game: 'pong', slots: 8, bar: 0.9, limit: 1.5 },
]

interface Window {
  readonly steps: number
  readonly wallMs: number
  readonly cpuMs: number
}

/** Environments of Gymnasium hosted by the Python client, stepped from here, and the same ones in a bare SyncVectorEnv, in turns. */
export async function benchHosted(): Promise<BenchRow[]> {
  const unit = 'ratio'
  const python = await realPython()
  if (python === null)
    return COURSES.map(({ game, slots, bar }) => ({
      name: `hosted: ${game} × ${slots}, to a bare SyncVectorEnv`,
      ...{ unit, value: 0, bar, skipped: 'needs real packages: npm run real-python' },
    }))
  const rows: BenchRow[] = []
  for (const course of COURSES) rows.push(...(await compared(python, course)))
  return rows
}

/** Built code does not see the scripts beside its sources. */
async function realPython(): Promise<string | null> {
  const script = new URL('../../../scripts/real-python.mjs', import.meta.url).href
  return ((await import(script)) as { realPython(): string | null }).realPython()
}

async function compared(python: string, course: Course): Promise<BenchRow[]> {
  const { game, slots, bar, limit } = course
  const folder = mkdtempSync(join(tmpdir(), 'agon-bench-'))
  const rendezvous = join(folder, 'env.json')
  const host = start(python, 'host.py', [game, rendezvous])
  const bare = bareOf(start(python, 'bare.py', [game, `${slots}`]))
  try {
    await bare.ready
    while (!existsSync(rendezvous)) {
      if (host.exitCode !== null) throw new Error('the host ended')
      await sleep(50)
    }
    const step = courseOf(rendezvous, slots)
    await bare.window(ROUND_MS)
    windowOf(step, host, ROUND_MS)
    const [away, here]: [Window[], Window[]] = [[], []]
    for (let round = 0; round < ROUNDS; round++) {
      away.push(windowOf(step, host, ROUND_MS))
      here.push(await bare.window(ROUND_MS))
    }
    const name = `hosted: ${game} × ${slots}`
    return [
      { name, unit: 'env steps/s', value: best(away) * slots },
      {
        name: `${name}, to a bare SyncVectorEnv`,
        unit: 'ratio',
        value: best(away) / best(here),
        bar,
      },
      {
        name: `${name}, processor time of the host to that of the bare one`,
        ...{ unit: 'ratio', value: cpu(away) / cpu(here), limit },
      },
      {
        name: `${name}, processor time of the host`,
        unit: 'µs/env step',
        value: (cpu(away) / slots) * 1000,
      },
    ]
  } finally {
    host.kill('SIGTERM')
    bare.end()
    await Promise.all(
      [host, bare.child].map(
        (one) => one.exitCode ?? new Promise((gone) => one.once('exit', gone)),
      ),
    )
    rmSync(folder, { recursive: true })
  }
}

const best = (windows: readonly Window[]): number =>
  Math.max(...windows.map(({ steps, wallMs }) => (steps / wallMs) * 1000))

/** Milliseconds a step of all slots. */
const cpu = (windows: readonly Window[]): number =>
  windows.reduce((sum, { cpuMs }) => sum + cpuMs, 0) /
  windows.reduce((sum, { steps }) => sum + steps, 0)

function start(python: string, script: string, args: readonly string[]): ChildProcess {
  const env = {
    ...process.env,
    PYTHONPATH: CLIENT,
    OMP_NUM_THREADS: '1',
    OPENBLAS_NUM_THREADS: '1',
  }
  return spawn(python, [join(SCRIPTS, script), ...args], {
    env,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
}

function bareOf(child: ChildProcess) {
  const lines = createInterface({ input: child.stdout! })
  return {
    child,
    ready: next(lines, child),
    async window(ms: number): Promise<Window> {
      const told = next(lines, child)
      child.stdin?.write(`${ms}\n`)
      return JSON.parse(await told)
    },
    end: () => child.stdin?.end(),
  }
}

const next = (lines: Interface, child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    lines.once('line', resolve)
    child.once('exit', (code) => reject(new Error(`a process of the bench ended with ${code}`)))
  })

function windowOf(step: () => void, host: ChildProcess, ms: number): Window {
  const before = cpuMs(host.pid!)
  const begin = performance.now()
  let steps = 0
  while (performance.now() - begin < ms) {
    step()
    steps++
  }
  return { steps, wallMs: performance.now() - begin, cpuMs: cpuMs(host.pid!) - before }
}

/** Processor time of a process, its threads, and its children so far. */
function cpuMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')
  const own = (Number(fields[11]) + Number(fields[12])) * TICK_MS
  return children.filter(Boolean).reduce((sum, child) => sum + cpuMs(Number(child)), own)
}

/** One step of every slot, its level begun again where it ends. */
function courseOf(address: string, slots: number): () => void {
  const world = createRemote(remoteOptions.parse({ address })) as Environment<unknown>
  const env = steppable(world, 'a benchmark').vector({ slots, autoReset: 'same-level' })
  const out = allocateStepBuffers(world.spec, slots)
  const all = Array.from({ length: slots }, (_, slot) => slot)
  const random = stream('bench', 'hosted')
  const first = all.map(() => world.levels.sample(random))
  env.reset(all, first, out.observations)
  const { actions: spec } = world.spec
  const choices = spec.kind === 'discrete' ? spec.count : 1
  const actions = Array.from({ length: 16 }, () =>
    Int32Array.from(all, () => random.integer(choices)),
  )
  let t = 0
  return () => env.step(actions[t++ & 15], out)
}
