import { createRequire } from 'node:module'
import type { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node'
import type { Clock } from '../core/clock.ts'
import { AgonError, fromErrorRecord, toErrorRecord } from '../core/errors.ts'
import type { DType, NamedTensors, Tensor } from '../core/tensor.ts'
import { Binding, type ValueInfo } from './binding.ts'
import { bindingFolder, cudaObstacle, missingDependencies } from './cuda-libraries.ts'
import { forbidTelemetry } from './forbid-telemetry.ts'
import { insideNative } from './native-gate.ts'
import { checkWhole } from './onnx/external-tensor.ts'

// The only file that imports onnxruntime-node, and only when a session is wanted: loading it takes tens of milliseconds.

export type Device = 'auto' | 'cpu' | 'cuda'

export interface SessionOptions {
  /** Default `cpu`. `cuda` fails where the provider is missing; `auto` takes it where it works. */
  readonly device?: Device
  /** Intra-op threads, default 1: more cores are used by more sessions, which keeps the order of sums fixed. */
  readonly threads?: number
  /** Names the graph in errors. */
  readonly name?: string
  /** For {@link Session.busyMs} only, which decides nothing; the process's monotonic clock by default. */
  readonly clock?: Pick<Clock, 'now'>
}

/** Some of a graph's outputs: a tensor to be written in place, or null for fresh memory. */
export type Fetches = Readonly<Record<string, Tensor | null>>

/** A graph ready to run. `run` blocks its thread while it computes, so sessions live in worker threads. */
export interface Session {
  readonly device: 'cpu' | 'cuda'
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

type Ort = typeof import('onnxruntime-node')

const SEVERITY_FATAL = 4
const OPTION_NAMES = ['device', 'threads', 'name', 'clock']
const DEVICES = ['auto', 'cpu', 'cuda']
const DTYPES: readonly string[] = ['float32', 'float64', 'int32', 'int64', 'uint8', 'bool']
/** The process's monotonic clock, milliseconds, for what decides nothing. */
export const monotonic: Pick<Clock, 'now'> = { now: () => Number(process.hrtime.bigint()) / 1e6 }

/**
 * Compiles an ONNX graph.
 * @throws AgonError `onnx/options`, `onnx/provider` (naming the missing library), `onnx/corrupt`, `onnx/unsupported`,
 *   `onnx/external-data` for a model that is not whole
 */
export async function openSession(
  onnx: Uint8Array,
  options: SessionOptions = {},
): Promise<Session> {
  checkOptions(options)
  const { device = 'cpu', threads = 1, name = 'graph', clock = monotonic } = options
  const ort = await loadOrt()
  if (onnx.length === 0) throw corruptModel('the model has no bytes', name)
  ofGraph(name, () => checkWhole(onnx))
  const bytes = onnx.buffer instanceof SharedArrayBuffer ? onnx.slice() : onnx
  const obstacle =
    device === 'cpu' ? null : cudaObstacle(nativeFolder(), process.platform, process.arch)
  if (device === 'cuda' && obstacle !== null) throw missingProvider(obstacle)
  if (device !== 'cpu' && obstacle === null) {
    const opened = await tryCuda(ort, bytes, threads, name)
    if (!(opened instanceof AgonError)) return new OrtSession(ort, opened, 'cuda', name, clock)
    if (device === 'cuda') throw opened
  }
  return new OrtSession(ort, await create(ort, bytes, 'cpu', threads, name), 'cpu', name, clock)
}

class OrtSession implements Session {
  readonly device: 'cpu' | 'cuda'
  readonly inputs: readonly ValueInfo[]
  readonly outputs: readonly ValueInfo[]
  readonly #native: InferenceSession
  readonly #feeds: Binding<OrtTensor>
  readonly #fetches: Binding<OrtTensor>
  readonly #name: string
  readonly #clock: Pick<Clock, 'now'>
  #released = false
  #underWay = 0
  #since = 0
  #busy = 0

  constructor(
    ort: Ort,
    native: InferenceSession,
    device: 'cpu' | 'cuda',
    name: string,
    clock: Pick<Clock, 'now'>,
  ) {
    const wrap = (dtype: DType, data: Tensor['data'], shape: readonly number[]): OrtTensor =>
      new ort.Tensor(dtype, data as Float32Array, shape)
    this.device = device
    this.inputs = valueInfos(native.inputMetadata, name)
    this.outputs = valueInfos(native.outputMetadata, name)
    this.#native = native
    this.#feeds = new Binding(this.inputs, wrap, 'inputs', name)
    this.#fetches = new Binding(this.outputs, wrap, 'outputs', name)
    this.#name = name
    this.#clock = clock
  }

  get busyMs(): number {
    return this.#busy
  }

  async run(feeds: NamedTensors, fetches?: Fetches): Promise<Record<string, Tensor>> {
    if (this.#released)
      throw new AgonError('onnx/released', 'the session was released', { place: this.#name })
    const inputs = this.#feeds.bindAll(feeds)
    const wanted = fetches === undefined ? undefined : this.#fetches.bindSome(fetches)
    const results = await this.#timed(() =>
      wanted === undefined ? this.#native.run(inputs) : this.#native.run(inputs, wanted),
    )
    const out: Record<string, Tensor> = {}
    for (const name in results) out[name] = fetches?.[name] ?? toTensor(results[name])
    return out
  }

  async release(): Promise<void> {
    if (this.#released) return
    this.#released = true
    await insideNative(() => this.#native.release())
  }

  async #timed<T>(work: () => Promise<T>): Promise<T> {
    if (this.#underWay++ === 0) this.#since = this.#clock.now()
    try {
      return await insideNative(work)
    } catch (cause) {
      throw new AgonError('onnx/run', `the graph failed: ${(cause as Error).message}`, {
        place: this.#name,
        cause,
      })
    } finally {
      if (--this.#underWay === 0) this.#busy += this.#clock.now() - this.#since
    }
  }
}

function toTensor(value: OrtTensor): Tensor {
  return { dtype: value.type as DType, shape: value.dims, data: value.data as Float32Array }
}

function valueInfos(
  metadata: readonly InferenceSession.ValueMetadata[],
  place: string,
): readonly ValueInfo[] {
  return metadata.map((value) => {
    const dtype = value.isTensor ? value.type : 'sequence'
    if (value.isTensor && DTYPES.includes(dtype))
      return { name: value.name, dtype: dtype as DType, shape: value.shape }
    throw new AgonError(
      'onnx/unsupported',
      `'${value.name}' is of type ${dtype}; Agon runs graphs over ${DTYPES.join(', ')}`,
      { place },
    )
  })
}

async function loadOrt(): Promise<Ort> {
  forbidTelemetry()
  try {
    const ort = await import('onnxruntime-node')
    // Read once, when the first session of the process is made; without it a missing provider prints to stderr.
    ort.env.logLevel = 'fatal'
    return ort
  } catch (cause) {
    throw new AgonError(
      'onnx/missing',
      `ONNX Runtime cannot be loaded on ${process.platform} ${process.arch}: ${(cause as Error).message}`,
      { remedy: 'reinstall with `npm ci` on a supported platform', cause },
    )
  }
}

async function create(
  ort: Ort,
  bytes: Uint8Array,
  provider: 'cpu' | 'cuda',
  threads: number,
  name: string,
): Promise<InferenceSession> {
  try {
    return await insideNative(() =>
      ort.InferenceSession.create(bytes, {
        executionProviders: [provider],
        intraOpNumThreads: threads,
        interOpNumThreads: 1,
        executionMode: 'sequential',
        logSeverityLevel: SEVERITY_FATAL,
      }),
    )
  } catch (cause) {
    throw corruptModel(`ONNX Runtime refuses the model: ${(cause as Error).message}`, name, cause)
  }
}

function ofGraph(place: string, check: () => void): void {
  try {
    check()
  } catch (error) {
    throw fromErrorRecord({ ...toErrorRecord(error), place }, error)
  }
}

function corruptModel(message: string, place: string, cause?: unknown): AgonError {
  return new AgonError('onnx/corrupt', message, {
    place,
    remedy:
      'copy or export it again: it is damaged, or of a newer opset than this ONNX Runtime reads',
    cause,
  })
}

async function tryCuda(
  ort: Ort,
  bytes: Uint8Array,
  threads: number,
  name: string,
): Promise<InferenceSession | AgonError> {
  try {
    return await create(ort, bytes, 'cuda', threads, name)
  } catch (error) {
    const { message } = error as AgonError
    if (!/ExecutionProvider_Cuda|CUDA/.test(message)) return error as AgonError
    const missing = missingDependencies(nativeFolder())
    return missingProvider(missing.length === 0 ? message : `${missing.join(', ')} not found`)
  }
}

function nativeFolder(): string {
  const entry = createRequire(import.meta.url).resolve('onnxruntime-node')
  return bindingFolder(entry, process.platform, process.arch)
}

function missingProvider(reason: string): AgonError {
  return new AgonError('onnx/provider', `device cuda does not work here: ${reason}`, {
    remedy: 'see docs/gpu.md, or use device: cpu (auto takes what there is)',
    fields: { provider: 'cuda' },
  })
}

function checkOptions(options: SessionOptions): void {
  const bad = (message: string): AgonError =>
    new AgonError('onnx/options', message, { remedy: `options are ${OPTION_NAMES.join(', ')}` })
  for (const key of Object.keys(options))
    if (!OPTION_NAMES.includes(key)) throw bad(`there is no session option '${key}'`)
  const { device = 'cpu', threads = 1 } = options
  if (!DEVICES.includes(device))
    throw bad(`device is one of ${DEVICES.join(', ')}, not '${device}'`)
  if (!Number.isSafeInteger(threads) || threads < 1)
    throw bad(`threads is a whole number from 1, not ${threads}`)
}
