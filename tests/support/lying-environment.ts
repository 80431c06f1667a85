import { createMaze, mazeOptions } from 'agon/envs/maze'
import { environmentsService } from 'agon/envs/remote'
import {
  type agon,
  type Connection,
  dial,
  ENVIRONMENTS,
  endWith,
  formatAddress,
  fromStatus,
  Garbled,
  implement,
  listen,
} from 'agon/wire'
import { type Call, LIES, type Lie } from './lies.ts'

// An environment server that keeps the contract but for one lie, the one that the caller names as the environment. It writes its
// address and goes on until it is ended.

const { methods } = ENVIRONMENTS
const maze = createMaze(
  mazeOptions.parse({ height: 5, width: 5, nWalls: 4, maxSteps: 6, edits: 2 }),
)
const HERE = {
  address: { host: '127.0.0.1', port: 0 },
  security: { kind: 'plain' },
  token: null,
} as const

const honest = await listen({ ...HERE, services: [environmentsService({ maze: maze as never })] })
const up = dial({ address: formatAddress(honest.address), security: { kind: 'plain' } })
const liar = await listen({ ...HERE, services: [lying(up)] })
console.log(formatAddress(liar.address))

function lying(to: Connection) {
  const level =
    <K extends 'sampleLevels' | 'mutateLevels' | 'describeLevels' | 'parseLevels'>(name: K) =>
    async (request: { environment: string }) => {
      const answer = await to.unary(methods[name] as never, { ...request, environment: '' })
      lieOf(request.environment).levels?.(name, answer as never)
      return answer as never
    }
  return implement(ENVIRONMENTS, {
    async describe({ environment }) {
      const told = await to.unary(methods.describe, {})
      lieOf(environment).describe?.(told)
      return told
    },
    sampleLevels: level('sampleLevels'),
    mutateLevels: level('mutateLevels'),
    describeLevels: level('describeLevels'),
    parseLevels: level('parseLevels'),
    crossLevels: (request) => to.unary(methods.crossLevels, { ...request, environment: '' }),
    toGenome: (request) => to.unary(methods.toGenome, { ...request, environment: '' }),
    fromGenome: (request) => to.unary(methods.fromGenome, { ...request, environment: '' }),
    resampleLevels: (request) => to.unary(methods.resampleLevels, { ...request, environment: '' }),
    drawStates: (request) => to.unary(methods.drawStates, { ...request, environment: '' }),
    step(caller) {
      const server = to.bidi(methods.step)
      const calls: Call[] = []
      let lie: Lie = {}
      caller.on('data', (request: agon.v1.StepRequest | Garbled) => {
        if (request instanceof Garbled) return
        if (request.open != null) {
          lie = lieOf(request.open.environment)
          request.open.environment = ''
        }
        calls.push(callOf(request))
        server.write(request)
      })
      server.on('data', (reply: agon.v1.StepReply) => {
        const call = calls.shift() as Call
        if (lie.silent === call) return
        if (reply.error == null) lie.step?.(call, reply)
        caller.write(reply)
      })
      server.on('error', (error) => endWith(caller, fromStatus(error as never, to.address)))
      caller.on('end', () => server.end())
      caller.on('cancelled', () => server.cancel())
    },
  })
}

const lieOf = (name: string): Lie => LIES[name]?.lie ?? {}

const callOf = ({ open, reset, act, save }: agon.v1.StepRequest): Call =>
  open != null
    ? 'open'
    : reset != null
      ? 'reset'
      : act != null
        ? 'act'
        : save != null
          ? 'save'
          : 'load'
