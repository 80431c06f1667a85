import { type MessagePort, workerData } from 'node:worker_threads'
import { AgonError, toErrorRecord } from '../../core/errors.ts'
import { monotonic } from '../monotonic.ts'
import { checkGraph } from '../policy-fit.ts'
import { openSession } from '../session.ts'
import type { Session } from '../session-contract.ts'
import { exposeWorker } from '../worker-expose.ts'
import { BatchSlot } from './batch-slot.ts'
import { RowRunner } from './row-runner.ts'
import type { InferenceThread, InferenceThreadData, SlotReply } from './thread-contract.ts'

// Thread entry: one session of one model. Control calls come through Comlink, batches through a port of their own.

const port: MessagePort = (workerData as InferenceThreadData).batches
let session: Session | undefined
let runner: RowRunner | undefined
let slots: readonly BatchSlot[] = []
/** Batches one after the other, in the order in which they came. */
let last: Promise<void> = Promise.resolve()

port.on('message', (slot: number) => {
  last = last.then(() => runSlot(slot))
})

async function runSlot(slot: number): Promise<void> {
  let reply: SlotReply = slot
  try {
    const started = monotonic.now()
    await runner!.run(slots[slot])
    slots[slot].computeMs = monotonic.now() - started
  } catch (error) {
    reply = { slot, error: toErrorRecord(error) }
  }
  port.postMessage(reply)
}

function opened(): Session {
  if (session === undefined) throw new AgonError('worker/entry', 'no model is open in this thread')
  return session
}

exposeWorker<InferenceThread>({
  async open({ onnx, card }, options) {
    session = await openSession(onnx, options)
    if (card !== undefined) checkGraph(card, session)
    const { inputs, outputs, device, choice } = session
    return { inputs, outputs, device, ...(choice === undefined ? {} : { choice }) }
  },
  async lend(layout, memories) {
    slots = memories.map((memory) => new BatchSlot(layout, memory))
    runner = new RowRunner(opened(), layout)
    try {
      slots[0].rows = Math.min(2, layout.capacity)
      await runner.run(slots[0])
      return null
    } catch (error) {
      return (error as Error).message
    }
  },
  async runAlone(feeds) {
    const started = monotonic.now()
    const outputs = await opened().run(feeds)
    return { outputs, computeMs: monotonic.now() - started }
  },
})
