import { AgonError } from '../../../core/errors.ts'
import { BYTES_PER_ELEMENT, elementCount } from '../../../core/tensor.ts'
import type { agon } from '../../../wire/index.ts'
// Not by way of the index, which loads gRPC: the hub's thread and `--help` do without.
import { encodeSpec } from '../../../wire/tensors.ts'
import type { EnvironmentSpec } from '../../contract.ts'

/** What an answer of an environment server must look like; made once, so that looking at a step costs nothing but looking. */
export interface ObservationLaw {
  readonly name: string
  readonly dtype: agon.v1.DType
  /** For people. */
  readonly type: string
  /** Per row. */
  readonly shape: readonly number[]
  readonly bytesPerRow: number
}

export function observationLaws({ observations }: Pick<EnvironmentSpec, 'observations'>) {
  return Object.entries(observations).map(([name, spec]): ObservationLaw => {
    const { dtype = 0 } = encodeSpec(spec)
    const bytesPerRow = elementCount(spec.shape) * BYTES_PER_ELEMENT[spec.dtype]
    return { name, dtype: dtype ?? 0, type: spec.dtype, shape: spec.shape, bytesPerRow }
  })
}

/** Steps of one episode; what is longer fits no counter. */
const MOST_STEPS = 2 ** 31 - 1

/** The answer to `call` is not what the contract says. */
export function wrong(call: string, expected: string, found: string): AgonError {
  return new AgonError(
    'environment/answer',
    `the environment answered ${call} wrongly: expected ${expected}, found ${found}`,
    {
      remedy: '`agon conformance --role environment` shows what the server gets wrong',
      fields: { call, expected, found },
    },
  )
}

/**
 * The bytes of one observation of `rows` rows.
 * @throws AgonError `environment/answer`
 */
export function observed(
  call: string,
  law: ObservationLaw,
  rows: number,
  tensor: agon.v1.Tensor.$Properties | null | undefined,
): Uint8Array {
  const { dtype, shape, data } = tensor ?? {}
  if (dtype !== law.dtype || !isShape(shape, rows, law.shape))
    throw wrongTensor(call, law, rows, tensor)
  const due = rows * law.bytesPerRow
  if (data?.length !== due)
    throw wrong(call, `'${law.name}' of ${due} bytes`, `${data?.length ?? 0} bytes`)
  if (law.type === 'bool') checkBooleans(call, law.name, data)
  return data
}

function isShape(
  shape: readonly number[] | null | undefined,
  rows: number,
  perRow: readonly number[],
): boolean {
  if (shape == null || shape.length !== perRow.length + 1 || shape[0] !== rows) return false
  for (let axis = 0; axis < perRow.length; axis++)
    if (shape[axis + 1] !== perRow[axis]) return false
  return true
}

function wrongTensor(
  call: string,
  { name, dtype, type, shape }: ObservationLaw,
  rows: number,
  tensor: agon.v1.Tensor.$Properties | null | undefined,
): AgonError {
  const due = `'${name}' of ${type} [${[rows, ...shape]}]`
  if (tensor == null) return wrong(call, due, `no '${name}'`)
  const found = tensor.dtype === dtype ? type : `element type ${tensor.dtype ?? 0}`
  return wrong(call, due, `${found} [${(tensor.shape ?? []).slice(0, 8)}]`)
}

/** @throws AgonError `environment/answer` */
export function checkBooleans(call: string, name: string, data: Uint8Array): void {
  for (let i = 0; i < data.length; i++)
    if (data[i] > 1) throw wrong(call, `0 or 1 in '${name}'`, `${data[i]}`)
}

/** The step limit of a slot. @throws AgonError `environment/answer` */
export function stepLimit(call: string, slot: number, steps: number): number {
  if (steps >= 1 && steps <= MOST_STEPS) return steps
  throw wrong(call, `a step limit of slot ${slot} from 1 to ${MOST_STEPS}`, `${steps}`)
}
