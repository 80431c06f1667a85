import { sha256 } from '../../core/bytes.ts'
import { canonicalJson } from '../../core/canonical-json.ts'
import type { GenerateRequest } from './contract.ts'

/** Whose answer it is: the model, and by which protocol it is asked. */
export interface Asked {
  readonly model: string
  /** `openai:https://api.openai.com/v1`, `scripted`: the same model behind another door is another one. */
  readonly endpoint: string
}

/**
 * SHA-256 of all that an answer depends on: model, endpoint, every message, every sampling field, seed and sample. Two votes of a
 * judge differ in the sample alone, and are not one.
 */
export function requestKey({ model, endpoint }: Asked, request: GenerateRequest): string {
  return sha256(canonicalJson({ model, endpoint, request: { ...request } }))
}
