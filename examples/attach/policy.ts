// A rule as a policy server (KServe v2): npx jiti examples/attach/policy.ts [host:port]
import { choiceCounts } from 'agon/core'
import { createMaze, mazeOptions } from 'agon/envs/maze'
import { startInferenceServer } from 'agon/inference/serve'
import { formatAddress, parseAddress } from 'agon/wire'
import { actorCriticPolicy, inputCount } from './linear-policy.ts'

const { spec } = createMaze(mazeOptions.parse({}))

// Mostly forward, and sometimes a turn: a rule is a policy whose weights are written by hand.
const FORWARD = 2
const inputs = inputCount(spec)
const [actions] = choiceCounts(spec.actions)
const weights = new Float64Array(inputs * actions)
weights[(inputs - 1) * actions + FORWARD] = 2

const server = await startInferenceServer({
  address: parseAddress(process.argv[2] ?? '127.0.0.1:0'),
  security: { kind: 'plain' },
  token: null,
})
await server.load('forward', actorCriticPolicy(spec, weights, new Float64Array(inputs)))
console.log(`kserve://${formatAddress(server.address)}/forward`)

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, async () => {
    await server.close(1000)
    process.exit()
  })
