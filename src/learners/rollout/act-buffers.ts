import {
  type ActionArray,
  actionDType,
  actionShape,
  parameterWidth,
} from '../../core/action-space.ts'
import { elementCount, type Tensor, type TypedArray, tensor } from '../../core/tensor.ts'
import type { EnvironmentSpec } from '../../envs/contract.ts'
import type { Network } from '../nets/index.ts'

/** Feeds and preallocated results of one acting step; ordinary memory, because the engine refuses shared memory. */
export interface ActBuffers {
  readonly noise: Float32Array
  /** What the policy chose. */
  readonly action: ActionArray
  /** The same inside the bounds of the action space: what the environment is stepped with. */
  readonly bounded: ActionArray
  readonly logProb: Float32Array
  readonly value: Float32Array
  /** `[rows, p]` of the last step; only where they are asked for. */
  readonly logits?: Float32Array
  /** `[rows, critics]` of the last step; only where there are several. */
  readonly critics?: Float32Array
  /** Even and odd steps: the carry that one side reads is the one the other wrote. */
  readonly sides: readonly [ActSide, ActSide]
  /** Copies observations `[rows, …]` into the feeds. */
  observe(observations: Readonly<Record<string, TypedArray>>): void
  clearCarry(): void
  /** The carry that the first even step reads, by name of the state, `[rows, …shape]`. */
  putCarry(from: Readonly<Record<string, Float32Array>>): void
  /** Copies the carry that a step of this parity would read. */
  takeCarry(parity: number, into: Readonly<Record<string, Float32Array>>): void
}

export interface ActSide {
  readonly inputs: Readonly<Record<string, Tensor>>
  readonly outputs: Readonly<Record<string, Tensor>>
  /** Zeroes the carry that this side wrote for `row`. */
  resetRow(row: number): void
}

/** @param withLogits whether logits are copied out of every step */
export function createActBuffers(
  spec: EnvironmentSpec,
  network: Network,
  rows: number,
  withLogits = false,
): ActBuffers {
  const observations: Record<string, Tensor> = {}
  const observed: Record<string, Tensor> = {}
  for (const [name, { dtype, shape }] of Object.entries(spec.observations)) {
    observations[name] = tensor(dtype, [rows, ...shape])
    observed[network.inputs[name]] = observations[name]
  }
  const carries = [0, 1].map(() =>
    Object.entries(network.state).map(
      ([name, { shape }]) => [name, tensor('float32', [rows, ...shape])] as const,
    ),
  )
  const row = actionShape(spec.actions)
  const noise = tensor('float32', [rows, ...row])
  const action = tensor(actionDType(spec.actions), [rows, ...row])
  const logProb = tensor('float32', [rows])
  const value = tensor('float32', [rows])
  const logits = withLogits ? tensor('float32', [rows, parameterWidth(spec.actions)]) : undefined
  const several = network.critics > 1
  const critics = several ? tensor('float32', [rows, network.critics]) : undefined
  const asked: Readonly<Record<string, Tensor>> = {
    ...(logits === undefined ? {} : { logits }),
    ...(critics === undefined ? {} : { critics }),
  }
  const side = (from: number): ActSide => {
    const next = carries[1 - from]
    const renamed = next.map(([name, carry]) => [`${name}_out`, carry] as const)
    return {
      inputs: { ...observed, ...Object.fromEntries(carries[from]), noise },
      outputs: { action, log_prob: logProb, value, ...asked, ...Object.fromEntries(renamed) },
      resetRow(row) {
        for (const [, { data, shape }] of next) {
          const width = elementCount(shape.slice(1))
          data.fill(0, row * width, (row + 1) * width)
        }
      },
    }
  }
  return {
    noise: noise.data,
    action: action.data,
    bounded: spec.actions.kind === 'box' ? new Float32Array(action.data.length) : action.data,
    logProb: logProb.data,
    value: value.data,
    ...(logits === undefined ? {} : { logits: logits.data }),
    ...(critics === undefined ? {} : { critics: critics.data }),
    sides: [side(0), side(1)],
    observe(from) {
      for (const name in observations)
        (observations[name].data as Uint8Array).set(from[name] as Uint8Array)
    },
    clearCarry() {
      for (const carry of carries) for (const [, { data }] of carry) data.fill(0)
    },
    putCarry(from) {
      for (const [name, { data }] of carries[0]) data.set(from[name])
    },
    takeCarry(parity, into) {
      for (const [name, { data }] of carries[parity]) into[name].set(data)
    },
  }
}
