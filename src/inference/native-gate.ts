import { setTimeout as delay } from 'node:timers/promises'
import { getEnvironmentData, setEnvironmentData, threadId, type Worker } from 'node:worker_threads'
import { shareMachineEnvironment } from './cuda/machine-environment.ts'

/**
 * Ends threads without taking the process along.
 *
 * A thread that is terminated while ONNX Runtime's binding is at work aborts the whole process (`terminate called after
 * throwing an instance of 'Napi::Error'`, onnxruntime-node 1.29): the binding cannot hand its error to a context that
 * is going away. So every thread says in shared memory whether it is inside, and who wants to end it first bars the
 * way in, waiting at most for the call that is under way.
 */
const KEY = 'agon/native-gate'
const [IDLE, INSIDE, BARRED] = [0, 1, 2]
/** One state a thread, by thread id; a process that starts more threads than this ends the last ones unguarded. */
const SLOTS = 16384

let depth = 0

/**
 * The states of all threads. Must be called before a thread is started, so that it shares them, and finds the same ONNX
 * Runtime as this one.
 */
export function shareNativeGate(): Int32Array {
  const known = getEnvironmentData(KEY)
  if (known instanceof Int32Array) return known
  const states = new Int32Array(new SharedArrayBuffer(SLOTS * Int32Array.BYTES_PER_ELEMENT))
  setEnvironmentData(KEY, states as never)
  shareMachineEnvironment()
  return states
}

/** Does native work; never settles in a thread that is being ended. */
export async function insideNative<T>(work: () => Promise<T>): Promise<T> {
  if (!enter()) return await new Promise<never>(() => undefined)
  try {
    return await work()
  } finally {
    leave()
  }
}

function enter(): boolean {
  if (depth === 0 && threadId < SLOTS) {
    const state = Atomics.compareExchange(shareNativeGate(), threadId, IDLE, INSIDE)
    if (state === BARRED) return false
  }
  depth++
  return true
}

function leave(): void {
  depth--
  if (depth === 0 && threadId < SLOTS) Atomics.store(shareNativeGate(), threadId, IDLE)
}

/** Resolves once the thread is outside ONNX Runtime for good, or gone. */
export async function barNative(worker: Worker): Promise<void> {
  const states = shareNativeGate()
  const id = worker.threadId
  if (id < 0 || id >= SLOTS) return
  while (Atomics.compareExchange(states, id, IDLE, BARRED) === INSIDE && worker.threadId === id)
    await delay(1)
}

/**
 * Bars every other thread, before `process.exit` with threads at work, which aborts just the same.
 * @param limitMs how long to wait: a thread that died inside never says that it left
 */
export async function barAllNative(limitMs = 10_000): Promise<void> {
  const states = shareNativeGate()
  const inside = new Set<number>()
  for (let id = 0; id < SLOTS; id++)
    if (id !== threadId && Atomics.compareExchange(states, id, IDLE, BARRED) === INSIDE)
      inside.add(id)
  for (let waited = 0; inside.size > 0 && waited < limitMs; waited++) {
    await delay(1)
    for (const id of inside)
      if (Atomics.compareExchange(states, id, IDLE, BARRED) !== INSIDE) inside.delete(id)
  }
}

/** `worker.terminate()` that is safe while the thread runs a graph. */
export async function endThread(worker: Worker): Promise<void> {
  await barNative(worker)
  await worker.terminate()
}
