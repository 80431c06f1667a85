import type { Value } from '../graph.ts'
import { constant } from './constant.ts'
import { expandTo } from './reduce.ts'

/** Zeros of a value's dtype and shape. */
export function zerosLike(x: Value): Value {
  return expandTo(constant(x.graph, 0, x.dtype), x.shape)
}
