import type { ActionArray, ActionSpec } from '../core/action-space.ts'
import type { NamedTensors, TensorSpec, TypedArray } from '../core/tensor.ts'

/**
 * Episodes that students have played, as a stage leaves them for later ones: a folder with a manifest and shards, each a
 * safetensors file that is named by its own SHA-256.
 */

/** Where a dataset is, and which: plain data. */
export interface DatasetRef {
  /** The folder, absolute. */
  readonly path: string
  /** Of its `manifest.json`. */
  readonly sha256: string
}

/**
 * The episodes of one slot in one cycle, one after the other, as tensors. S steps and E episodes:
 * `observations/<name>` `[S, …shape]`, what was seen before each action; `actions` `[S]` or `[S, n]`, what the environment
 * got; float32 `rewards` `[S]`; uint8 `terminated` and `truncated` `[S]`; and by episode, `[E]` each, int32 `episode/length`,
 * `episode/task` (index in the batch), `episode/number` (within the task), `episode/agent`, `episode/level_length`, and int64
 * `episode/seed` (of the task); uint8 `levels`, their canonical bytes one after the other.
 */
export type RecordedEpisodes = NamedTensors

/** `manifest.json`. */
export interface DatasetManifest {
  readonly format: 1
  /** Version of Agon that wrote it. */
  readonly agon: string
  readonly stage: string
  /** Of the run. */
  readonly seed: number
  readonly environment: { readonly id: string; readonly profile: string }
  readonly observations: Readonly<Record<string, TensorSpec>>
  readonly actions: ActionSpec
  readonly agents: number
  readonly episodes: number
  readonly steps: number
  readonly shards: readonly DatasetShard[]
}

export interface DatasetShard {
  /** `<sha256>.safetensors`, in the folder. */
  readonly sha256: string
  readonly cycle: number
  readonly slot: string
  /** The episodes of the file that belong to the dataset: from `first`, `episodes` of them. */
  readonly first: number
  readonly episodes: number
}

/** One episode of one agent, to its end. Views of the shard that it stands in. */
export interface DatasetEpisode {
  readonly cycle: number
  readonly slot: string
  /** Index of the task in its batch, and number of the episode within the task: 0 is that of the task's own level. */
  readonly task: number
  readonly number: number
  readonly agent: number
  /** What keyed the randomness of the task. */
  readonly seed: number
  /** Canonical bytes. */
  readonly level: Uint8Array
  /** Steps. */
  readonly length: number
  /** `[length, …shape]` by name: what was seen before each action. */
  readonly observations: Readonly<Record<string, TypedArray>>
  /** `[length]` or `[length, n]`. */
  readonly actions: ActionArray
  readonly rewards: Float32Array
  readonly terminated: Uint8Array
  readonly truncated: Uint8Array
}

/** Read as it is asked for: one shard is in memory at a time. */
export interface Dataset {
  readonly manifest: DatasetManifest
  /** In the order of cycle, slot, task, agent and number. @throws AgonError `dataset/missing`, `dataset/damaged` */
  episodes(): Iterable<DatasetEpisode>
}
