import { AgonError } from '../../core/errors.ts'
import { BYTES_PER_ELEMENT, elementCount } from '../../core/tensor.ts'
import type { kserve } from '../../wire/index.ts'
import { describeValues, type ValueInfo } from '../binding.ts'
import { hasContents, typedContents } from '../kserve-contents.ts'
import { dtypeOf } from '../kserve-datatype.ts'
import type { ModelShape } from './model-shape.ts'
import {
  checkTensorParameters,
  type RequestParameters,
  readParameters,
} from './request-parameters.ts'
import { outOfBounds } from './value-bounds.ts'

/** A request that fits its model. */
export interface ReadRequest {
  readonly parameters: RequestParameters
  /** Rows of the batch; 1 for a model whose requests run alone. */
  readonly rows: number
  /** Bytes by input of the model; undefined where the server has to fill it. Views of the message. */
  readonly inputs: readonly (Uint8Array | undefined)[]
  readonly shapes: readonly (readonly number[] | undefined)[]
  /** Indices of the outputs wanted. */
  readonly outputs: readonly number[]
}

/** @throws AgonError `inference/inputs`, `inference/outputs`, `inference/rows`, `inference/parameters` */
export function readRequest(shape: ModelShape, request: kserve.ModelInferRequest): ReadRequest {
  const parameters = readParameters(request.parameters)
  const given = request.inputs
  const raw = request.rawInputContents
  if (raw.length > 0 && raw.length !== given.length)
    throw mismatch(shape, given, `${given.length} inputs have ${raw.length} raw contents`)
  const inputs = new Array<Uint8Array | undefined>(shape.inputs.length).fill(undefined)
  const shapes = new Array<readonly number[] | undefined>(shape.inputs.length).fill(undefined)
  for (let i = 0; i < given.length; i++) {
    const index = shape.inputNamed.get(given[i].name)
    if (index === undefined) throw mismatch(shape, given, `'${given[i].name}' is not among them`)
    if (inputs[index] !== undefined) throw mismatch(shape, given, `'${given[i].name}' stands twice`)
    checkTensorParameters(given[i])
    if (raw.length > 0 && hasContents(given[i].contents))
      throw mismatch(shape, given, `'${given[i].name}' has contents beside raw_input_contents`)
    const bytes = raw.length > 0 ? raw[i] : typedContents(given[i], shape.inputs[index].dtype)
    checkInput(shape, index, given, i, bytes)
    inputs[index] = bytes
    shapes[index] = given[i].shape
  }
  return {
    parameters,
    rows: shape.layout === undefined ? 1 : rowsOf(shape, given),
    inputs,
    shapes,
    outputs: readOutputs(shape, request.outputs, parameters.sequence !== undefined),
  }
}

type Given = readonly kserve.ModelInferRequest.InferInputTensor[]

function checkInput(
  shape: ModelShape,
  index: number,
  given: Given,
  i: number,
  bytes: Uint8Array | string,
): asserts bytes is Uint8Array {
  const info = shape.inputs[index]
  const { name, datatype, shape: sizes } = given[i]
  if (datatype !== shape.datatypes[index])
    throw mismatch(shape, given, `'${name}' has the wrong datatype`)
  if (!fits(info, sizes)) throw mismatch(shape, given, `'${name}' has the wrong shape`)
  if (typeof bytes === 'string') throw mismatch(shape, given, `'${name}' ${bytes}`)
  const expected = elementCount(sizes) * BYTES_PER_ELEMENT[info.dtype]
  if (bytes.length !== expected)
    throw mismatch(
      shape,
      given,
      `'${name}' of shape [${sizes}] takes ${expected} bytes, its contents have ${bytes.length}`,
    )
  if (info.dtype === 'bool' && bytes.some((byte) => byte > 1))
    throw mismatch(shape, given, `'${name}' is BOOL and holds another byte than 0 and 1`)
  const bounds = shape.bounds[index]
  const outside = bounds === undefined ? undefined : outOfBounds(bytes, bounds)
  if (outside !== undefined)
    throw mismatch(
      shape,
      given,
      `'${name}' holds ${outside}; its card says ${bounds!.low} to ${bounds!.high}`,
    )
}

function fits({ shape }: ValueInfo, sizes: readonly number[]): boolean {
  if (shape.length !== sizes.length) return false
  for (let axis = 0; axis < sizes.length; axis++) {
    const size = sizes[axis]
    if (!(Number.isSafeInteger(size) && size >= 0)) return false
    if (typeof shape[axis] === 'number' && shape[axis] !== size) return false
  }
  return true
}

function rowsOf(shape: ModelShape, given: Given): number {
  if (given.length === 0) throw mismatch(shape, given, 'there are none')
  const rows = given[0].shape[0]
  for (const { name, shape: sizes } of given)
    if (sizes[0] !== rows)
      throw mismatch(shape, given, `'${name}' has ${sizes[0]} rows, '${given[0].name}' has ${rows}`)
  if (rows >= 1 && rows <= shape.maxBatch) return rows
  throw new AgonError(
    'inference/rows',
    `a request has 1 to ${shape.maxBatch} rows, this one has ${rows}`,
    { remedy: 'split it, or start the server with a larger --max-batch', fields: { rows } },
  )
}

function readOutputs(
  shape: ModelShape,
  wanted: readonly kserve.ModelInferRequest.InferRequestedOutputTensor[],
  inSequence: boolean,
): readonly number[] {
  if (wanted.length === 0) return inSequence ? shape.statelessOutputs : shape.allOutputs
  return wanted.map((output) => {
    const { name } = output
    checkTensorParameters(output)
    const index = shape.outputNamed.get(name)
    if (index !== undefined) return index
    const names = shape.outputs.map((output) => output.name).join(', ')
    throw new AgonError(
      'inference/outputs',
      `the model has no output '${name}'; it has ${names}`,
      {},
    )
  })
}

/** The refusal of inputs, with both sides. */
export function mismatch(shape: ModelShape, given: Given, what: string): AgonError {
  const expected = describeValues(shape.inputs)
  const found = describeValues(
    given.map(({ name, datatype, shape: sizes }) => ({
      name,
      dtype: dtypeOf(datatype) ?? datatype,
      shape: sizes,
    })),
  )
  return new AgonError(
    'inference/inputs',
    `the inputs do not fit the model, ${what}; expected ${expected}; found ${found}`,
    { fields: { expected, found } },
  )
}
