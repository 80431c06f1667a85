import type { RandomStream } from '../../core/random.ts'
import type { PromptAxis } from '../level-contract.ts'

/** A prompt of a domain: what a language model is asked. */
export interface Prompt {
  readonly text: string
  /** Where it lies on each axis: as it was prescribed, or found. */
  readonly kind: PromptKind
  /** The right answer, where it is known. */
  readonly answer?: string
  /** The text before it was disturbed, whose answer is the measure of this one's. */
  readonly clean?: string
}

export type PromptKind = Readonly<Record<string, number | string>>

export interface DomainSeed {
  readonly id: string
  /** Two letters, as in ISO 639-1. */
  readonly language: string
  /** Who wrote it. */
  readonly source: 'agon'
  readonly text: string
  readonly kind: PromptKind
  readonly answer?: string
}

/** An axis of a domain with its extent where it is one of numbers. */
export interface DomainAxis extends PromptAxis {
  readonly extent?: { readonly low: number; readonly high: number; readonly bins: number }
}

/** A bin, without its upper end. */
export interface Bin {
  readonly low: number
  readonly high: number
}

/**
 * What prompts are about: axes, seeds, and rules that need no model. Rules know the texts that rules write; of others they say that
 * they know nothing.
 */
export interface Domain {
  readonly id: string
  readonly about: string
  readonly axes: readonly DomainAxis[]
  readonly seeds: readonly DomainSeed[]
  /** Index of the axis whose rewritten text is the clean one; absent: there is none. */
  readonly cleanStage?: number
  readonly needsWording?: boolean
  /** The text rewritten for a category or a bin; as it was where no rule does that. `''` asks for one from nothing. */
  rewrite(text: string, axis: string, value: string | Bin, draw: RandomStream): string
  /** Where a text lies on an axis of numbers. */
  measure(axis: string, text: string): number | undefined
  /** Where a text lies on all axes, as far as rules can read it; null: it is none of the domain's. */
  classify(text: string): PromptKind | null
  /** A right answer; null where rules know of none. */
  answer(text: string): string | null
  /**
   * How far a response fails, 0 … 1; null where rules cannot tell what a right one is.
   * @param reference what was answered to the clean text
   */
  wrongness(prompt: Prompt, response: string, reference: string | null): number | null
  /** The same, finer: for telling which of two failures is worse. Absent: `wrongness`. */
  severity?(prompt: Prompt, response: string, reference: string | null): number | null
}
