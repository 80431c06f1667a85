import type { ChildProcess } from 'node:child_process'
import type { PolicyFile } from 'agon/inference'
import { dial, INFERENCE, kserve } from '../../../src/wire/index.ts'
import { ask, startChild } from '../child.ts'
import type { ServerOrder } from './agon.process.ts'
import type { BareOrder, BareWork } from './bare.process.ts'
import type { LoadOrder, LoadResult } from './load.process.ts'
import type { Order } from './obey.ts'

/** Short and many: what else the machine does falls on all sides alike. */
const ROUNDS = 7
const WARM_UP_MS = 100
const MEASURE_MS = 400
/** Before the first round: compilers take seconds to be done with a server. */
const FIRST_MS = 2000

/** What a number of clients ask. */
export interface Work {
  readonly name: string
  readonly model: string
  readonly rows: number
  /** How the session runs that is taken for comparison. */
  readonly session: BareWork['session']
  /** Of client `index`. */
  request(index: number): Uint8Array
  opening?(index: number): Uint8Array
}

export interface Compared {
  /** The round of the median rate. */
  readonly inference: LoadResult
  /** Requests per second against bare grpc-js, and against the same with a bare session behind it: medians of rounds. */
  readonly toBare: number
  readonly toSession: number
  /** Milliseconds of CPU that a request takes: of our server, and of bare grpc-js with a bare session. */
  readonly cpu: number
  readonly sessionCpu: number
}

interface Round extends LoadResult {
  readonly cpu: number
}

const SIDES = ['bare', 'session', 'inference'] as const
type Side = (typeof SIDES)[number]

/** A server of policies, a bare one, and a process that asks them. */
export class Stand {
  readonly #load = start('load')
  readonly #servers = { inference: start('agon'), bare: start('bare') }
  readonly #addresses = { inference: '', bare: '' }

  async begin(models: Readonly<Record<string, PolicyFile>>, works: readonly Work[]): Promise<void> {
    const { inference, bare } = this.#servers
    this.#addresses.inference = await started<ServerOrder>(inference, { models })
    const bareWorks: Record<string, BareWork> = {}
    for (const work of works) {
      const { name, model, rows, session } = work
      const answer = await answerTo(this.#addresses.inference, work)
      bareWorks[name] = { answer, onnx: models[model].onnx, rows, session }
    }
    this.#addresses.bare = await started<BareOrder>(bare, { works: bareWorks })
  }

  /** All sides in turn, at the same concurrency and with messages of the same sizes. */
  async compare(work: Work, clients: number): Promise<Compared> {
    for (const side of SIDES) await this.#round(side, work, clients, FIRST_MS)
    const rounds: Record<Side, Round>[] = []
    for (let round = 0; round < ROUNDS; round++) {
      const bare = await this.#round('bare', work, clients, WARM_UP_MS)
      const session = await this.#round('session', work, clients, WARM_UP_MS)
      const inference = await this.#round('inference', work, clients, WARM_UP_MS)
      rounds.push({ bare, session, inference })
    }
    const median = (of: (round: Record<Side, Round>) => number): number => medianOf(rounds.map(of))
    const rate = median(({ inference }) => inference.perSecond)
    return {
      inference: rounds.find(({ inference }) => inference.perSecond === rate)!.inference,
      toBare: median(({ inference, bare }) => inference.perSecond / bare.perSecond),
      toSession: median(({ inference, session }) => inference.perSecond / session.perSecond),
      cpu: median(({ inference }) => inference.cpu),
      sessionCpu: median(({ session }) => session.cpu),
    }
  }

  end(): void {
    for (const child of [this.#load, ...Object.values(this.#servers)]) child.disconnect()
  }

  async #round(side: Side, work: Work, clients: number, warmUpMs: number): Promise<Round> {
    const indices = Array.from({ length: clients }, (_, index) => index)
    const ours = side === 'inference'
    const server = this.#servers[ours ? 'inference' : 'bare']
    const { opening } = work
    const order: LoadOrder = {
      address: this.#addresses[ours ? 'inference' : 'bare'],
      path: ours ? INFERENCE.methods.modelInfer.path : `/${side}/${work.name}`,
      requests: indices.map((index) => work.request(index)),
      ...(ours && opening !== undefined ? { openings: indices.map(opening) } : {}),
      warmUpMs,
      measureMs: MEASURE_MS,
    }
    const before = await ask<number, Order<never>>(server, 'cpu')
    const result = await ask<LoadResult, LoadOrder>(this.#load, order)
    const spent = (await ask<number, Order<never>>(server, 'cpu')) - before
    return { ...result, cpu: spent / result.requests }
  }
}

function start(entry: string): ChildProcess {
  return startChild(new URL(`./${entry}.process.js`, import.meta.url))
}

async function started<Start extends object>(server: ChildProcess, order: Start): Promise<string> {
  return `127.0.0.1:${await ask<number, Order<Start>>(server, order)}`
}

function medianOf(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]
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
