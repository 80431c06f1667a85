import { AgonError } from '../core/errors.ts'
import type { TypedArray } from '../core/tensor.ts'
import type { Environment, StepBuffers } from './contract.ts'

type Observations = Readonly<Record<string, TypedArray>>

/**
 * That a step can say what was seen last of an episode that is cut.
 * @param asked who needs it and what for, `student/agent: ppo.timeLimit bootstrap`
 * @throws AgonError `env/no-finals`
 */
export function requireFinals(
  { spec, givesFinals }: Pick<Environment<unknown>, 'spec' | 'givesFinals'>,
  asked: string,
): void {
  if (givesFinals === true) return
  throw new AgonError(
    'env/no-finals',
    `the environment '${spec.id}' does not give the last observation of an episode that is cut: ${asked}`,
    {
      remedy:
        'write StepBuffers.finals in its step and set `givesFinals: true`, or take `ppo.timeLimit: terminal`',
      fields: { environment: spec.id, asked },
    },
  )
}

/** In {@link StepBuffers.departed}: the agent was cut from its episode alone. */
const CUT_ALONE = 2

/** Whether a step says what the row's agent saw last of an episode: it was cut, with all others or alone. */
export const isCut = (
  { truncated, departed }: Pick<StepBuffers, 'truncated' | 'departed'>,
  row: number,
): boolean => truncated[row] === 1 || departed?.[row] === CUT_ALONE

/** Whether a step says so of any row. */
export const someCut = ({
  truncated,
  departed,
}: Pick<StepBuffers, 'truncated' | 'departed'>): boolean =>
  truncated.includes(1) || departed?.includes(CUT_ALONE) === true

/** Copies the last observations `[rows, …shape]` of the rows that were cut. */
export function copyFinals(
  from: Observations,
  into: Observations,
  step: Pick<StepBuffers, 'truncated' | 'departed'>,
): void {
  const rows = step.truncated.length
  for (let row = 0; row < rows; row++) if (isCut(step, row)) copyRow(from, into, row, rows)
}

/** Copies the rows `[rows, …shape]` that `chosen` marks with 1. */
export function copyRows(from: Observations, into: Observations, chosen: Uint8Array): void {
  for (let row = 0; row < chosen.length; row++)
    if (chosen[row] === 1) copyRow(from, into, row, chosen.length)
}

function copyRow(from: Observations, into: Observations, row: number, rows: number): void {
  for (const name in from) {
    const width = from[name].length / rows
    into[name].set(from[name].subarray(row * width, (row + 1) * width) as never, row * width)
  }
}
