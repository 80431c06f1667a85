import { AgonError } from '../core/errors.ts'
import { nearest, suggestion } from '../core/nearest.ts'
import type { LevelSpace } from './contract.ts'

/**
 * The operator that `mutate` was asked for, or the space's own.
 * @param known the first is the space's own
 * @throws AgonError `level/operator` with the nearest
 */
export function chosenOperator<K extends string>(
  asked: string | undefined,
  known: readonly [K, ...K[]],
): K {
  if (asked === undefined) return known[0]
  const found = known.find((name) => name === asked)
  if (found === undefined) throw unknownOperator(asked, known)
  return found
}

/**
 * Before a space is asked: one with its own operator alone may well look at no name.
 * @throws AgonError `level/operator`
 */
export function checkOperator<L>(
  { operators = [] }: Pick<LevelSpace<L>, 'operators'>,
  asked: string | undefined,
): void {
  if (asked !== undefined && !operators.includes(asked)) throw unknownOperator(asked, operators)
}

/** The error of `mutate` for an operator that the level space does not have. */
export function unknownOperator(asked: string, known: readonly string[]): AgonError {
  const near = nearest(asked, known)
  return new AgonError('level/operator', `there is no operator '${asked}'`, {
    remedy: known.length === 0 ? 'mutate without naming one' : suggestion(asked, known),
    fields: { operator: asked, known, ...(near === undefined ? {} : { nearest: near }) },
  })
}
