import { parentPort, workerData } from 'node:worker_threads'
import { toErrorRecord } from '../../core/errors.ts'
import { hubChannel } from '../transport/worker.ts'
import type { RoleSeed } from './contract.ts'
import { hostRole } from './host.ts'

/** Entry of a worker thread that holds one actor. */
const { seed, epoch } = workerData as { readonly seed: RoleSeed; readonly epoch: number }
const channel = hubChannel(parentPort!)
const role = hostRole(seed, channel, epoch)

/**
 * Ends the thread once the actor has let go of its own threads: ONNX Runtime's binding aborts the whole process when
 * its thread is ended from outside in the middle of a run.
 */
const leave = async (code: number): Promise<void> => {
  role.close()
  await role.closed
  process.exit(code)
}
channel.onClose(() => void leave(0))
process.on('uncaughtException', (error) => {
  channel.fail(toErrorRecord(error))
  void leave(1)
})
