import { levelId } from '../../core/ids.ts'
import type { Step } from '../contract.ts'
import type { Attempt, PromptAttempt } from '../grid/contract.ts'
import { flatCell, indicesOf } from '../grid/elite-grid.ts'
import { foldAttempt } from '../grid/insertion.ts'
import type { Candidate, Pending, RainbowRecord } from './contract.ts'
import { rainbowMetrics } from './metrics.ts'
import { generationOver, operatorOf } from './propose.ts'
import type { RainbowSearch } from './search.ts'
import { orderFlips, tally } from './voting.ts'

/** Takes the candidates into the grid, in the order of their serials. */
export function closeCycle<L>(
  search: RainbowSearch<L>,
  record: RainbowRecord,
  pending: Pending,
): Step<RainbowRecord> {
  const attempts = pending.candidates.map((candidate) => takeIn(record, candidate))
  record.pending = null
  forgetGenerations(record)
  return {
    record,
    attempts,
    metrics: rainbowMetrics(search, record, pending, attempts),
    levels: [
      {
        slots: (Object.keys(pending.counts) as (keyof typeof pending.counts)[]).sort(),
        score: 'fitness',
        scores: Object.fromEntries(
          pending.candidates.flatMap(({ task, fitness }) =>
            task === null || fitness === null ? [] : [[task, fitness]],
          ),
        ),
      },
    ],
  }
}

function takeIn(record: RainbowRecord, candidate: Candidate): Attempt {
  const { grid, holders, counts } = record
  const { cell, verdict, response, reference } = candidate
  const flat = cell === null ? -1 : flatCell(grid, cell)
  const placed = verdict === 'first' || verdict === 'replaced'
  if (verdict === 'replaced') candidate.replaced = grid.elites[flat]?.id ?? null
  const attempt = attemptOf(record, candidate)
  const status = foldAttempt(grid, attempt)
  count(counts, candidate)
  if (placed) {
    holders.set(flat, { response, ...(reference === null ? {} : { reference }) })
    record.generations.set(attempt.id, generationOver(record, attempt.parents))
  }
  return { ...attempt, status }
}

function attemptOf({ grid }: RainbowRecord, candidate: Candidate): Omit<Attempt, 'status'> {
  const { serial, level, parent, descriptor, cell, fitness, slot, task, seed } = candidate
  return {
    ...{ id: levelId(serial), level, emitter: 'rewrite', operator: operatorOf(candidate) },
    parents: parent.id === null ? [] : [parent.id],
    ...{ descriptor, cell, objective: fitness },
    values: valuesOf(candidate),
    tasks: slot === null || task === null ? [] : [{ task, slot, seed, repeat: 0, return: null }],
    prompt: promptOf(candidate, indicesOf(grid, candidate.target)),
  }
}

function valuesOf({ fitness, votes }: Candidate): Readonly<Record<string, number>> {
  const { candidate, incumbent } = tally(votes)
  return {
    ...(fitness === null ? {} : { fitness }),
    ...(votes.length === 0 ? {} : { votes_for: candidate, votes_against: incumbent }),
  }
}

function promptOf(candidate: Candidate, target: readonly number[]): PromptAttempt {
  const { parent, stages, similarity, slot, response, reference, oracle, votes } = candidate
  return {
    ...(parent.seed === null ? {} : { seed: parent.seed }),
    ...{ target, stages },
    ...(similarity === null ? {} : { similarity }),
    ...(slot === null ? {} : { response }),
    ...(reference === null ? {} : { reference }),
    ...(oracle === null ? {} : { oracle }),
    votes: votes.map(({ candidateFirst, ballot }) => ({
      candidateFirst,
      ballot: ballot ?? 'abstain',
    })),
    verdict: candidate.verdict ?? 'kept-out',
    ...(candidate.replaced === null ? {} : { replaced: candidate.replaced }),
  }
}

function count(counts: RainbowRecord['counts'], { verdict, votes }: Candidate): void {
  if (verdict === 'filtered') counts.filtered += 1
  if (verdict === 'unusable') counts.unusable += 1
  if (verdict === 'invalid') counts.invalid += 1
  if (verdict === 'first' || verdict === 'replaced') counts.updates += 1
  if (votes.length === 0) return
  const { candidate, incumbent, abstained } = tally(votes)
  const { pairs, flips } = orderFlips(votes)
  counts.comparisons += 1
  counts.votes += votes.length
  counts.abstained += abstained
  counts.ties += candidate === incumbent ? 1 : 0
  counts.pairs += pairs
  counts.flips += flips
}

/** Generations are kept of elites alone: no one else can be a parent. */
function forgetGenerations({ grid, generations }: RainbowRecord): void {
  const needed = new Set(grid.filled.map((cell) => grid.elites[cell]!.id))
  for (const id of generations.keys()) if (!needed.has(id)) generations.delete(id)
}
