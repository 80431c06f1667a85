import { z } from 'zod'
import type { ObserveRequest, Step } from './contract.ts'
import { curatedAdversary } from './curator/curated-adversary.ts'
import { type CuratorRecord, createCurator } from './curator/curator.ts'
import { observeOutcomes } from './curator/observe-outcomes.ts'
import { proposeRobust } from './curator/robust-cycle.ts'
import { defineAdversary } from './define-adversary.ts'
import { levelProbe } from './level-probe.ts'
import { bufferOptions, edgeOptions, repeatOptions, replayOptions, slotOptions } from './options.ts'
import { bufferNotes } from './setting-notes.ts'

/** The environment's probe that supposes states by the posterior of what is hidden. */
const PROBE = 'posterior'

/**
 * SAMPLR (Jiang et al. 2022, "Grounding Aleatoric Uncertainty for Unsupervised Environment Design"): robust PLR chooses the levels; what
 * the student learns from, and what levels are scored by, are fictitious transitions, whose hidden parameters come from the true prior
 * given what was seen, not from the level that was chosen.
 */
export const adversary = defineAdversary({
  id: 'samplr',
  options: z.strictObject({
    ...replayOptions,
    ...bufferOptions,
    score: bufferOptions.score.default('positive-value-loss'),
    ...repeatOptions,
    ...slotOptions,
    ...edgeOptions,
  }),
  notes: (options, count) => bufferNotes(options, count),
  repeatsLevels: () => true,
  tasksPerCycle: ({ repeats = 1 }, count) => repeats * count,
  trainShare: ({ replayProbability }) => replayProbability,
  create: (options, context) => {
    const curator = createCurator('samplr', options, context)
    const probes = [levelProbe(PROBE, [])]
    const curated = curatedAdversary(curator, {
      propose(record, request) {
        const step = proposeRobust(curator, record, request, options.replayProbability)
        return { ...step, batches: step.batches?.map((batch) => ({ ...batch, probes })) }
      },
      observe(record, request): Step<CuratorRecord> {
        const step = observeOutcomes(curator, record, request)
        return { ...step, metrics: { ...step.metrics, ...fictitiousMetrics(request) } }
      },
    })
    return { ...curated, probes: [PROBE] }
  },
})

/**
 * `fictitious_return_mean`, over finished episodes: beside the real return it shows how far the chosen levels lie from the prior.
 * `unmatched_share`, of all steps: those for which no level was found that fits what was seen.
 */
function fictitiousMetrics({ outcomes }: ObserveRequest): Record<string, number> {
  const episodes = outcomes.flatMap((outcome) => outcome.episodes)
  const finished = episodes.filter((episode) => episode.finished)
  const sum = (of: typeof episodes, name: string): number =>
    of.reduce((total, { extras }) => total + (extras[`${PROBE}/${name}`] ?? 0), 0)
  const steps = episodes.reduce((total, { length }) => total + length, 0)
  return {
    ...(finished.length === 0
      ? {}
      : { fictitious_return_mean: sum(finished, 'fictitious_return') / finished.length }),
    ...(steps === 0 ? {} : { unmatched_share: sum(episodes, 'unmatched_steps') / steps }),
  }
}
