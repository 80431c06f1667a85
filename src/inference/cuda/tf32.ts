import { getEnvironmentData, isMainThread, setEnvironmentData } from 'node:worker_threads'
import { AgonError } from '../../core/errors.ts'

// ONNX Runtime for Node passes no option on to the CUDA provider but the number of the GPU. What is left is the switch of
// NVIDIA's libraries, an environment variable that they read when they start: one choice for the whole process.
const VARIABLE = 'NVIDIA_TF32_OVERRIDE'
const KEY = 'agon/tf32'
const [ON, OFF] = ['on', 'off']

/**
 * Settles for the process whether float32 products may be rounded to tf32 on a GPU: faster, and good to about three
 * digits. Only the main thread can, before the threads start that run graphs.
 * @throws AgonError `onnx/tf32` where it is settled otherwise, or where this thread cannot settle it
 */
export function settleTf32(allowed: boolean): void {
  const wanted = allowed ? ON : OFF
  const settled = getEnvironmentData(KEY) ?? inherited()
  if (settled !== undefined && settled !== wanted)
    throw new AgonError('onnx/tf32', `tf32 is ${settled} in this process already`, {
      remedy: 'graphs with tf32 and graphs without need a process each',
    })
  // A thread sees what is shared with it, and none of the environment of the process.
  if (settled === wanted && !isMainThread) return
  if (!isMainThread)
    throw new AgonError('onnx/tf32', `this thread cannot turn tf32 ${wanted}`, {
      remedy: 'call prepareCuda() in the main thread before you start the thread',
    })
  if (!allowed) process.env[VARIABLE] = '0'
  setEnvironmentData(KEY, wanted)
}

/** What whoever started the process has settled. */
function inherited(): string | undefined {
  return process.env[VARIABLE] === '0' ? OFF : undefined
}
