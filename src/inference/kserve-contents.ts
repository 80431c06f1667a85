import { bytesOf, type DType, tensor, typedArray } from '../core/tensor.ts'
import type { kserve } from '../wire/index.ts'

/** The list of a datatype in the protocol's typed form. */
export const CONTENTS_FIELDS = {
  float32: 'fp32Contents',
  float64: 'fp64Contents',
  int32: 'intContents',
  int64: 'int64Contents',
  uint8: 'uintContents',
  bool: 'boolContents',
} as const satisfies Record<DType, keyof kserve.InferTensorContents.$Properties>

/** The bytes of a tensor that came as numbers, or what is wrong with it. */
export function typedContents(
  { contents }: { readonly contents?: kserve.InferTensorContents.$Properties | null },
  dtype: DType,
): Uint8Array | string {
  const elements: readonly (number | boolean)[] = contents?.[CONTENTS_FIELDS[dtype]] ?? []
  if (elements.length === 0) return 'has no contents'
  const data = typedArray(dtype, elements.length)
  if (data instanceof BigInt64Array)
    for (let i = 0; i < data.length; i++) data[i] = BigInt(elements[i])
  else for (let i = 0; i < data.length; i++) data[i] = Number(elements[i])
  return bytesOf(tensor(dtype, [data.length], data))
}
