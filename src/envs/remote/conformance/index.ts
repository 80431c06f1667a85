import type { Connection } from '../../../wire/index.ts'
import { type Check, type CheckResult, performed } from './check.ts'
import { descriptionChecks } from './description-checks.ts'
import { episodeChecks } from './episode-checks.ts'
import { levelChecks } from './level-checks.ts'
import { stepChecks } from './step-checks.ts'
import { streamChecks } from './stream-checks.ts'
import { Subject } from './subject.ts'

export type { CheckResult } from './check.ts'

const CHECKS: readonly Check[] = [
  ...descriptionChecks,
  ...levelChecks,
  ...streamChecks,
  ...stepChecks,
  ...episodeChecks,
]

export interface ConformanceOptions {
  /** Which environment of the server; by default its only one. */
  readonly environment?: string
  /** Milliseconds that one check may take; default 30 000. */
  readonly limitMs?: number
}

/**
 * Whether what is served at `connection` holds agon.v1.Environments: one result after the other, always the same checks in
 * the same order. Nothing is kept between them, so each failure stands for itself.
 */
export async function* environmentConformance(
  connection: Connection,
  { environment = '', limitMs = 30_000 }: ConformanceOptions = {},
): AsyncGenerator<CheckResult, void, void> {
  const subject = new Subject(connection, environment)
  for (const check of CHECKS) yield await performed(check, subject, limitMs)
}
