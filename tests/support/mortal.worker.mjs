// Runs the worker entry named by its last argument, and dies of an uncaught error when told to: a crash of the thread
// between two runs of ONNX Runtime, whose binding does not survive being ended in the middle of one.
import workerThreads, { BroadcastChannel, threadId } from 'node:worker_threads'
import { makeMortal } from './mortal-threads.mjs'

makeMortal(workerThreads)
const orders = new BroadcastChannel('agon-test-kill')
orders.onmessage = ({ data }) => {
  if (data !== threadId) return
  setImmediate(() => {
    throw new Error('killed by the test')
  })
}
orders.unref()
await import(process.argv.at(-1))
