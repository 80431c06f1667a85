import { AgonError } from '../core/errors.ts'
import type { TypedArray } from '../core/tensor.ts'
import type { Environment } from './contract.ts'

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
