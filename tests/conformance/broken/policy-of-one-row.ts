import { choiceCounts, stream } from 'agon/core'
import { createMaze, mazeOptions } from 'agon/envs/maze'
import { startInferenceServer } from 'agon/inference/serve'
import { dial, formatAddress, INFERENCE, implement, listen } from 'agon/wire'
import { actorCriticPolicy, inputCount } from '../../../examples/attach/linear-policy.ts'

const security = { kind: 'plain' } as const
const { spec } = createMaze(mazeOptions.parse({}))
const inputs = inputCount(spec)
const draw = stream('policy of one row')
const drawn = (count: number): Float64Array =>
  Float64Array.from({ length: count }, () => draw.normal())
const good = await startInferenceServer({ security, token: null })
await good.load(
  'maze',
  actorCriticPolicy(spec, drawn(inputs * choiceCounts(spec.actions)[0]), drawn(inputs)),
)
const up = dial({ address: formatAddress(good.address), security })
const { methods } = INFERENCE

/** Answers every row of a batch with what the first one gets. */
const service = implement(INFERENCE, {
  serverLive: (request) => up.unary(methods.serverLive, request),
  serverReady: (request) => up.unary(methods.serverReady, request),
  modelReady: (request) => up.unary(methods.modelReady, request),
  serverMetadata: (request) => up.unary(methods.serverMetadata, request),
  modelMetadata: (request) => up.unary(methods.modelMetadata, request),
  async modelInfer(request) {
    const answer = await up.unary(methods.modelInfer, request)
    const rawOutputContents = answer.rawOutputContents.map((raw, i) => {
      const rows = answer.outputs[i].shape[0]
      const first = raw.subarray(0, raw.length / rows)
      return Buffer.concat(Array.from({ length: rows }, () => first))
    })
    return { ...answer, rawOutputContents }
  },
})
const { address } = await listen({
  address: { host: '127.0.0.1', port: 0 },
  security,
  token: null,
  services: [service],
})
console.log(`kserve://${formatAddress(address)}/maze`)
