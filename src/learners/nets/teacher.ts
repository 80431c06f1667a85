import type { TensorSpec } from '../../core/tensor.ts'
import type { NetworkOptions, NetworkSpec } from './network.ts'
import { studentNetwork } from './student.ts'

/** The level-building game of an interior of `height` × `width` cells, as the minimax teacher sees it. */
export function teacherSpec(height: number, width: number, walls: number): NetworkSpec {
  const observations: Record<string, TensorSpec> = {
    image: { dtype: 'uint8', shape: [height + 2, width + 2, 3], low: 0, high: 10 },
    time: { dtype: 'int32', shape: [], low: 0, high: walls + 2 },
    random_z: { dtype: 'float32', shape: [50], low: 0, high: 1 },
  }
  return { observations, actions: { kind: 'discrete', count: height * width } }
}

/**
 * The teacher (minimax): the student's skeleton with 128 filters and a step embedding of 10. On a 13×13 interior the
 * features are 13·13·128 + 10 + 50 = 21 692, and nearly all of its 22.5 M parameters are the core's input matrix.
 */
export function teacherNetwork(): NetworkOptions {
  return { ...studentNetwork('minimax'), filters: 128, embedding: 10 }
}
