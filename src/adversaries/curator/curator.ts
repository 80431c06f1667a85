import { AgonError } from '../../core/errors.ts'
import type { EpisodeSummary, StatisticName } from '../../learners/contract.ts'
import { createLevelBuffer, type LevelBuffer } from '../buffer/level-buffer.ts'
import { hold } from '../buffer/lineage.ts'
import { type BufferRules, resolveRules } from '../buffer/rules.ts'
import { decidesReplay } from '../buffer/sampling.ts'
import { advanceAges } from '../buffer/staleness.ts'
import type { AdversaryContext, ProposeRequest, Step } from '../contract.ts'
import type { CuratorOptions } from '../options.ts'
import type { Score } from '../scores/score.ts'
import { scores } from '../scores/scores.ts'
import { type Candidate, neededSerials } from './candidates.ts'
import { groupCount, type SlotGroup, slotGroups } from './groups.ts'
import { taskBatches } from './task-batches.ts'

/** What the replaying algorithms share and never change: the level space, who shares levels, rules, score. */
export interface Curator<L> {
  readonly kind: string
  readonly context: AdversaryContext<L>
  readonly groups: readonly SlotGroup[]
  readonly rules: BufferRules
  readonly score: Score
  readonly needs: readonly StatisticName[]
  /** Attempts of each level in a cycle. */
  readonly repeats: number
  /** Whether a new level may be stored, from each student's finished episodes on it; absent: any may. */
  admits?(students: readonly (readonly EpisodeSummary[])[]): boolean
}

/** The plain record of a replaying algorithm. */
export interface CuratorRecord {
  /** By group name. */
  readonly archives: Readonly<Record<string, LevelBuffer>>
  nextSerial: number
  /** Between `propose` and `observe`: candidates by group name, in task order. */
  pending: Pending | null
  /** ACCEL: levels to edit in the next cycle, by group name. */
  toEdit: Readonly<Record<string, readonly number[]>> | null
}

export interface Pending {
  readonly cycle: number
  readonly candidates: Readonly<Record<string, readonly Candidate[]>>
}

/** @throws AgonError `adversary/score` where the score needs other students than there are */
export function createCurator<L>(
  kind: string,
  options: CuratorOptions,
  context: AdversaryContext<L>,
): Curator<L> {
  const groups = slotGroups(context.slots, options.shareLevels)
  const score = scores.get(options.score)
  const [fewest, most] = score?.students ?? [1, 0]
  const students = groups[0].slots.length
  if (score === undefined || students < fewest || students > most)
    throw new AgonError(
      'adversary/score',
      `the score '${options.score}' compares ${fewest === most ? fewest : `at least ${fewest}`} students on one level, here each level has ${students}`,
      {
        place: 'adversary.score',
        remedy: 'use a score of single students, or give all students equal levels (shareLevels)',
      },
    )
  if (score.needsDiscount && context.discount === undefined)
    throw new AgonError('adversary/score', `the score '${score.id}' needs the student's discount`, {
      place: 'adversary.score',
      remedy: 'choose another score, such as max-mc',
    })
  const needs = [...new Set<StatisticName>(['return', ...score.needs])]
  const { repeats = 1 } = options
  const { visits } = score
  const rules = { ...resolveRules(options), ...(visits === undefined ? {} : { visits }) }
  return { kind, context, groups, rules, score, needs, repeats }
}

export function initialRecord<L>(curator: Curator<L>): CuratorRecord {
  const archives = curator.groups.map(({ name }) => [name, createLevelBuffer(curator.rules)])
  return { archives: Object.fromEntries(archives), nextSerial: 0, pending: null, toEdit: null }
}

export const serialsOf = (record: CuratorRecord): (() => number) => {
  return () => record.nextSerial++
}

/** One coin for the whole batch; with several buffers all must agree to it. */
export function replaysNow<L>(
  curator: Curator<L>,
  record: CuratorRecord,
  request: ProposeRequest,
  replayProbability: number,
): boolean {
  const u = request.random('replay-decision').uniform()
  return curator.groups.every(({ name }) =>
    decidesReplay(record.archives[name], replayProbability, u),
  )
}

/** minimax: a batch without replay ages every stored level by as many draws as it has tasks. */
export function ageByNewBatch(buffer: LevelBuffer, count: number): void {
  if (buffer.rules.newLevelAging === 'batch') advanceAges(buffer, count)
}

/** Proposes, for each group, the blocks of candidates that `blocksOf` makes, and remembers them until `observe`. */
export function proposeBlocks<L>(
  curator: Curator<L>,
  record: CuratorRecord,
  request: ProposeRequest,
  blocksOf: (
    buffer: LevelBuffer,
    count: number,
    group: SlotGroup,
  ) => readonly (readonly Candidate[])[],
): Step<CuratorRecord> {
  const candidates: Record<string, readonly Candidate[]> = {}
  const batches = curator.groups.flatMap((group) => {
    const buffer = record.archives[group.name]
    const blocks = blocksOf(buffer, groupCount(group, request.counts), group)
    candidates[group.name] = blocks.flat()
    for (const serial of neededSerials(candidates[group.name])) hold(buffer.lineage, serial)
    const style = { autoReset: 'same-level', tracked: true, repeats: curator.repeats } as const
    return taskBatches(group, blocks, request, style)
  })
  record.pending = { cycle: request.cycle, candidates }
  return { record, batches }
}
