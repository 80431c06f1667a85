import type { Clock } from '../core/clock.ts'
import type { NamedTensors, Tensor } from '../core/tensor.ts'
import type { ValueInfo } from './binding.ts'
import type { Device, TakenDevice } from './device.ts'
import type { DeviceChoice } from './device-choice.ts'

export interface SessionOptions {
  /**
   * Default `cpu`. `cuda:<n>` fails where that GPU does not work; `auto` times both and sends each call where its number of
   * rows is computed faster.
   */
  readonly device?: Device
  /** For `auto`: what another session of the same graph has measured, instead of measuring. */
  readonly choice?: DeviceChoice
  /** For `auto`: numbers of rows to measure with; default 1, 32, 256 and 2048. */
  readonly rows?: readonly number[]
  /** Whether a GPU may round the factors of float32 products to tf32; default false. One choice for the process. */
  readonly tf32?: boolean
  /** Intra-op threads, default 1: more cores are used by more sessions, which keeps the order of sums fixed. */
  readonly threads?: number
  /**
   * Whether memory for a whole run of the graph is laid out after the first one; default true. False holds about half as much for
   * large graphs, on a CPU as fast; no bit changes.
   */
  readonly memoryPlan?: boolean
  /** Names the graph in errors. */
  readonly name?: string
  /** For {@link Session.busyMs} and for what `auto` measures; the process's monotonic clock by default. */
  readonly clock?: Pick<Clock, 'now'>
}

/** Some of a graph's outputs: a tensor to be written in place, or null for fresh memory. */
export type Fetches = Readonly<Record<string, Tensor | null>>

/** A graph ready to run. `run` blocks its thread while it computes, so sessions live in worker threads. */
export interface Session {
  /** Where it runs; what `auto` has chosen for the largest number of rows. */
  readonly device: TakenDevice
  /** What `auto` has measured. */
  readonly choice?: DeviceChoice
  readonly inputs: readonly ValueInfo[]
  readonly outputs: readonly ValueInfo[]
  /**
   * Runs the graph once. Feeds must be exactly the graph's inputs and are only read during the call.
   * Without `fetches`, every output comes back in fresh memory. With them, only the outputs they name are computed
   * and returned; a tensor given there is the tensor returned.
   * @throws AgonError `onnx/inputs`, `onnx/outputs`, `onnx/shared`, `onnx/run`, `onnx/released`
   */
  run(feeds: NamedTensors, fetches?: Fetches): Promise<Record<string, Tensor>>
  /** Frees the graph's memory; safe to call twice. */
  release(): Promise<void>
  /** Wall milliseconds during which at least one `run` was under way. */
  readonly busyMs: number
}
