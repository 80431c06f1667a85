import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const CLI = fileURLToPath(new URL('../../dist/cli/agon.js', import.meta.url))

/** Runs long enough for whatever is to happen to it; ends by being told. */
const LONG = `
env: { id: maze, height: 5, width: 5, nWalls: 5, maxSteps: 20 }
adversary: { id: plr, capacity: 32 }
student: { id: ppo, network: { hidden: 16, filters: 4 }, rollout: { envs: 8, steps: 32 }, ppo: { epochs: 1 } }
evaluation: { suite: 'random:8', every: 0 }
budget: { cycles: 100000 }
cuts: { every: 100000 }
workers: 1
tensorboard: false
`

/** Writes the config of such a run into `folder`. */
export function longRun(folder: string): string {
  const path = join(folder, 'long.yaml')
  writeFileSync(path, LONG)
  return path
}

/** A process whose standard streams are the test's choice, and which goes with the test. */
export interface RealProcess {
  readonly child: ChildProcess
  /** What it said on the streams that are pipes. */
  readonly said: { stdout: string; stderr: string }
  readonly ended: Promise<{
    readonly code: number | null
    readonly signal: NodeJS.Signals | null
    readonly stdout: string
    readonly stderr: string
  }>
}

export function realProcess(
  program: string,
  args: readonly string[],
  options: SpawnOptions = {},
): RealProcess {
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH },
    ...options,
  })
  const end = (): boolean => child.kill('SIGKILL')
  process.once('exit', end)
  child.once('exit', () => process.off('exit', end))
  const said = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const)
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      said[name] += text
    })
  const ended: RealProcess['ended'] = new Promise((resolve) => {
    child.on('exit', (code, signal) => {
      const pipes = [child.stdout, child.stderr].filter((pipe) => pipe !== null && !pipe.closed)
      Promise.all(pipes.map((pipe) => new Promise((closed) => pipe?.once('close', closed)))).then(
        () => resolve({ code, signal, ...said }),
      )
    })
  })
  return { child, said, ended }
}

export const agonProcess = (args: readonly string[], options?: SpawnOptions): RealProcess =>
  realProcess(process.execPath, [CLI, ...args], options)

/** Cycles of a run so far. */
export function cyclesOf(run: string): number {
  const path = join(run, 'metrics.jsonl')
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n').length - 1 : 0
}

/** Waits, and says what of a process that ends before. */
export async function until(
  what: string,
  condition: () => boolean,
  { child, said }: RealProcess,
): Promise<void> {
  while (!condition()) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(
        `ended before ${what}, with ${child.exitCode ?? child.signalCode}: ${said.stdout}\n${said.stderr}`,
      )
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** Process ids; Linux. */
export const childrenOf = (pid: number): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((child) => {
      try {
        const fields = readFileSync(`/proc/${child}/stat`, 'utf8').split(') ').at(-1)!.split(' ')
        return Number(fields[1]) === pid
      } catch {
        return false
      }
    })
