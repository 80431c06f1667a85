import { AgonError } from '../core/errors.ts'
import { openAutoSession } from './auto-session.ts'
import { parseDevice, takenDevice } from './device.ts'
import { monotonic } from './monotonic.ts'
import { openOrtSession } from './ort-session.ts'
import type { Session, SessionOptions } from './session-contract.ts'

const OPTION_NAMES = ['device', 'choice', 'rows', 'tf32', 'threads', 'memoryPlan', 'name', 'clock']

/**
 * Compiles an ONNX graph.
 * @throws AgonError `onnx/options`, `onnx/provider` (naming what is missing), `onnx/tf32`, `onnx/corrupt`,
 * `onnx/unsupported`, `onnx/external-data` for a model that is not whole
 */
export async function openSession(
  onnx: Uint8Array,
  options: SessionOptions = {},
): Promise<Session> {
  checkOptions(options)
  const { device = 'cpu', tf32 = false, threads = 1, memoryPlan = true } = options
  const { name = 'graph', clock = monotonic } = options
  const rest = { tf32, threads, memoryPlan, name, clock }
  if (device === 'auto') return await openAutoSession(onnx, rest, options)
  return await openOrtSession(onnx, takenDevice(device), rest)
}

function checkOptions(options: SessionOptions): void {
  const bad = (message: string): AgonError =>
    new AgonError('onnx/options', message, { remedy: `options are ${OPTION_NAMES.join(', ')}` })
  for (const key of Object.keys(options))
    if (!OPTION_NAMES.includes(key)) throw bad(`there is no session option '${key}'`)
  const { device = 'cpu', threads = 1 } = options
  parseDevice(device)
  if (!Number.isSafeInteger(threads) || threads < 1)
    throw bad(`threads is a whole number from 1, not ${threads}`)
}
