import type { z } from 'zod'
import type { modelCardSchema } from './model-card.schema.ts'

/** `model.yaml`, which stands beside `model.onnx` and `tokenizer.json`. */
export type ModelCard = z.output<typeof modelCardSchema>

/**
 * A language model as bytes. The graph: input `tokens`, int64 `[B, T]`; output `logits`, float32 `[B, T, V]`, those of the token
 * after each.
 */
export interface LanguageModelFile {
  readonly onnx: Uint8Array
  /** Text of `tokenizer.json`. */
  readonly tokenizer: string
  readonly card: ModelCard
}
