import { AgonError } from '../core/errors.ts'
import { type NamedTensors, type Tensor, tensor } from '../core/tensor.ts'
import type { ActBatch, Policy } from './contract.ts'
import { openPolicy } from './policy.ts'
import type { PolicyThread, SharedBatch } from './policy-thread.ts'
import { exposeWorker } from './worker-expose.ts'

// Thread entry: one policy with its session. ONNX Runtime takes no shared memory, so batches are copied in and out.

let policy: Policy | undefined
let shared: SharedBatch | undefined
let own: ActBatch | undefined

const ordinary = ({ dtype, shape }: Tensor): Tensor => tensor(dtype, shape)
const ordinaries = (tensors: NamedTensors): Record<string, Tensor> =>
  Object.fromEntries(Object.entries(tensors).map(([name, of]) => [name, ordinary(of)]))

function copyAll(from: NamedTensors, into: NamedTensors): void {
  for (const name in into) into[name].data.set(from[name].data as never)
}

exposeWorker<PolicyThread>({
  async open(file, options) {
    policy = await openPolicy(file, options)
    const { device, choice } = policy
    return { device, choice }
  },
  async lend(batch) {
    shared = batch
    const { rows, observations, state, noise, mask } = batch.inputs
    own = {
      rows,
      observations: ordinaries(observations),
      state: ordinaries(state),
      noise: ordinary(noise) as Tensor<'float32'>,
      ...(mask === undefined ? {} : { mask: ordinary(mask) as Tensor<'float32'> }),
    }
  },
  async act() {
    if (policy === undefined || shared === undefined || own === undefined)
      throw new AgonError('worker/entry', 'no policy is open in this thread')
    const { inputs, outputs } = shared
    copyAll(inputs.observations, own.observations)
    copyAll(inputs.state, own.state)
    own.noise.data.set(inputs.noise.data)
    own.mask?.data.set(inputs.mask!.data)
    const { action, logProb, logits, value, state } = await policy.act(own)
    outputs.action.set(action)
    outputs.logProb.set(logProb)
    outputs.logits.set(logits)
    if (value !== undefined) outputs.value!.set(value)
    copyAll(state, outputs.state)
    return value !== undefined
  },
})
