import type { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node'
import type { Clock } from '../core/clock.ts'
import { AgonError, fromErrorRecord, toErrorRecord } from '../core/errors.ts'
import type { DType, NamedTensors, Tensor } from '../core/tensor.ts'
import { Binding, type ValueInfo } from './binding.ts'
import { cudaFault } from './cuda/cuda-fault.ts'
import type { Fault } from './cuda/native-home.ts'
import { settleTf32 } from './cuda/tf32.ts'
import { gpuIndex, type TakenDevice } from './device.ts'
import { loadOnnxRuntime, type Ort } from './load-onnxruntime.ts'
import { insideNative } from './native-gate.ts'
import { checkWhole } from './onnx/external-tensor.ts'
import type { Fetches, Session, SessionOptions } from './session-contract.ts'

// The only file that imports onnxruntime-node, for its types: it is loaded when the first session is opened.

const SEVERITY_FATAL = 4
const DTYPES: readonly string[] = ['float32', 'float64', 'int32', 'int64', 'uint8', 'bool']

/**
 * Compiles a graph for one device.
 * @throws AgonError `onnx/provider`, `onnx/tf32`, `onnx/corrupt`, `onnx/unsupported`, `onnx/external-data`
 */
export async function openOrtSession(
  onnx: Uint8Array,
  device: TakenDevice,
  options: Required<Pick<SessionOptions, 'tf32' | 'threads' | 'memoryPlan' | 'name' | 'clock'>>,
): Promise<Session> {
  const { tf32, threads, memoryPlan, name, clock } = options
  const { ort, home } = loadOnnxRuntime()
  if (onnx.length === 0) throw corruptModel('the model has no bytes', name)
  ofGraph(name, () => checkWhole(onnx))
  const bytes = onnx.buffer instanceof SharedArrayBuffer ? onnx.slice() : onnx
  const index = gpuIndex(device)
  if (index !== null) {
    const fault = cudaFault(home, index)
    if (fault !== null) throw missingProvider(fault, device)
    settleTf32(tf32)
  }
  return new OrtSession(
    ort,
    await create(ort, bytes, device, threads, memoryPlan, name),
    device,
    name,
    clock,
  )
}

class OrtSession implements Session {
  readonly device: TakenDevice
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
    device: TakenDevice,
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

async function create(
  ort: Ort,
  bytes: Uint8Array,
  device: TakenDevice,
  threads: number,
  memoryPlan: boolean,
  name: string,
): Promise<InferenceSession> {
  const index = gpuIndex(device)
  try {
    return await insideNative(() =>
      ort.InferenceSession.create(bytes, {
        executionProviders: [index === null ? 'cpu' : { name: 'cuda', deviceId: index }],
        intraOpNumThreads: threads,
        interOpNumThreads: 1,
        executionMode: 'sequential',
        ...(memoryPlan ? {} : { enableMemPattern: false }),
        logSeverityLevel: SEVERITY_FATAL,
      }),
    )
  } catch (cause) {
    const { message } = cause as Error
    if (index !== null && /ExecutionProvider_Cuda|CUDA|CUBLAS|cuDNN/i.test(message))
      throw missingProvider(runtimeFault(message, index), device)
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

/** What ONNX Runtime says of a GPU that does not answer, in words for people. */
export function runtimeFault(message: string, index: number): Fault {
  const look = 'look at `nvidia-smi` and `agon gpu check`'
  if (/invalid device ordinal|Invalid device id/i.test(message))
    return { message: `there is no GPU ${index} here`, remedy: `${look} for those there are` }
  if (/driver version is insufficient/i.test(message))
    return {
      message: 'the NVIDIA driver is too old for CUDA 13',
      remedy: 'install driver 580 or newer',
    }
  if (/out of memory/i.test(message))
    return { message: `GPU ${index} has no memory left`, remedy: 'free some, or take another GPU' }
  return { message, remedy: look }
}

function missingProvider({ message, remedy }: Fault, device: TakenDevice): AgonError {
  return new AgonError('onnx/provider', `device ${device} does not work here: ${message}`, {
    remedy: `${remedy}; see docs/gpu.md`,
    fields: { provider: 'cuda', device },
  })
}
