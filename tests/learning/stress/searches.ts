import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ROOT } from '../train.ts'

const CLI = join(ROOT, 'dist/cli/agon.js')
const RECIPE = join(ROOT, 'recipes/stress-football.yaml')

export const METHODS = ['madrid', 'targeted', 'random'] as const
export type Method = (typeof METHODS)[number]

/** One search: a run directory of its own. */
export interface SearchRun {
  readonly method: Method
  readonly seed: number
  readonly dir: string
}

export interface SearchesRequest {
  readonly runs: readonly SearchRun[]
  readonly policies: { readonly target: string; readonly passer: string }
  readonly cycles: number
  /** Whether a candidate meets one of the references, or all of them. */
  readonly against: 'one' | 'all'
  /** Tasks of a cycle. */
  readonly envs: number
  readonly jobs: number
  /** Threads of a search. */
  readonly workers: number
  /** Milliseconds since 1970 after which what runs makes a cut and ends. */
  readonly until: number
}

/** The baselines keep the same grid; it is MADRID's by default. */
const AXES =
  '[{name: ball_x, low: -0.9, high: 0.9, bins: 20}, {name: ball_y, low: -0.4, high: 0.4, bins: 8}]'

function settings({ method }: SearchRun, of: SearchesRequest): readonly string[] {
  const axes = method !== 'madrid' ? `, axes: ${AXES}, offset: -2, signal: cross-play` : ''
  return [
    `adversary={id: ${method}, references: [hard, medium, passer], target: target, against: ${of.against}${axes}}`,
    `policies.target.file=${of.policies.target}`,
    `policies.passer.file=${of.policies.passer}`,
    `student.rollout.envs=${of.envs}`,
    `budget.cycles=${of.cycles}`,
  ]
}

/** Whether all of its cycles have been played. */
export const isFinished = (run: SearchRun, cycles: number): boolean =>
  (historyOf(run).at(-1)?.cycle ?? 0) >= cycles

/** Every search to its end, or until the time is up; what was cut off goes on the next time. */
export async function playSearches(of: SearchesRequest): Promise<void> {
  const due = of.runs.filter((run) => !isFinished(run, of.cycles))
  const running = new Set<ChildProcess>()
  const limit = setTimeout(
    () => {
      for (const child of running) child.kill('SIGINT')
    },
    Math.max(0, of.until - Date.now()),
  )
  const inTurn = async (): Promise<void> => {
    while (Date.now() < of.until) {
      const run = due.shift()
      if (run === undefined) return
      await search(run, of, running)
    }
  }
  await Promise.all(Array.from({ length: of.jobs }, inTurn))
  clearTimeout(limit)
}

async function search(
  run: SearchRun,
  of: SearchesRequest,
  running: Set<ChildProcess>,
): Promise<void> {
  mkdirSync(dirname(run.dir), { recursive: true })
  const begun = existsSync(join(run.dir, 'manifest.json'))
  const args = begun
    ? ['resume', run.dir]
    : [
        ...[
          'run',
          RECIPE,
          '--out',
          run.dir,
          '--seed',
          String(run.seed),
          '--workers',
          String(of.workers),
        ],
        ...settings(run, of).flatMap((setting) => ['--set', setting]),
      ]
  const child = spawn(process.execPath, [CLI, ...args, '--json'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  running.add(child)
  const code = await new Promise<number | null>((ended) => child.on('close', ended))
  running.delete(child)
  // 3: stopped with a cut.
  if (code !== 0 && code !== 3)
    throw new Error(`${run.method}, seed ${run.seed}, ended with ${code}`)
}

/** A line of `history.jsonl`. */
export interface HistoryLine {
  readonly cycle: number
  readonly id: string
  readonly level: string
  readonly emitter: string
  readonly descriptor: { readonly reference?: string }
  readonly cell: readonly number[] | null
  readonly objective: number | null
  readonly values: Readonly<Record<string, number>>
  readonly status: string
}

/** As far as the run has got. */
export function historyOf({ dir }: SearchRun): readonly HistoryLine[] {
  const path = join(dir, 'history.jsonl')
  if (!existsSync(path)) return []
  const text = readFileSync(path, 'utf8')
  return text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
}
