import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import { budgetDone, COUNTERS } from '../../actors/roles/spending.ts'
import { AgonError, type ErrorRecord } from '../../core/errors.ts'
import { measuresByName } from '../../evaluation/measures.ts'
import type {
  Budget,
  MetricsRow,
  RunManifest,
  Spent,
  StoredEvaluation,
} from '../../run/contract.ts'
import { findHolder } from '../../run/lock/find-holder.ts'
import { readRunFile } from '../../run/read-run-file.ts'
import { evaluationSchema, manifestSchema } from '../../run/run-files.schema.ts'
import { spentOfRow } from '../../run/spent-of-row.ts'
import { isMeasured, type SlotScore } from '../text/quantities.ts'
import { lastRows } from './last-rows.ts'

/** One run as `agon ls` shows it. */
export interface RunListing {
  readonly dir: string
  /** Of the manifest; empty where it cannot be read. */
  readonly id: string
  readonly name: string
  /** `interrupted`: the manifest says running, but the process is gone. `damaged`: the manifest cannot be read. */
  readonly status: RunManifest['status'] | 'interrupted' | 'damaged'
  /** ISO 8601; empty where it is not known. */
  readonly created: string
  readonly seed: number | null
  readonly spent: Spent | null
  readonly budget: Budget | null
  /** Of a run with stages: the one at hand, or the last; from 1. `budget` is its own. */
  readonly stage?: { readonly name: string; readonly number: number; readonly of: number }
  /** 0 … 1 of the budget, or of stages that are equal parts; null where the config cannot be read. */
  readonly done: number | null
  /** Of the newest evaluation during or after training, mean over levels; null where nothing can be solved, too. */
  readonly solvedRate: number | null
  readonly suite: string | null
  /** Measures of the environment, of the same measurement as {@link solvedRate}; absent where it has none. */
  readonly measures?: Readonly<Record<string, number>>
  /** The same for each slot, where there are several; then {@link solvedRate} is of the first that was measured. */
  readonly slots?: Readonly<Record<string, SlotScore>>
  /** Why it failed or cannot be read, for people. */
  readonly problem?: string
  readonly error?: ErrorRecord
}

/**
 * The runs in `root`, oldest first, or `root` itself where it is one. What is no run is passed over, what is damaged
 * is said to be.
 * @throws AgonError `usage/argument` where there is no such folder
 */
export async function listRuns(root: string): Promise<readonly RunListing[]> {
  const kind = await stat(root).catch(() => null)
  if (kind === null || !kind.isDirectory())
    throw new AgonError('usage/argument', 'there is no such folder', {
      place: root,
      remedy: 'give the folder that holds the run directories; `agon run` makes them in runs/',
    })
  if (await isRun(root)) return [await listRun(root)]
  const entries = await readdir(root, { withFileTypes: true })
  const folders = entries.filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
  const listings: RunListing[] = []
  for (const { name } of folders.sort((a, b) => (a.name < b.name ? -1 : 1)))
    if (await isRun(join(root, name))) listings.push(await listRun(join(root, name)))
  return listings.sort((a, b) => (a.created < b.created ? -1 : a.created > b.created ? 1 : 0))
}

const isRun = async (dir: string): Promise<boolean> =>
  (await stat(join(dir, 'manifest.json')).catch(() => null)) !== null

async function listRun(dir: string): Promise<RunListing> {
  const { value: manifest, problem } = await readRunFile(dir, 'manifest.json', manifestSchema)
  const unknown = {
    created: '',
    seed: null,
    spent: null,
    budget: null,
    done: null,
    solvedRate: null,
    suite: null,
  }
  if (manifest === null) return { dir, id: '', name: '', status: 'damaged', ...unknown, problem }
  const finished = manifest.stages ?? []
  const { seed, budget, suite, slots, stage } = await configFacts(dir, finished.length)
  const finals = await finalEvaluations(dir)
  const names = slots.length > 0 ? [...slots].sort() : Object.keys(finals)
  const bases = names.map((slot) => baseOf(suite, slot, names.length))
  const mark = bases[0] == null ? null : `${bases[0]}/mean_return`
  const { last, measured } = await lastRows(join(dir, 'metrics.jsonl'), mark)
  const scores = names.map((slot, i): SlotScore => {
    const { [slot]: final } = finals
    const solvedRate =
      final === undefined ? (measured?.[`${bases[i]}/solved_rate`] ?? null) : final.solvedRate
    const measures = final?.measures ?? measuresOfRow(measured, bases[i])
    return { solvedRate, ...(Object.keys(measures).length === 0 ? {} : { measures }) }
  })
  const final = Object.values(finals)[0]
  const newest = scores.find(isMeasured) ?? { solvedRate: null }
  const spent = last === null ? manifest.spent : await newestSpent(dir, last, budget)
  const alive = manifest.status !== 'running' || findHolder(dir) !== null
  return {
    dir,
    id: manifest.run,
    name: manifest.name,
    status: alive ? manifest.status : 'interrupted',
    created: manifest.created,
    seed,
    spent,
    budget,
    ...(stage === undefined ? {} : { stage }),
    done: budget === null ? null : doneOf(spent, budget, finished, stage),
    ...newest,
    suite: final?.suite ?? (measured === null ? null : suite),
    ...(names.length > 1
      ? { slots: Object.fromEntries(names.map((slot, i) => [slot, scores[i]])) }
      : {}),
    ...(manifest.error === undefined
      ? {}
      : { problem: manifest.error.message, error: manifest.error }),
  }
}

const baseOf = (suite: string | null, slot: string, slots: number): string | null =>
  suite === null ? null : `evaluation/${slots === 1 ? '' : `${slot}/`}${suite}`

interface FinalEvaluation {
  readonly suite: string
  readonly solvedRate: number | null
  readonly measures?: Readonly<Record<string, number>>
}

const finalFacts = (final: StoredEvaluation): FinalEvaluation => ({
  suite: final.suite,
  solvedRate: final.solvedRate,
  ...measuresByName(final),
})

/** What stands beside the solved rate of a measurement in a row, but for the return; that where there is no rate. */
function measuresOfRow(row: MetricsRow | null, base: string | null): Record<string, number> {
  if (row === null || base === null) return {}
  const beside = Object.entries(row)
    .filter(([name]) => name.startsWith(`${base}/`))
    .map(([name, value]) => [name.slice(base.length + 1), value] as const)
    .filter(([name]) => !name.includes('/'))
  const { solved_rate, mean_return, ...measures } = Object.fromEntries(beside)
  if (solved_rate !== undefined || mean_return === undefined) return measures
  return { mean_return, ...measures }
}

/** By slot, sorted; a run that goes on or was cut short has none. */
async function finalEvaluations(dir: string): Promise<Readonly<Record<string, FinalEvaluation>>> {
  const { value } = await readRunFile(dir, 'evaluation.json', evaluationSchema)
  const slots = Object.entries(value?.slots ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(
    slots.flatMap(([slot, { final }]) => (final === undefined ? [] : [[slot, finalFacts(final)]])),
  )
}

/** The rows are newer than the manifest; a clock's seconds stand in the other file. */
async function newestSpent(dir: string, last: MetricsRow, budget: Budget | null): Promise<Spent> {
  const spent = spentOfRow(last)
  if (budget === null || !('seconds' in budget)) return spent
  const { last: timings } = await lastRows(join(dir, 'timings.jsonl'), null)
  return timings?.seconds === undefined ? spent : { ...spent, seconds: timings.seconds }
}

/** 0 … 1 of the budget. */
export function shareOf(spent: Spent, budget: Budget): number {
  return budgetDone(budget, spent)
}

function doneOf(
  spent: Spent,
  budget: Budget,
  finished: NonNullable<RunManifest['stages']>,
  stage: RunListing['stage'],
): number {
  if (stage === undefined) return shareOf(spent, budget)
  if (finished.length === stage.of) return 1
  const own = COUNTERS.map((unit) => {
    const before = finished.reduce((sum, { spent }) => sum + (spent[unit] ?? 0), 0)
    return [unit, (spent[unit] ?? 0) - before] as const
  })
  const share = shareOf(Object.fromEntries(own) as unknown as Spent, budget)
  return (finished.length + share) / stage.of
}

function budgetOf(written: unknown): Budget | null {
  const [unit, amount] = Object.entries(asRecord(written))[0] ?? []
  const known = COUNTERS.some((counter) => counter === unit)
  return known && typeof amount === 'number' && amount > 0
    ? ({ [unit]: amount } as unknown as Budget)
    : null
}

/**
 * The few values that a listing needs; validating a whole config would import its modules.
 * @param finished how many stages are over, where the run has any
 */
export async function configFacts(
  dir: string,
  finished = 0,
): Promise<{
  readonly seed: number | null
  readonly budget: Budget | null
  readonly suite: string | null
  readonly slots: readonly string[]
  readonly stage?: NonNullable<RunListing['stage']>
}> {
  try {
    const config: unknown = parse(await readFile(join(dir, 'config.yaml'), 'utf8'))
    const { seed, stages } = asRecord(config)
    const staged = Array.isArray(stages) && stages.length > 0
    const at = staged ? Math.min(finished, stages.length - 1) : 0
    const own = asRecord(staged ? stages[at] : config)
    const { budget, evaluation, students } = own
    const { suite } = asRecord(evaluation)
    return {
      seed: typeof seed === 'number' ? seed : null,
      budget: budgetOf(budget),
      suite: typeof suite === 'string' ? suite : null,
      slots: students === undefined ? ['agent'] : Object.keys(asRecord(students)),
      ...(staged ? { stage: { name: String(own.name), number: at + 1, of: stages.length } } : {}),
    }
  } catch {
    return { seed: null, budget: null, suite: null, slots: [] }
  }
}

const asRecord = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
