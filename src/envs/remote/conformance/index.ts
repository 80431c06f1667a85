import type { Connection } from '../../../wire/index.ts'
import { hasSteps } from '../../steppable.ts'
import { type Check, type CheckResult, performed } from './check.ts'
import { descriptionChecks } from './description-checks.ts'
import { episodeChecks } from './episode-checks.ts'
import { finalChecks } from './final-checks.ts'
import { levelChecks } from './level-checks.ts'
import { stepChecks } from './step-checks.ts'
import { streamChecks, withoutStepsChecks } from './stream-checks.ts'
import { Subject } from './subject.ts'
import { variationChecks } from './variation-checks.ts'

export type { CheckResult } from './check.ts'

const OF_LEVELS: readonly Check[] = [...descriptionChecks, ...levelChecks, ...variationChecks]
const OF_STEPS: readonly Check[] = [
  ...streamChecks,
  ...stepChecks,
  ...episodeChecks,
  ...finalChecks,
]

export interface ConformanceOptions {
  /** Which environment of the server; by default its only one. */
  readonly environment?: string
  /** Milliseconds that one check may take; default 30 000. */
  readonly limitMs?: number
}

/**
 * Whether what is served at `connection` holds agon.v1.Environments: one result after the other, for an environment always
 * the same checks in the same order. Nothing is kept between them, so each failure stands for itself.
 */
export async function* environmentConformance(
  connection: Connection,
  { environment = '', limitMs = 30_000 }: ConformanceOptions = {},
): AsyncGenerator<CheckResult, void, void> {
  const subject = new Subject(connection, environment)
  for (const check of OF_LEVELS) yield await performed(check, subject, limitMs)
  const ofSteps = (await isWithoutSteps(subject)) ? withoutStepsChecks : OF_STEPS
  for (const check of ofSteps) yield await performed(check, subject, limitMs)
}

/** One that says nothing readable of itself is examined as one that is stepped. */
const isWithoutSteps = (subject: Subject): Promise<boolean> =>
  subject.description().then(
    ({ spec }) => !hasSteps(spec),
    () => false,
  )
