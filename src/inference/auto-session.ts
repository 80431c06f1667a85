import type { AgonError } from '../core/errors.ts'
import { type NamedTensors, type Tensor, tensor } from '../core/tensor.ts'
import type { ValueInfo } from './binding.ts'
import type { DeviceChoice, DeviceTiming } from './device-choice.ts'
import { openOrtSession } from './ort-session.ts'
import type { Fetches, Session, SessionOptions } from './session-contract.ts'

type Opening = Parameters<typeof openOrtSession>[2]

const GPU = 'cuda:0'
const CLASSES = [1, 32, 256, 2048]
/** A class is timed for so long at most, warm-up not counted. */
const CLASS_MS = 60
const FEWEST_RUNS = 3
const MOST_RUNS = 15
const WARM_RUNS = 2

/**
 * A graph on the CPU, on the GPU, or on both with each call where its number of rows is computed faster. Below some hundred
 * rows a GPU is the slower one, so nothing but a measurement can tell.
 * @throws AgonError those of `openOrtSession` for the CPU; what fails on the GPU is the choice's `why`
 */
export async function openAutoSession(
  onnx: Uint8Array,
  opening: Opening,
  { choice: known, rows = CLASSES }: Pick<SessionOptions, 'choice' | 'rows'>,
): Promise<Session> {
  const cpu = await openOrtSession(onnx, 'cpu', opening)
  if (known?.cudaFrom === null) return new AutoSession(cpu, undefined, known)
  let gpu: Session
  try {
    gpu = await openOrtSession(onnx, GPU, opening)
  } catch (error) {
    // What was chosen before is not silently something else.
    if (known !== undefined || (error as AgonError).code !== 'onnx/provider') {
      await cpu.release()
      throw error
    }
    const why = (error as AgonError).message
    return new AutoSession(cpu, undefined, { cudaFrom: null, timings: [], why })
  }
  const choice = known ?? (await measure(cpu, gpu, rows, opening.clock))
  if (choice.cudaFrom !== null) return new AutoSession(cpu, gpu, choice)
  await gpu.release()
  return new AutoSession(cpu, undefined, choice)
}

class AutoSession implements Session {
  readonly device: Session['device']
  readonly inputs: Session['inputs']
  readonly outputs: Session['outputs']
  readonly choice: DeviceChoice
  readonly #cpu: Session
  readonly #gpu: Session | undefined
  readonly #from: number

  constructor(cpu: Session, gpu: Session | undefined, choice: DeviceChoice) {
    this.device = gpu?.device ?? 'cpu'
    this.inputs = cpu.inputs
    this.outputs = cpu.outputs
    this.choice = choice
    this.#cpu = cpu
    this.#gpu = gpu
    this.#from = choice.cudaFrom ?? Number.POSITIVE_INFINITY
  }

  get busyMs(): number {
    return this.#cpu.busyMs + (this.#gpu?.busyMs ?? 0)
  }

  run(feeds: NamedTensors, fetches?: Fetches): Promise<Record<string, Tensor>> {
    return this.#sessionFor(feeds).run(feeds, fetches)
  }

  async release(): Promise<void> {
    await this.#cpu.release()
    await this.#gpu?.release()
  }

  #sessionFor(feeds: NamedTensors): Session {
    if (this.#gpu === undefined) return this.#cpu
    for (const name in feeds)
      return (feeds[name].shape[0] ?? 1) < this.#from ? this.#cpu : this.#gpu
    return this.#cpu
  }
}

/** @param rows numbers of rows to time, in any order */
async function measure(
  cpu: Session,
  gpu: Session,
  rows: readonly number[],
  clock: Opening['clock'],
): Promise<DeviceChoice> {
  const why = unmeasurable(cpu.inputs)
  if (why !== null) return { cudaFrom: null, timings: [], why }
  const timings: DeviceTiming[] = []
  for (const count of [...new Set(rows)].sort((a, b) => a - b)) {
    const feeds = zeros(cpu.inputs, count)
    timings.push({
      rows: count,
      cpu: await median(cpu, feeds, clock),
      cuda: await median(gpu, feeds, clock),
    })
  }
  return { cudaFrom: cudaFrom(timings), timings }
}

/** The least number of rows from which on the GPU was faster at every one; null where it was not at the largest. */
export function cudaFrom(timings: readonly DeviceTiming[]): number | null {
  const slow = timings.findLastIndex(({ cpu, cuda }) => cuda >= cpu)
  if (slow === timings.length - 1) return null
  // Where it was faster from the first on, it is taken for fewer rows too.
  return slow === -1 ? 0 : timings[slow + 1].rows
}

/** Rows are told apart by one symbolic dimension, the first of every input. */
function unmeasurable(inputs: readonly ValueInfo[]): string | null {
  const symbols = new Set(inputs.flatMap(({ shape }) => shape.filter((s) => typeof s === 'string')))
  const first = inputs.every(({ shape }) => typeof shape[0] === 'string')
  return first && symbols.size === 1 ? null : 'its inputs have no batch axis in common'
}

function zeros(inputs: readonly ValueInfo[], rows: number): Record<string, Tensor> {
  return Object.fromEntries(
    inputs.map(({ name, dtype, shape }) => [
      name,
      tensor(
        dtype,
        shape.map((size) => (typeof size === 'string' ? rows : size)),
      ),
    ]),
  )
}

async function median(
  session: Session,
  feeds: NamedTensors,
  clock: Opening['clock'],
): Promise<number> {
  for (let run = 0; run < WARM_RUNS; run++) await session.run(feeds)
  const times: number[] = []
  const began = clock.now()
  while (
    times.length < FEWEST_RUNS ||
    (times.length < MOST_RUNS && clock.now() - began < CLASS_MS)
  ) {
    const start = clock.now()
    await session.run(feeds)
    times.push(clock.now() - start)
  }
  return times.sort((a, b) => a - b)[times.length >> 1]
}
