import { actionShape, type DType, parameterWidth, tensor } from 'agon/core'
import type { PolicyFile } from 'agon/inference'
import { kserve } from '../../../src/wire/index.ts'

const DATATYPES = { float32: 'FP32', int32: 'INT32', uint8: 'UINT8' } as const

export interface RequestOptions {
  readonly rows: number
  /** The server keeps the state in this sequence; without one it is in the request. */
  readonly sequence?: string
  readonly start?: boolean
}

/** Zeros, and of the mask ones: every action is allowed. */
function bytesOf(name: string, dtype: DType, shape: readonly number[]): Uint8Array {
  const { data } = tensor(dtype, shape)
  if (name === 'mask') data.fill(1 as never)
  return new Uint8Array(data.buffer)
}

/** An encoded request: observations, noise where it is read, and the state where the server does not keep it. */
export function requestOf(
  model: string,
  { card }: PolicyFile,
  { rows, sequence, start = false }: RequestOptions,
): Uint8Array {
  const specs = {
    ...card.observations,
    ...(sequence === undefined ? card.state : {}),
    ...(card.mask === true
      ? { mask: { dtype: 'float32', shape: [parameterWidth(card.actions)] } as const }
      : {}),
    ...(card.decode === 'sample'
      ? { noise: { dtype: 'float32', shape: actionShape(card.actions) } as const }
      : {}),
  }
  const inputs = Object.entries(specs).map(([name, { dtype, shape }]) => ({
    tensor: { name, datatype: DATATYPES[dtype as keyof typeof DATATYPES], shape: [rows, ...shape] },
    bytes: bytesOf(name, dtype, [rows, ...shape]),
  }))
  return kserve.ModelInferRequest.encode({
    modelName: model,
    inputs: inputs.map((input) => input.tensor),
    rawInputContents: inputs.map((input) => input.bytes),
    ...(sequence === undefined
      ? {}
      : {
          parameters: {
            sequence_id: { stringParam: sequence },
            ...(start ? { sequence_start: { boolParam: true } } : {}),
          },
        }),
  }).finish()
}
