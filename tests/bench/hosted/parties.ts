import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface, type Interface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

// Seen from build/tests/bench/hosted.
export const ROOT = fileURLToPath(new URL('../../../../', import.meta.url))
const SCRIPTS = join(ROOT, 'tests/bench/hosted')
const CLIENT = join(ROOT, 'clients/python')
/** Of the fields of /proc/…/stat, in milliseconds. */
const TICK_MS = 10

export interface Window {
  readonly steps: number
  readonly wallMs: number
  readonly cpuMs: number
}

/** Built code does not see the scripts beside its sources. */
export async function realPython(): Promise<string | null> {
  const script = new URL('../../../../scripts/real-python.mjs', import.meta.url).href
  return ((await import(script)) as { realPython(): string | null }).realPython()
}

/** Steps a second of the best one: a loaded machine spoils windows, and makes none better. */
export const best = (windows: readonly Window[]): number =>
  Math.max(...windows.map(({ steps, wallMs }) => (steps / wallMs) * 1000))

/** Milliseconds a step of all slots. */
export const cpu = (windows: readonly Window[]): number =>
  windows.reduce((sum, { cpuMs }) => sum + cpuMs, 0) /
  windows.reduce((sum, { steps }) => sum + steps, 0)

export function start(python: string, script: string, args: readonly string[]): ChildProcess {
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

export function bareOf(child: ChildProcess) {
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
    const fail = (code: number | null): void =>
      reject(new Error(`a process of the bench ended with ${code}`))
    child.once('exit', fail)
    lines.once('line', (line) => {
      child.off('exit', fail)
      resolve(line)
    })
  })

export function windowOf(step: () => void, host: ChildProcess, ms: number): Window {
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
export function cpuMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')
  const own = (Number(fields[11]) + Number(fields[12])) * TICK_MS
  return children.filter(Boolean).reduce((sum, child) => sum + cpuMs(Number(child)), own)
}

/** Once it listens. */
export async function listening(host: ChildProcess, rendezvous: string): Promise<void> {
  while (!existsSync(rendezvous)) {
    if (host.exitCode !== null) throw new Error('the host ended')
    await sleep(50)
  }
}

export const ended = (child: ChildProcess): Promise<unknown> =>
  child.exitCode === null ? new Promise((gone) => child.once('exit', gone)) : Promise.resolve()
