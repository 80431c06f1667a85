import { z } from 'zod'
import {
  BUILD,
  builderMetrics,
  buildRequest,
  builtLevels,
  learnRequest,
} from './built/builder-questions.ts'
import { regretMetrics } from './built/built-adversary.ts'
import { builderOptions, pairCast, regretOptions } from './built/options.ts'
import { regretOf } from './built/regrets.ts'
import type { Adversary, ObserveRequest, ProposeRequest, Step } from './contract.ts'
import { type Candidate, fresh, replayed } from './curator/candidates.ts'
import { curatedAdversary } from './curator/curated-adversary.ts'
import {
  ageByNewBatch,
  type CuratorRecord,
  createCurator,
  proposeBlocks,
  replaysNow,
  serialsOf,
} from './curator/curator.ts'
import { groupCount, slotGroups } from './curator/groups.ts'
import { observeOutcomes } from './curator/observe-outcomes.ts'
import { taskBatches } from './curator/task-batches.ts'
import { defineAdversary } from './define-adversary.ts'
import { bufferOptions, edgeOptions, repeatOptions, replayOptions, slotOptions } from './options.ts'
import { bufferNotes } from './setting-notes.ts'

/** Between `propose` and the builder's answer: what the slots asked for. */
interface RepairedRecord extends CuratorRecord {
  counts: ProposeRequest['counts']
}

/**
 * REPAIRED (Jiang et al. 2021, "Replay-Guided Adversarial Environment Design"): the builder of PAIRED makes the new levels of robust
 * PLR. Students learn from replayed levels alone, each from its own buffer; the builder learns from new levels alone, which
 * both students attempt.
 */
export const adversary = defineAdversary({
  id: 'repaired',
  options: z.strictObject({
    ...builderOptions,
    ...regretOptions,
    ...replayOptions,
    replayProbability: replayOptions.replayProbability.default(0.95),
    ...bufferOptions,
    temperature: bufferOptions.temperature.default(0.1),
    ...repeatOptions,
    ...slotOptions,
    shareLevels: z
      .boolean()
      .default(false)
      .describe('Whether both students replay from one buffer; otherwise each has its own.'),
    ...edgeOptions,
  }),
  notes: (options, count) => bufferNotes(options, count),
  repeatsLevels: () => true,
  tasksPerCycle: ({ repeats = 1 }, count) => repeats * count,
  trainShare: ({ replayProbability }) => replayProbability,
  cast: ({ service }) => pairCast(service),
  create: (options, context): Adversary<RepairedRecord> => {
    const { levels } = context
    const { service, replayProbability } = options
    const curator = createCurator('repaired', options, context)
    const [everyone] = slotGroups(context.slots, true)
    const regret = regretOf(options.regret, everyone, context)
    const curated = curatedAdversary(curator, {
      propose(record, request): Step<CuratorRecord> {
        if (replaysNow(curator, record, request, replayProbability))
          return proposeBlocks(curator, record, request, (buffer, count, { name }) => [
            replayed(levels, buffer, count, true, request.random('replay', name)),
          ])
        const { cycle, counts } = request
        for (const group of curator.groups)
          ageByNewBatch(record.archives[group.name], groupCount(group, counts))
        return { record, requests: [buildRequest(service, cycle, groupCount(everyone, counts))] }
      },
      observe(record, request): Step<CuratorRecord> {
        const built = builtNow(record)
        const regrets = regret.of(built, request.outcomes, request.cycle)
        const step = observeOutcomes(curator, record, request)
        // In a cycle of replay the builder built nothing, and learns nothing.
        if (built.length === 0) return step
        return {
          ...step,
          requests: [learnRequest(service, request.cycle, regrets)],
          metrics: { ...step.metrics, ...regretMetrics(regrets) },
        }
      },
    })
    const withCounts = (record: CuratorRecord, counts: RepairedRecord['counts']) =>
      Object.assign(record, { counts })
    const stepOf = (step: Step<CuratorRecord>, counts: RepairedRecord['counts']) => ({
      ...step,
      record: withCounts(step.record, counts),
    })
    return {
      ...curated,
      init: () => withCounts(curated.init(), {}),
      restore: (snapshot) => withCounts(curated.restore(snapshot), {}),
      propose: (record, request) => stepOf(curated.propose(record, request), request.counts),
      observe: (record, request: ObserveRequest) => stepOf(curated.observe(record, request), {}),
      reply(record, key, answer, { cycle, random }): Step<RepairedRecord> {
        if (key !== BUILD) return { record, metrics: builderMetrics(answer) }
        const { counts } = record
        const built = builtLevels(levels, answer, groupCount(everyone, counts))
        const candidates: Record<string, readonly Candidate[]> = {}
        const batches = curator.groups.flatMap(({ name, slots }) => {
          const block = fresh(levels, built, 'build', false, serialsOf(record))
          candidates[name] = block.slice(0, groupCount({ name, slots }, counts))
          // Streams of one name give equal seeds: all attempt the same tasks.
          const group = { name: everyone.name, slots }
          const { repeats } = curator
          const style = { autoReset: 'same-level', tracked: true, repeats } as const
          return taskBatches(group, [candidates[name]], { cycle, counts, random }, style)
        })
        record.pending = { cycle, candidates }
        return { record, batches }
      },
    }
  },
})

/** The new levels of a cycle, as all students got them; none in a cycle of replay. */
function builtNow({ pending }: CuratorRecord): readonly Candidate[] {
  const blocks = Object.values(pending?.candidates ?? {})
  const [longest = []] = [...blocks].sort((a, b) => b.length - a.length)
  return longest.some((candidate) => candidate.replayed) ? [] : longest
}
