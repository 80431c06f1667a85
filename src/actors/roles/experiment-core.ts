import type { ErrorRecord } from '../../core/errors.ts'
import type { ActorId, SlotId } from '../../core/ids.ts'
import type { EvaluationReport } from '../../evaluation/contract.ts'
import type { Metrics, StatisticName } from '../../learners/contract.ts'
import { spelled } from '../../learners/statistics.ts'

/** Whether a multiple of `every` lies in (before, now]. */
export function isDue(every: number, before: number, now: number): boolean {
  return every > 0 && Math.floor(now / every) > Math.floor(before / every)
}

/** The statistics an adversary needs and a student lacks, as one sentence; null when all is there. */
export function missingStatistics(
  needs: readonly StatisticName[],
  offers: ReadonlyMap<SlotId, readonly StatisticName[]>,
): string | null {
  for (const [slot, offered] of offers) {
    const missing = needs.filter((name) => !offered.includes(name))
    if (missing.length > 0)
      return `the adversary needs ${missing.map(spelled).join(', ')}, which the student in slot '${slot}' does not offer`
  }
  return null
}

export function prefixed(prefix: string, metrics: Metrics): Record<string, number> {
  return Object.fromEntries(
    Object.entries(metrics).map(([name, value]) => [`${prefix}/${name}`, value]),
  )
}

/** Above this many levels a suite is a sample, and its levels have no rows of their own. */
const NAMED_LEVELS = 32

/** An evaluation as metrics. With several slots the slot stands in the name. */
export function evaluationMetrics(
  report: EvaluationReport,
  slot: SlotId,
  slots: number,
): Record<string, number> {
  const base = slots === 1 ? `evaluation/${report.suite}` : `evaluation/${slot}/${report.suite}`
  const metrics: Record<string, number> = {}
  if (report.solvedRate !== null) metrics[`${base}/solved_rate`] = report.solvedRate
  metrics[`${base}/mean_return`] = report.meanReturn
  for (const { name, value } of report.measures ?? []) metrics[`${base}/${name}`] = value
  const named = report.levels.length <= NAMED_LEVELS ? report.levels : []
  for (const { name, solvedRate, meanReturn } of named) {
    if (solvedRate === null) metrics[`${base}/${name}/mean_return`] = meanReturn
    else metrics[`${base}/${name}/solved_rate`] = solvedRate
  }
  return metrics
}

/** Faults of the place an actor runs in, not of what it computes: the same work, done again, may succeed. */
export function isRestartable(error: ErrorRecord): boolean {
  return ['worker/lost', 'actor/lost', 'environment/lost'].includes(error.code)
}

/** The error that ends a run, with the last good cut named. */
export function withLastCut(
  error: ErrorRecord,
  actor: ActorId,
  lastCut: number | null,
  cycle: number,
): ErrorRecord {
  const remedy =
    lastCut === null
      ? 'no cut had been written yet'
      : `the last good cut is of cycle ${lastCut}; resume from it once the cause is mended`
  return {
    ...error,
    message: `cycle ${cycle}${blamed(error, actor)}: ${error.message}`,
    remedy: error.remedy === undefined ? remedy : `${error.remedy}; ${remedy}`,
    fields: { ...error.fields, actor, cycle, lastCut },
  }
}

/** A fault of an environment's own code names the environment itself; who stepped it stands in the fields alone. */
function blamed({ fields }: ErrorRecord, actor: ActorId): string {
  return typeof fields?.environment === 'string' ? '' : `, ${actor}`
}
