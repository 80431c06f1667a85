import type { Tensor } from '../../core/tensor.ts'
import type { kserve } from '../../wire/index.ts'

/** The numbers of a tensor in the field of their type, as the contract has it beside raw bytes. */
export function typedContents({ dtype, data }: Tensor): kserve.InferTensorContents.$Properties {
  const values = Array.from(data as ArrayLike<number | bigint>, Number)
  switch (dtype) {
    case 'float32':
      return { fp32Contents: values }
    case 'float64':
      return { fp64Contents: values }
    case 'int32':
      return { intContents: values }
    case 'int64':
      return { int64Contents: values }
    case 'uint8':
      return { uintContents: values }
    case 'bool':
      return { boolContents: values.map(Boolean) }
  }
}
