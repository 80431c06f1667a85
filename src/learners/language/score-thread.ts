import type { NamedTensors } from '../../core/tensor.ts'
import type { TransformerShape } from './transformer.ts'

/** What a thread that scores answers does. */
export interface ScoreThread {
  open(shape: TransformerShape, rows: number): Promise<void>
  /** Weights for the batches to come, by segment name. */
  load(weights: NamedTensors): Promise<void>
  /**
   * @param batch a packed batch of `rows` rows
   * @returns by place, `[rows · context]`: the log-probability of its target, and 1 where that is the likeliest token
   */
  score(
    batch: NamedTensors,
  ): Promise<{ readonly logProb: Float32Array; readonly hit: Float32Array }>
}
