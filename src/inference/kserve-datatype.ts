import type { DType } from '../core/tensor.ts'

const DATATYPES: Readonly<Record<DType, string>> = {
  float32: 'FP32',
  float64: 'FP64',
  int32: 'INT32',
  int64: 'INT64',
  uint8: 'UINT8',
  bool: 'BOOL',
}
const DTYPES: ReadonlyMap<string, DType> = new Map(
  Object.entries(DATATYPES).map(([dtype, datatype]) => [datatype, dtype as DType]),
)

/** How the Open Inference Protocol calls a dtype. */
export function datatypeOf(dtype: DType): string {
  return DATATYPES[dtype]
}

/** Undefined for a datatype that Agon has no tensors of, such as `FP16` or `BYTES`. */
export function dtypeOf(datatype: string): DType | undefined {
  return DTYPES.get(datatype)
}
