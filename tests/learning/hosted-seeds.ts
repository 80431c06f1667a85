import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { drawCurve } from './curve.ts'
import { outcomeOf, PAGE, ROOT, type Trained } from './train.ts'

export const SEEDS = [0, 1, 2]
/** A run keeps two workers and its host busy. */
const CORES_OF_A_RUN = 3

/** A script of the repository that hosts an environment, from its root, with its arguments. */
export type HostScript = readonly string[]

/** Hosts an environment for as long as `use` takes, which gets the file that says where it listens. */
export async function whileHosted(
  python: string,
  name: string,
  [script, ...args]: HostScript,
  use: (rendezvous: string) => void,
): Promise<void> {
  const folder = join(ROOT, 'runs', 'learning')
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `${name}.json`)
  rmSync(file, { force: true })
  const host = spawn(python, [join(ROOT, script), ...args, '--rendezvous', file], {
    env: { ...process.env, PYTHONPATH: join(ROOT, 'clients/python') },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  try {
    while (!existsSync(file)) {
      if (host.exitCode !== null) throw new Error(`${script} ended with ${host.exitCode}`)
      await sleep(50)
    }
    use(file)
  } finally {
    host.kill('SIGTERM')
  }
}

/** `<script> --seed <n> <name>` for every seed, each in a process of its own, as many at once as there are cores for. */
async function trainSeeds(script: string, name: string): Promise<void> {
  const { steps, python } = options()
  const waiting = [...SEEDS]
  const worker = async (): Promise<void> => {
    for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift()) {
      const budget = steps === undefined ? [] : ['--steps', steps]
      const by = python === undefined ? [] : ['--python', python]
      const args = [fileURLToPath(script), '--seed', String(seed), ...budget, ...by, name]
      const child = spawn(process.execPath, args, { stdio: 'inherit' })
      const code = await new Promise((resolve) => child.on('close', resolve))
      if (code !== 0) throw new Error(`${name}, seed ${seed}, ended with ${code}`)
    }
  }
  const atOnce = Math.max(1, Math.floor(availableParallelism() / CORES_OF_A_RUN))
  await Promise.all(Array.from({ length: Math.min(atOnce, SEEDS.length) }, worker))
}

/** A study as its page tells of it. */
export interface Told {
  /** Of its runs, its page and its picture. */
  readonly runName: string
  readonly title: string
  /** Absent: a score has to be a number. */
  readonly bar?: number
  /** What each seed has to bring to the bar. */
  score(run: Trained): number
  page(runs: readonly Trained[]): string
}

/** Trains a study's seeds, writes its page and its curve: what fell short of the bar. */
export async function studySeeds(script: string, name: string, of: Told): Promise<string[]> {
  await trainSeeds(script, name)
  const runs = SEEDS.map((seed) => outcomeOf(of.runName, seed))
  const series = runs.map(({ seed, rows }) => ({
    label: `seed ${seed}`,
    values: rows.flatMap((row) => row['agent/return_mean'] ?? []),
  }))
  writeFileSync(join(PAGE, `${of.runName}.svg`), drawCurve(of.title, 'cycle', series))
  writeFileSync(join(PAGE, `${of.runName}.md`), of.page(runs))
  // What is no number falls short too.
  return runs
    .filter((run) => !(of.score(run) >= (of.bar ?? Number.NEGATIVE_INFINITY)))
    .map(
      (run) =>
        `${name}, seed ${run.seed}: ${of.score(run).toFixed(3)}, below ${of.bar ?? 'any number'}`,
    )
}

export interface Asked {
  /** An interpreter with the real packages. */
  readonly python: string
  readonly names: readonly string[]
  /** Train this one only; null trains all and writes the pages. */
  readonly seed: number | null
  /** Environment steps instead of the study's budget. */
  readonly steps: number | null
}

/** `[--seed <n>] [--steps <n>] [--python <path>] [<name>…]` */
function options(): { seed?: string; steps?: string; python?: string; names: string[] } {
  const { values, positionals } = parseArgs({
    options: { seed: { type: 'string' }, steps: { type: 'string' }, python: { type: 'string' } },
    allowPositionals: true,
  })
  return { ...values, names: positionals }
}

/**
 * What the command line asks for. Ends with 77 where the real packages are not, with 2 for a name that is none.
 * @param usual what is meant where nothing is named
 */
export async function asked(
  all: readonly string[],
  usual: readonly string[] = all,
): Promise<Asked> {
  // The scripts are no part of what is built.
  const { realPython } = await import(pathToFileURL(join(ROOT, 'scripts/real-python.mjs')).href)
  const { seed, steps, names, ...given } = options()
  const python: string | null = given.python ?? realPython()
  if (python === null) {
    console.log('learning: no Python with real packages: npm run real-python')
    process.exit(77)
  }
  const unknown = names.find((name) => !all.includes(name))
  if (unknown !== undefined) {
    console.error(`there is no study '${unknown}'; there are ${all.join(', ')}`)
    process.exit(2)
  }
  const number = (value: string | undefined): number | null =>
    value === undefined ? null : Number(value)
  return {
    ...{ python, names: names.length > 0 ? names : usual },
    ...{ seed: number(seed), steps: number(steps) },
  }
}

/** Says what fell short, and ends the process: 1 where anything did. */
export function conclude(what: string, failed: readonly string[]): never {
  for (const complaint of failed) console.error(complaint)
  console.log(failed.length === 0 ? `learning: ${what} learned` : 'learning: FAILED')
  process.exit(failed.length === 0 ? 0 : 1)
}
