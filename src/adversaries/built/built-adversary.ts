import { AgonError } from '../../core/errors.ts'
import { levelId } from '../../core/ids.ts'
import type { Adversary, AdversaryContext, ProposeRequest, Step } from '../contract.ts'
import { type Candidate, fresh } from '../curator/candidates.ts'
import { groupCount, slotGroups } from '../curator/groups.ts'
import { featureMeans } from '../curator/level-metrics.ts'
import { taskBatches } from '../curator/task-batches.ts'
import { outcomesByTask, scoresByTask } from '../curator/task-outcomes.ts'
import { type RecentRecord, restoreRecent, snapshotRecent } from '../recent-levels.ts'
import {
  BUILD,
  builderMetrics,
  buildRequest,
  builtLevels,
  learnRequest,
} from './builder-questions.ts'
import { regretOf } from './regrets.ts'

export interface BuiltOptions {
  /** The adversary's id: of its snapshots. */
  readonly kind: string
  /** Whom it asks for levels. */
  readonly service: string
  /** Id of the score that the builder is paid. */
  readonly regret: string
}

/** Between `propose` and the builder's answer: what the slots asked for. */
interface BuiltRecord extends RecentRecord {
  counts: ProposeRequest['counts']
}

const GROUP = 'all'

/**
 * The loop of PAIRED (Dennis et al. 2020): a builder builds, all students attempt the same levels and learn from them, and the
 * builder learns from their regret. Nothing is remembered but the last batch, for the gallery.
 * @throws AgonError `adversary/score` where there are too few or too many students for the regret
 */
export function builtAdversary<L>(
  { kind, service, regret: id }: BuiltOptions,
  context: AdversaryContext<L>,
): Adversary<BuiltRecord> {
  const { levels } = context
  const [group] = slotGroups(context.slots, true)
  const regret = regretOf(id, group, context)
  return {
    needs: regret.score.needs,
    init: () => ({ nextSerial: 0, pending: {}, recent: [], counts: {} }),
    propose(record, { cycle, counts }) {
      record.counts = counts
      return { record, requests: [buildRequest(service, cycle, groupCount(group, counts))] }
    },
    reply(record, key, answer, { cycle, random }): Step<BuiltRecord> {
      if (key !== BUILD) return { record, metrics: builderMetrics(answer) }
      const { counts } = record
      const built = builtLevels(levels, answer, groupCount(group, counts))
      const block = fresh(levels, built, 'build', true, () => record.nextSerial++)
      record.pending = { [GROUP]: block }
      const request = { cycle, counts, random }
      const style = { autoReset: 'same-level', tracked: false } as const
      return { record, batches: taskBatches(group, [block], request, style) }
    },
    observe(record, { cycle, outcomes }): Step<BuiltRecord> {
      const block = record.pending[GROUP]
      if (block === undefined)
        throw new AgonError('adversary/out-of-order', `cycle ${cycle} has no levels`, {
          remedy: 'observe each cycle once, after its propose',
        })
      const regrets = regret.of(block, outcomes, cycle)
      record.recent = block.map(({ serial, level }, i) => ({ serial, level, score: regrets[i] }))
      record.pending = {}
      return {
        record,
        requests: [learnRequest(service, cycle, regrets)],
        metrics: { ...regretMetrics(regrets), ...builtMetrics(block) },
        levels: [
          {
            slots: group.slots,
            score: id,
            scores: scoresByTask(regrets, group, outcomesByTask(outcomes), cycle),
          },
        ],
      }
    },
    snapshot: (record) => snapshotRecent(kind, record),
    restore: (snapshot) => ({ ...restoreRecent(kind, snapshot), counts: {} }),
    gallery: ({ recent }, limit) =>
      [...recent]
        .sort((a, b) => b.score - a.score || a.serial - b.serial)
        .slice(0, limit)
        .map(({ serial, level, score }) => ({
          reason: 'high-score',
          ...{ level, score },
          id: levelId(serial),
          ancestry: [{ id: levelId(serial), operator: 'build', level }],
          generation: 0,
        })),
  }
}

/** The builder's reward over the levels of a cycle. */
export function regretMetrics(regrets: readonly number[]): Record<string, number> {
  const mean = regrets.reduce((sum, regret) => sum + regret, 0) / regrets.length
  return { regret_mean: mean, regret_max: Math.max(...regrets) }
}

/** Means of the features, and how many levels of the batch differ. */
export function builtMetrics(block: readonly Candidate[]): Record<string, number> {
  return {
    levels_distinct: new Set(block.map(({ key }) => key)).size / block.length,
    ...featureMeans(
      'level_',
      block.map(({ features }) => features),
    ),
  }
}
