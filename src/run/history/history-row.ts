import type { CycleAttempts } from '../../actors/roles/experiment-contract.ts'
import type { Attempt, PromptAttempt } from '../../adversaries/grid/contract.ts'
import type { TaskBatch } from '../../learners/contract.ts'
import type { HistoryRow } from './contract.ts'

export interface CycleHistory {
  readonly cycle: number
  readonly stage?: string
  readonly attempted: Pick<CycleAttempts, 'batches' | 'searched'>
}

/** A cycle's candidates as rows. */
export function historyRows({ cycle, stage, attempted }: CycleHistory): readonly HistoryRow[] {
  const lanes = lanesOf([...attempted.batches.values()])
  return attempted.searched.map((attempt) => ({
    cycle,
    ...(stage === undefined ? {} : { stage }),
    ...attempt,
    tasks: attempt.tasks.map((task) => {
      const lane = lanes.get(keyOf(task.slot, task.task, task.repeat))
      return { ...task, ...(lane === undefined ? {} : { lane }) }
    }),
  }))
}

function lanesOf(batches: readonly TaskBatch[]): ReadonlyMap<string, number> {
  return new Map(
    batches.flatMap(({ slot, tasks }) =>
      tasks.map(({ id, repeat }, lane) => [keyOf(slot, id, repeat), lane] as const),
    ),
  )
}

const keyOf = (slot: string, task: string, repeat: number): string => `${slot}/${task}/${repeat}`

/** One line without its newline: equal rows give equal bytes, whatever the order of their keys. */
export function formatHistoryRow(row: HistoryRow): string {
  return JSON.stringify({
    cycle: row.cycle,
    ...(row.stage === undefined ? {} : { stage: row.stage }),
    ...{ id: row.id, emitter: row.emitter, operator: row.operator, parents: row.parents },
    descriptor: sorted(row.descriptor),
    ...{ cell: row.cell, objective: row.objective, values: sorted(row.values) },
    status: row.status,
    tasks: row.tasks.map(({ task, slot, lane, seed, repeat, seating, return: earned }) => ({
      ...{ task, slot },
      ...(lane === undefined ? {} : { lane }),
      ...{ seed, repeat },
      ...(seating === undefined ? {} : { seating: sorted(seating) }),
      return: earned,
    })),
    ...(row.prompt === undefined ? {} : { prompt: promptOf(row.prompt) }),
    level: Buffer.from(row.level).toString('base64'),
  })
}

const promptOf = (prompt: PromptAttempt): PromptAttempt => ({
  ...(prompt.seed === undefined ? {} : { seed: prompt.seed }),
  ...{ target: prompt.target, stages: prompt.stages },
  ...(prompt.similarity === undefined ? {} : { similarity: prompt.similarity }),
  ...(prompt.response === undefined ? {} : { response: prompt.response }),
  ...(prompt.reference === undefined ? {} : { reference: prompt.reference }),
  ...(prompt.oracle === undefined ? {} : { oracle: prompt.oracle }),
  votes: prompt.votes.map(({ candidateFirst, ballot }) => ({ candidateFirst, ballot })),
  verdict: prompt.verdict,
  ...(prompt.replaced === undefined ? {} : { replaced: prompt.replaced }),
})

const sorted = <T>(record: Readonly<Record<string, T>>): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)))

/** @returns null where the line is no row */
export function parseHistoryRow(line: string): HistoryRow | null {
  try {
    const row = JSON.parse(line) as Written
    return isRow(row) ? { ...row, level: new Uint8Array(Buffer.from(row.level, 'base64')) } : null
  } catch {
    return null
  }
}

type Written = Omit<Attempt, 'level' | 'tasks'> &
  Pick<HistoryRow, 'cycle' | 'stage' | 'tasks'> & { readonly level: string }

const isRow = (row: Partial<Written> | null): row is Written =>
  Number.isSafeInteger(row?.cycle) &&
  typeof row?.id === 'string' &&
  typeof row.level === 'string' &&
  typeof row.status === 'string' &&
  (row.cell === null || Array.isArray(row.cell)) &&
  (row.objective === null || Number.isFinite(row.objective)) &&
  Array.isArray(row.tasks) &&
  typeof row.descriptor === 'object' &&
  typeof row.values === 'object'
