// An evaluator in a process of its own: npx jiti examples/attach/evaluator.ts <run directory>/hub.json [threads]
import { attachEvaluator, resolveTarget } from 'agon/attach'
import { createEvaluator } from 'agon/evaluation'

const [hub, workers = '1'] = process.argv.slice(2)
if (hub === undefined) throw new Error('which hub? give its rendezvous file, or host:port')

// Measures as the built-in one does, on as many threads as this machine can spare; the bits are the same.
await attachEvaluator({
  endpoint: () => resolveTarget(hub, { env: process.env }),
  name: 'measured-elsewhere',
  platform: { engine: 'onnxruntime', provider: 'cpu', arch: process.arch },
  create: async () => createEvaluator({ workers: Number(workers) }),
})
