import { bytesOf, type DType, tensor, typedArray } from '../core/tensor.ts'
import type { kserve } from '../wire/index.ts'
import { datatypeOf } from './kserve-datatype.ts'

/** The list of a datatype in the protocol's typed form. */
export const CONTENTS_FIELDS = {
  float32: 'fp32Contents',
  float64: 'fp64Contents',
  int32: 'intContents',
  int64: 'int64Contents',
  uint8: 'uintContents',
  bool: 'boolContents',
} as const satisfies Record<DType, keyof kserve.InferTensorContents.$Properties>

const ALL_FIELDS = [...Object.values(CONTENTS_FIELDS), 'uint64Contents', 'bytesContents'] as const

type Contents = kserve.InferTensorContents.$Properties | null | undefined

/** Lists that hold anything; each datatype has one of its own. */
function filledLists(contents: Contents): readonly (typeof ALL_FIELDS)[number][] {
  if (contents == null) return []
  return ALL_FIELDS.filter((field) => (contents[field]?.length ?? 0) > 0)
}

export function hasContents(contents: Contents): boolean {
  return filledLists(contents).length > 0
}

/** The bytes of a tensor that came as numbers, or what is wrong with it: no number is made to fit. */
export function typedContents(
  { contents }: { readonly contents?: Contents },
  dtype: DType,
): Uint8Array | string {
  const own = CONTENTS_FIELDS[dtype]
  const other = filledLists(contents).find((field) => field !== own)
  if (other !== undefined)
    return `has ${listName(other)}; ${datatypeOf(dtype)} takes ${listName(own)} and no other`
  const elements: readonly (number | boolean)[] = contents?.[own] ?? []
  if (elements.length === 0) return 'has no contents'
  const wrong = elements.findIndex((element) => !holds(dtype, Number(element)))
  if (wrong >= 0)
    return `holds ${elements[wrong]} as element ${wrong}, which is no ${datatypeOf(dtype)}${dtype === 'int64' ? ' that arrives whole: send it raw' : ''}`
  const data = typedArray(dtype, elements.length)
  if (data instanceof BigInt64Array)
    for (let i = 0; i < data.length; i++) data[i] = BigInt(elements[i])
  else for (let i = 0; i < data.length; i++) data[i] = Number(elements[i])
  return bytesOf(tensor(dtype, [data.length], data))
}

/** Lists are wider than some datatypes, and 64-bit numbers arrive rounded beyond 2^53. */
function holds(dtype: DType, value: number): boolean {
  if (dtype === 'uint8') return value >= 0 && value <= 255
  return dtype !== 'int64' || Number.isSafeInteger(value)
}

/** `fp32Contents` → `fp32_contents`, as clients write it. */
function listName(field: string): string {
  return field.replace('Contents', '_contents')
}
