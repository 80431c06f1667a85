import type { RunConfig } from '../../run/contract.ts'

/** How long a search goes on. */
export type StressBudget = { readonly evaluations: number } | { readonly seconds: number }

/** How a graph from elsewhere is read. */
export interface ForeignReading {
  /** A card file, where none stands beside the graph. */
  readonly card?: string
  /** What the graph calls its inputs and outputs, by the names of the environment and of Agon. */
  readonly names?: Readonly<Record<string, string>>
}

/** What somebody asks of a stress test. */
export interface StressRequest extends ForeignReading {
  /** A policy.onnx or a `kserve://` address. */
  readonly policy: string
  /** A config file, a built-in id, a module, or `host:port`. */
  readonly env?: string
  readonly adversary?: string
  readonly budget: StressBudget
  /** Words joined by commas. */
  readonly against?: string
  readonly set: readonly string[]
  readonly seed?: number
  /** Of prompts, where a language model is tested. */
  readonly domain?: string
  /** Who rewrites and judges then; absent: rules. */
  readonly helper?: string
  /** A file of prompts to begin with. */
  readonly seeds?: string
}

export interface PreparedStress {
  readonly config: RunConfig
  /** What was chosen in want of anything said. */
  readonly notes: readonly string[]
  /** Once the run has its own copy of the policy. */
  close(): Promise<void>
}
