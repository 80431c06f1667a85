import { AgonError } from '../../../core/errors.ts'
import {
  type DType,
  elementCount,
  type Tensor,
  type TensorSpec,
  typedArray,
} from '../../../core/tensor.ts'
import { dmEnvRpc } from '../../../wire/index.ts'

const { v1 } = dmEnvRpc
const { DataType } = v1

/** Element type → data type of the protocol, and the payload that carries it. */
const TYPES = {
  float32: [DataType.FLOAT, 'floats', 'float'],
  float64: [DataType.DOUBLE, 'doubles', 'double'],
  int32: [DataType.INT32, 'int32s', 'int32'],
  int64: [DataType.INT64, 'int64s', 'int64'],
  uint8: [DataType.UINT8, 'uint8s', 'uint8'],
  bool: [DataType.BOOL, 'bools', 'uint8'],
} as const
const BY_TYPE = new Map(
  Object.entries(TYPES).map(([dtype, [type]]) => [type as number, dtype as DType]),
)

const refuse = (message: string): AgonError => new AgonError('wire/tensor', message)

/** Elements are listed one by one, but for those of uint8. */
export function encodeDmTensor({ dtype, shape, data }: Tensor): dmEnvRpc.v1.Tensor.$Properties {
  const [, payload] = TYPES[dtype]
  const array = dtype === 'uint8' ? data : Array.from(data as ArrayLike<unknown>, elementOf(dtype))
  return { [payload]: { array }, shape: [...shape] }
}

function elementOf(dtype: DType): (value: unknown) => unknown {
  if (dtype === 'bool') return (value) => value !== 0
  return dtype === 'int64' ? exact : (value) => value
}

/** 64-bit integers are numbers here: one that would lose digits is refused. */
function exact(value: unknown): number {
  const number = Number(value)
  if (Number.isSafeInteger(number)) return number
  throw refuse(`${value} is beyond ±2^53, where numbers lose digits`)
}

/**
 * One element fills any shape, and one negative size follows from the number of elements.
 * @throws AgonError `wire/tensor` where the payload is of another type, or does not fit
 */
export function decodeDmTensor(
  name: string,
  { dtype, shape }: TensorSpec,
  tensor: dmEnvRpc.v1.Tensor.$Properties | null | undefined,
): Tensor {
  const [, payload] = TYPES[dtype]
  const array = tensor?.[payload]?.array as ArrayLike<number | boolean> | undefined
  if (array == null) throw refuse(`'${name}' has no payload of ${payload}`)
  const count = elementCount(shape)
  if (array.length !== count && array.length !== 1)
    throw refuse(`'${name}' has ${array.length} elements, [${shape}] takes ${count}`)
  if (!fits(tensor?.shape ?? [], shape, array.length))
    throw refuse(`'${name}' has the shape [${tensor?.shape?.slice(0, 8)}], not [${shape}]`)
  const data = typedArray(dtype, count)
  for (let i = 0; i < count; i++) {
    const element = array[array.length === 1 ? 0 : i]
    data[i] = (dtype === 'int64' ? BigInt(exact(element)) : Number(element)) as never
  }
  return { dtype, shape, data }
}

/** No shape at all is left to the spec of the tensor; one element fills any shape, and one negative size follows from the others. */
function fits(given: readonly number[], wanted: readonly number[], elements: number): boolean {
  if (given.length === 0) return true
  if (elements === 1 && given.every((size) => size === 1 || size < 0)) return true
  if (given.length !== wanted.length || given.filter((size) => size < 0).length > 1) return false
  return given.every((size, axis) => size < 0 || size === wanted[axis])
}

export function encodeDmSpec(name: string, spec: TensorSpec): dmEnvRpc.v1.TensorSpec.$Properties {
  const { dtype, shape, low, high } = spec
  const [type, , value] = TYPES[dtype]
  return {
    name,
    shape: [...shape],
    dtype: type,
    ...(low === undefined ? {} : { min: { [value]: low } }),
    ...(high === undefined ? {} : { max: { [value]: high } }),
  }
}

/** @throws AgonError `environment/description` for types and sizes that have no counterpart here */
export function decodeDmSpec(spec: dmEnvRpc.v1.TensorSpec.$Properties): TensorSpec {
  const { name = '', dtype: type, shape } = spec
  const dtype = BY_TYPE.get(type ?? 0)
  if (dtype === undefined)
    throw new AgonError('environment/description', `'${name}' is of type ${DataType[type ?? 0]}`, {
      remedy: `what can be read are ${Object.keys(TYPES).join(', ')}`,
    })
  if (shape?.some((size) => size < 1))
    throw new AgonError('environment/description', `'${name}' varies in size: [${shape}]`)
  const [low, high] = [boundOf(spec.min), boundOf(spec.max)]
  return {
    dtype,
    shape: shape ?? [],
    ...(low === undefined ? {} : { low }),
    ...(high === undefined ? {} : { high }),
  }
}

function boundOf(value: dmEnvRpc.v1.TensorSpec.Value.$Properties | null | undefined) {
  const given = Object.entries(value ?? {}).find(
    ([key, bound]) => key !== '$unknowns' && bound != null,
  )
  return given === undefined ? undefined : Number(given[1])
}
