import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { slotId, tensor } from 'agon/core'
import { environment } from 'agon/envs/maze'
import { openSession, type PolicyFile } from 'agon/inference'
import { ppo } from 'agon/learners'
import { INFERENCE, kserve } from '../../src/wire/index.ts'
import type { LoadOrder, LoadResult } from './inference/load.process.ts'
import type { ServerOrder } from './inference/server.process.ts'
import { sizedPolicy } from './inference/sized-policy.ts'
import type { BenchRow } from './row.ts'

const ROUNDS = 3
const WARM_UP_MS = 500
const MEASURE_MS = 1500
/** Rows of a request of a football team's policy: eleven players a side. */
const TEAM_ROWS = 22
const DATATYPES = { float32: 'FP32', int32: 'INT32', uint8: 'UINT8' } as const

/** The default student, not trained: the policy that people serve first. */
async function mazePolicy(): Promise<PolicyFile> {
  const options = environment.options.parse({})
  const student = await ppo.create(ppo.options.parse({}), {
    slot: slotId('agent'),
    seed: 1,
    environment: { module: import.meta.resolve('agon/envs/maze'), options },
    spec: environment.create(options).spec,
    workers: 1,
    training: {},
  })
  try {
    return await student.exportPolicy()
  } finally {
    await student.close()
  }
}

/** A request of `rows` rows with everything in it: observations, state and, where it is read, noise. */
function requestOf(model: string, { card }: PolicyFile, rows: number): Uint8Array {
  const specs = {
    ...card.observations,
    ...card.state,
    ...(card.decode === 'sample' ? { noise: { dtype: 'float32', shape: [] } as const } : {}),
  }
  const inputs = Object.entries(specs).map(([name, { dtype, shape }]) => ({
    tensor: { name, datatype: DATATYPES[dtype as keyof typeof DATATYPES], shape: [rows, ...shape] },
    bytes: new Uint8Array(tensor(dtype, [rows, ...shape]).data.buffer),
  }))
  return kserve.ModelInferRequest.encode({
    modelName: model,
    inputs: inputs.map((input) => input.tensor),
    rawInputContents: inputs.map((input) => input.bytes),
  }).finish()
}

/** Rows per second of one session on one thread, at the number of rows that suits it best. */
async function bestBatchedRate({ onnx, card }: PolicyFile): Promise<number> {
  const session = await openSession(onnx)
  let best = 0
  for (const rows of [22, 44, 88, 176, 256]) {
    const named = { ...card.observations, ...card.state }
    const feeds = Object.fromEntries(
      Object.entries(named).map(([name, { dtype, shape }]) => [
        name,
        tensor(dtype, [rows, ...shape]),
      ]),
    )
    const fetches = Object.fromEntries(
      session.outputs.map(({ name, dtype, shape }) => [
        name,
        tensor(dtype, [rows, ...shape.slice(1).map(Number)]),
      ]),
    )
    for (let round = 0; round < 3; round++) {
      const start = performance.now()
      let runs = 0
      for (; performance.now() - start < 400; runs++) await session.run(feeds, fetches)
      best = Math.max(best, (runs * rows * 1000) / (performance.now() - start))
    }
  }
  await session.release()
  return best
}

function start(entry: string): ChildProcess {
  return fork(fileURLToPath(new URL(`./inference/${entry}.process.js`, import.meta.url)), {
    serialization: 'advanced',
  })
}

async function ask<A>(child: ChildProcess, order: ServerOrder | LoadOrder): Promise<A> {
  child.send(order)
  const [answer] = await once(child, 'message')
  return answer as A
}

const medianOf = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]

interface Compared {
  readonly inference: LoadResult
  /** Requests per second against bare grpc-js: the median of rounds taken in turn. */
  readonly ratio: number
}

/** A server of policies, a bare one, and a process that asks them. */
class Stand {
  readonly #children = ['server', 'server', 'load'].map(start)
  readonly #policies: Readonly<Record<string, PolicyFile>>
  #inference = ''
  #bare = ''

  constructor(policies: Readonly<Record<string, PolicyFile>>) {
    this.#policies = policies
  }

  async begin(requests: Readonly<Record<string, Uint8Array>>): Promise<void> {
    const [inference, bare] = this.#children
    const models = this.#policies
    this.#inference = `127.0.0.1:${await ask<number>(inference, { kind: 'models', models })}`
    const answers: Record<string, Uint8Array> = {}
    for (const [name, request] of Object.entries(requests))
      answers[name] = await answerTo(this.#inference, request)
    this.#bare = `127.0.0.1:${await ask<number>(bare, { kind: 'bare', answers })}`
  }

  async compare(name: string, clients: number, request: Uint8Array): Promise<Compared> {
    const load = (address: string, path: string): Promise<LoadResult> =>
      ask(this.#children[2], {
        ...{ address, path, clients, request },
        ...{ warmUpMs: WARM_UP_MS, measureMs: MEASURE_MS },
      })
    const rounds: { inference: LoadResult; bare: LoadResult }[] = []
    for (let round = 0; round < ROUNDS; round++)
      rounds.push({
        bare: await load(this.#bare, `/bare/${name}`),
        inference: await load(this.#inference, INFERENCE.methods.modelInfer.path),
      })
    const ratio = medianOf(
      rounds.map(({ inference, bare }) => inference.perSecond / bare.perSecond),
    )
    const rate = medianOf(rounds.map(({ inference }) => inference.perSecond))
    const { inference } = rounds.find((round) => round.inference.perSecond === rate)!
    return { inference, ratio }
  }

  end(): void {
    for (const child of this.#children) child.disconnect()
  }
}

async function answerTo(address: string, request: Uint8Array): Promise<Uint8Array> {
  const { dial } = await import('../../src/wire/index.ts')
  const connection = dial({ address, security: { kind: 'plain' } })
  const answer = await connection.unary(
    INFERENCE.methods.modelInfer,
    kserve.ModelInferRequest.decode(request),
  )
  connection.close()
  return kserve.ModelInferResponse.encode(answer).finish()
}

/** Requests per second and latencies of `agon serve`, against bare grpc-js and against the session itself. */
export async function benchInference(): Promise<BenchRow[]> {
  const policies = { maze: await mazePolicy(), team: sizedPolicy() }
  const requests = {
    row: requestOf('maze', policies.maze, 1),
    team: requestOf('team', policies.team, TEAM_ROWS),
  }
  const sessionRate = await bestBatchedRate(policies.team)
  const stand = new Stand(policies)
  try {
    await stand.begin(requests)
    const rows: BenchRow[] = []
    const add = (what: string, clients: number, { inference, ratio }: Compared, bar?: number) => {
      const name = `inference, ${what}, ${clients} client${clients === 1 ? '' : 's'}`
      rows.push(
        { name, unit: 'requests/s', value: inference.perSecond },
        { name: `${name}, p50`, unit: 'ms', value: inference.p50 },
        { name: `${name}, p99`, unit: 'ms', value: inference.p99 },
        {
          name: `${name}, to bare grpc-js`,
          unit: '×',
          value: ratio,
          ...(bar === undefined ? {} : { bar }),
        },
      )
    }
    for (const clients of [1, 8, 64])
      add('1 row', clients, await stand.compare('row', clients, requests.row), 0.7)
    rows.push({ name: 'inference, session at its best batch', unit: 'rows/s', value: sessionRate })
    for (const clients of [8, 64]) {
      const compared = await stand.compare('team', clients, requests.team)
      add(`${TEAM_ROWS} rows`, clients, compared)
      rows.push({
        name: `inference, ${TEAM_ROWS} rows, ${clients} clients, to the session`,
        unit: '×',
        value: (compared.inference.perSecond * TEAM_ROWS) / sessionRate,
        bar: 0.8,
      })
    }
    return rows
  } finally {
    stand.end()
  }
}
