import type { SessionOptions } from '../../session-contract.ts'
import type { LanguageModelFile } from './contract.ts'

/** The calls of a thread that holds a language model's graph. */
export interface LanguageThread {
  /** @throws AgonError `onnx/*`, `model/graph` for a graph that is none of a language model or not the card's */
  open(file: LanguageModelFile, options: Pick<SessionOptions, 'device' | 'tf32'>): Promise<void>
  /** Logits `[V]` of the token after these. */
  next(tokens: readonly number[]): Promise<Float32Array>
}
