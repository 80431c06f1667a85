import type { Arguments } from '../../command.ts'
import { usage } from '../../parser/arguments.ts'
import { stressSpec } from './spec.ts'

/** Above what a test counts as failed. */
export interface Limit {
  readonly of: 'regret' | 'mean'
  readonly most: number
}

/** @throws AgonError `usage/value` */
export function limitOf(args: Arguments): Limit | null {
  const text = args.text('fail-over')
  if (text === undefined) return null
  const [, of, amount] = /^(regret|mean)=(.+)$/.exec(text) ?? []
  const most = Number(amount)
  if (of !== undefined && amount.trim() !== '' && Number.isFinite(most))
    return { of: of as Limit['of'], most }
  throw usage(
    stressSpec,
    'usage/value',
    `--fail-over takes regret=<number> or mean=<number>, not '${text}'`,
  )
}

/** What was found, by cell or level. */
export interface Findings {
  readonly values: readonly number[]
}

/** What measured nothing does not pass. */
export const isOver = ({ of, most }: Limit, { values }: Findings): boolean =>
  values.length === 0 || measured(of, values) > most

/** Why it has failed, a line. */
export const verdictText = (limit: Limit | null, { values }: Findings): string =>
  `${values.length === 0 ? 'nothing was scored' : boundText(limit)}: the test has failed\n`

const measured = (of: Limit['of'], values: readonly number[]): number =>
  of === 'regret'
    ? Math.max(...values)
    : values.reduce((sum, value) => sum + value, 0) / values.length

/** Of one cell: only the highest is a matter of single cells. */
export const cellFails = (limit: Limit | null, value: number): boolean =>
  limit !== null && limit.of === 'regret' && value > limit.most

export const boundText = (limit: Limit | null): string =>
  limit === null ? 'the objective' : `${limit.of} is above ${limit.most}`
