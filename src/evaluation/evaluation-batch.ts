import {
  type ActionArray,
  actionFault,
  actionShape,
  actionWidth,
  allocateActions,
} from '../core/action-space.ts'
import { type Tensor, type TypedArray, tensor } from '../core/tensor.ts'
import type { Environment, EnvironmentSpec, StepBuffers, View } from '../envs/contract.ts'
import type { ActBatch, Policy } from '../inference/contract.ts'
import { zeroState } from '../inference/policy.ts'
import { seenThrough, viewOf } from '../seats/view-of.ts'

/** The arrays of every batch of an evaluation, made once. Row = lane · agents + agent. */
export interface EvaluationBatch {
  readonly rows: number
  /** Numbers of one row's action. */
  readonly width: number
  readonly seen: Pick<ActBatch, 'observations' | 'mask'>
  /** Makes what the policy chose into what is done, in place; absent: the same. */
  readonly translate?: (actions: ActionArray) => void
  /** What the environment shows, before the policy's own names and types. */
  readonly written: Readonly<Record<string, TypedArray>>
  readonly noise: Tensor<'float32'>
  readonly state: Readonly<Record<string, Tensor>>
  /** What is done, inside the bounds of the action space: by the policy, and by who sits beside it. */
  readonly actions: ActionArray
  /** Those of the environment's rows. */
  readonly stepped: ActionArray
  /** What a step writes: its observations are the first rows of `written`. */
  readonly out: StepBuffers
}

/**
 * @param lanes of the batch, full or not
 * @param played lanes that the environment has: the first of them
 */
export function evaluationBatch(
  policy: Policy | null,
  environment: Pick<Environment<unknown>, 'spec' | 'views' | 'view'>,
  lanes: number,
  played: number,
): EvaluationBatch {
  const { observations, actions, agents } = environment.spec
  const view = policy === null ? undefined : viewOf(policy.card, environment)
  const rows = lanes * agents
  const width = actionWidth(actions)
  const specs = Object.entries(observations)
  const shown = Object.fromEntries(
    specs.map(([name, { dtype, shape }]) => [name, tensor(dtype, [rows, ...shape])]),
  )
  const written = Object.fromEntries(specs.map(([name]) => [name, shown[name].data]))
  const done = allocateActions(actions, rows)
  const stepped = played * agents
  return {
    rows,
    width,
    seen: policy === null ? { observations: shown } : seenThrough(view, policy.card, shown),
    ...(view?.translate === undefined ? {} : { translate: translation(view, written) }),
    written,
    noise: tensor('float32', [rows, ...actionShape(actions)]),
    state: policy === null ? {} : zeroState(policy.card, rows),
    actions: done,
    stepped: done.subarray(0, stepped * width),
    out: {
      observations: firstRows(written, stepped, rows),
      rewards: new Float32Array(stepped),
      terminated: new Uint8Array(stepped),
      truncated: new Uint8Array(stepped),
    },
  }
}

/** Makes the policy's actions into what its view says is done. */
function translation(
  { observations, translate }: View,
  written: Readonly<Record<string, TypedArray>>,
): (actions: ActionArray) => void {
  const seen = Object.fromEntries(
    Object.entries(observations).map(([own, name]) => [own, written[name]]),
  )
  return (actions) => translate?.(actions, seen)
}

/** Of arrays with `rows` rows, those of the first `count`. */
function firstRows(
  of: Readonly<Record<string, TypedArray>>,
  count: number,
  rows: number,
): Readonly<Record<string, TypedArray>> {
  return Object.fromEntries(
    Object.entries(of).map(([name, data]) => [
      name,
      data.subarray(0, (data.length / rows) * count),
    ]),
  )
}

/** What is wrong with a row's action, or null: a graph of weights that are not finite may well give one, but not its probability. */
export function chosenFault(
  spec: EnvironmentSpec['actions'],
  { actions, width }: EvaluationBatch,
  logProb: Float32Array,
  row: number,
): string | null {
  const fault = actionFault(spec, actions, row)
  if (fault !== null || !Number.isNaN(logProb[row])) return fault
  const chosen = actions.subarray(row * width, (row + 1) * width)
  return `action ${chosen} with a log-probability that is no number`
}
