import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { slotId, tensor } from 'agon/core'
import { environment } from 'agon/envs/maze'
import { openSession, type PolicyFile } from 'agon/inference'
import { ppo } from 'agon/learners'
import { dial, INFERENCE, kserve } from '../../src/wire/index.ts'
import type { LoadOrder, LoadResult } from './inference/load.process.ts'
import type { ServerOrder } from './inference/server.process.ts'
import { sizedPolicy } from './inference/sized-policy.ts'
import type { BenchRow } from './row.ts'

const ROUNDS = 3
const WARM_UP_MS = 500
const MEASURE_MS = 1500
/** Rows of a request of a football team's policy: eleven players a side. */
const TEAM_ROWS = 22
const TEAM_CLIENTS = 16
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

interface RequestOptions {
  readonly rows: number
  /** The server keeps the state in this sequence; without one it is in the request. */
  readonly sequence?: string
  readonly start?: boolean
}

/** An encoded request: observations, noise where it is read, and the state where the server does not keep it. */
function requestOf(model: string, { card }: PolicyFile, options: RequestOptions): Uint8Array {
  const { rows, sequence, start = false } = options
  const specs = {
    ...card.observations,
    ...(sequence === undefined ? card.state : {}),
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
    ...(sequence === undefined
      ? {}
      : {
          parameters: {
            sequence_id: { stringParam: sequence },
            ...(start ? { sequence_start: { boolParam: true } } : {}),
          },
        }),
  }).finish()
}

/** What a number of clients ask. */
interface Work {
  readonly name: string
  /** Of client `index`. */
  request(index: number): Uint8Array
  opening?(index: number): Uint8Array
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
  #inference = ''
  #bare = ''

  async begin(models: Readonly<Record<string, PolicyFile>>, works: readonly Work[]): Promise<void> {
    const [inference, bare] = this.#children
    this.#inference = `127.0.0.1:${await ask<number>(inference, { kind: 'models', models })}`
    const answers: Record<string, Uint8Array> = {}
    for (const work of works) answers[work.name] = await answerTo(this.#inference, work)
    this.#bare = `127.0.0.1:${await ask<number>(bare, { kind: 'bare', answers })}`
  }

  /** Rounds of bare grpc-js and inference in turn, at the same concurrency and with messages of the same sizes. */
  async compare(work: Work, clients: number): Promise<Compared> {
    const indices = Array.from({ length: clients }, (_, index) => index)
    const order = {
      requests: indices.map((index) => work.request(index)),
      warmUpMs: WARM_UP_MS,
      measureMs: MEASURE_MS,
    }
    const { opening } = work
    const openings = opening === undefined ? {} : { openings: indices.map(opening) }
    const { path } = INFERENCE.methods.modelInfer
    const rounds: { inference: LoadResult; bare: LoadResult }[] = []
    for (let round = 0; round < ROUNDS; round++)
      rounds.push({
        bare: await this.#load({ ...order, address: this.#bare, path: `/bare/${work.name}` }),
        inference: await this.#load({ ...order, ...openings, address: this.#inference, path }),
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

  #load(order: LoadOrder): Promise<LoadResult> {
    return ask(this.#children[2], order)
  }
}

/** An answer of the size that all of this work have. */
async function answerTo(address: string, { request, opening }: Work): Promise<Uint8Array> {
  const connection = dial({ address, security: { kind: 'plain' } })
  const call = (bytes: Uint8Array) =>
    connection.unary(INFERENCE.methods.modelInfer, kserve.ModelInferRequest.decode(bytes))
  if (opening !== undefined) await call(opening(0))
  const answer = await call(request(0))
  connection.close()
  return kserve.ModelInferResponse.encode(answer).finish()
}

function tableRows(
  what: string,
  clients: number,
  { inference, ratio }: Compared,
  bar?: number,
): BenchRow[] {
  const name = `inference, ${what}, ${clients} client${clients === 1 ? '' : 's'}`
  return [
    { name, unit: 'requests/s', value: inference.perSecond },
    { name: `${name}, p50`, unit: 'ms', value: inference.p50 },
    { name: `${name}, p99`, unit: 'ms', value: inference.p99 },
    {
      name: `${name}, to bare grpc-js`,
      unit: '×',
      value: ratio,
      ...(bar === undefined ? {} : { bar }),
    },
  ]
}

/**
 * Requests per second and latencies of `agon serve`, against bare grpc-js and against the session itself. Clients have a
 * process of their own. The team's requests are measured with their state in the request, where moving 120 kB a request
 * costs more than computing it, and with the state kept by the server.
 */
export async function benchInference(): Promise<BenchRow[]> {
  const policies = { maze: await mazePolicy(), team: sizedPolicy() }
  const row: Work = { name: 'row', request: () => requestOf('maze', policies.maze, { rows: 1 }) }
  const team = (sequence?: string, start = false) =>
    requestOf('team', policies.team, {
      rows: TEAM_ROWS,
      ...(sequence === undefined ? {} : { sequence, start }),
    })
  const stateSent: Work = { name: 'team', request: () => team() }
  const stateKept: Work = {
    name: 'kept',
    request: (index) => team(`match-${index}`),
    opening: (index) => team(`match-${index}`, true),
  }
  const sessionRate = await bestBatchedRate(policies.team)
  const rows: BenchRow[] = []
  const stand = new Stand()
  try {
    await stand.begin(policies, [row, stateSent, stateKept])
    for (const clients of [1, 8, 64])
      rows.push(...tableRows('1 row', clients, await stand.compare(row, clients), 0.7))
    rows.push({ name: 'inference, session at its best batch', unit: 'rows/s', value: sessionRate })
    const sent = await stand.compare(stateSent, TEAM_CLIENTS)
    rows.push(...tableRows(`${TEAM_ROWS} rows, state sent`, TEAM_CLIENTS, sent))
    const kept = await stand.compare(stateKept, TEAM_CLIENTS)
    rows.push(...tableRows(`${TEAM_ROWS} rows, state kept`, TEAM_CLIENTS, kept), {
      name: `inference, ${TEAM_ROWS} rows, state kept, to the session`,
      unit: '×',
      value: (kept.inference.perSecond * TEAM_ROWS) / sessionRate,
      bar: 0.8,
    })
    return rows
  } finally {
    stand.end()
  }
}
