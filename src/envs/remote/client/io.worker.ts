import { workerData } from 'node:worker_threads'
import { systemClock } from '../../../core/clock.ts'
import { AgonError, fromErrorRecord, toErrorRecord } from '../../../core/errors.ts'
import {
  type agon,
  decodeBounded,
  decodeError,
  dial,
  ENVIRONMENTS,
  resolveTarget,
} from '../../../wire/index.ts'
import { AUTO_RESET } from '../auto-reset.ts'
import { decodeDescription, type EnvironmentDescription } from '../description.ts'
import { dmEnvRpcBackend } from '../dm-env-rpc/backend.ts'
import { agonBackend } from './agon-backend.ts'
import type { Backend, BackendVector } from './backend.ts'
import {
  type ActOrder,
  ANSWERS,
  type AskOrder,
  GONE,
  type IoSetup,
  type Order,
  type OrderAnswer,
  OUTCOME,
  POSTED,
  STEPPED,
} from './io-messages.ts'
import type { RemoteOptions } from './options.ts'
import { type PipeWatch, watchPipes } from './pipe-watch.ts'
import { sharedStep } from './shared-step.ts'
import { type StepWriter, stepWriter } from './write-step.ts'

// The thread that holds the connection to a remote environment. The thread that it serves waits for each answer, so there
// is one order at a time; between orders the connection lives on here.

interface OpenVector {
  readonly backend: BackendVector
  readonly watch: PipeWatch | null
  readonly write: StepWriter
  readonly request: { readonly act: agon.v1.Act.$Properties }
}

const { signal, port } = workerData as IoSetup
const vectors = new Map<number, OpenVector>()
let backend: Backend | null = null
let timeoutMs = 60_000
/** What was dialled, for errors. */
let address = ''

function answer(outcome: number): void {
  signal[OUTCOME] = outcome
  Atomics.add(signal, ANSWERS, 1)
  Atomics.notify(signal, ANSWERS)
}

/** An error of this connection's own names the server. */
function fail(error: unknown): void {
  const record = toErrorRecord(error)
  post({ ok: false, error: record.place === undefined ? { ...record, place: address } : record })
}

function post(message: OrderAnswer): void {
  port.postMessage(message)
  answer(POSTED)
}

process.on('exit', () => answer(GONE))

port.on('message', (order: Order | number) => {
  if (typeof order === 'number') void act(order, null)
  else if (order.kind === 'act') void act(order.vector, order)
  else if (order.kind === 'close') close(order.vector)
  else obey(order).then((value) => post({ ok: true, value }), fail)
})

async function obey(order: AskOrder): Promise<unknown> {
  if (order.kind === 'dial') return connect(order.options, order.token)
  if (backend === null) throw new AgonError('environment/lost', 'nothing has been dialled yet')
  if (order.kind === 'call') return backend.call(order.method, order.request)
  if (order.kind === 'ask') return inTime(need(order.vector).backend.ask(order.request))
  if (order.kind === 'why') throw await why(need(order.vector), order.reply)
  const { slots, autoReset, finals, departures } = order.request
  const opened = await inTime(backend.open(order.request, (slots ?? 0) * order.spec.agents))
  const step = sharedStep(
    order.spec,
    slots ?? 0,
    { finals: finals ?? false, departures: departures ?? false },
    order.memory,
  )
  const write = stepWriter(order.spec, step, autoReset === AUTO_RESET['next-level'])
  const { buffer, byteOffset, byteLength } = step.actions
  const act = { actions: new Uint8Array(buffer, byteOffset, byteLength) }
  const watch = watched(opened, order.words)
  vectors.set(order.vector, { backend: opened, watch, write, request: { act } })
  return watch === null ? null : opened.pipes
}

/** Null where steps go over the stream alone. */
function watched({ pipes, broken }: BackendVector, words: Int32Array): PipeWatch | null {
  if (pipes === undefined || broken === undefined) return null
  const { now } = systemClock
  try {
    return watchPipes({ paths: pipes, words, timeoutMs, broken, late: tooLate, now })
  } catch {
    return null
  }
}

async function why({ watch }: OpenVector, reply: Uint8Array | undefined): Promise<AgonError> {
  const refused =
    reply && decodeBounded<agon.v1.StepReply>(ENVIRONMENTS.methods.step.answer, reply).error
  if (refused != null) return fromErrorRecord(decodeError(refused))
  return (
    (await watch?.why()) ?? new AgonError('environment/lost', 'nothing is known of these pipes')
  )
}

async function connect(
  options: RemoteOptions,
  token: string | undefined,
): Promise<EnvironmentDescription> {
  for (const vector of [...vectors.keys()]) close(vector)
  backend?.close()
  backend = null
  timeoutMs = options.timeoutSeconds * 1000
  const { tokenFile, authority, certificate, key } = options
  address = options.address
  const endpoint = resolveTarget(address, {
    ...{ tokenFile, authority, certificate, key },
    env: { AGON_TOKEN: token },
  })
  const connection = dial(endpoint)
  backend =
    options.protocol === 'agon'
      ? agonBackend(connection, timeoutMs, endpoint)
      : dmEnvRpcBackend(connection)
  const { environment } = options
  return decodeDescription(await inTime(backend.call('describe', { environment })), address)
}

async function act(id: number, order: ActOrder | null): Promise<void> {
  try {
    const vector = need(id)
    const request =
      order === null
        ? vector.request
        : {
            act: {
              ...vector.request.act,
              nextSlots: order.nextSlots,
              nextLevels: order.nextLevels,
            },
          }
    vector.write(await inTime(vector.backend.ask(request)))
    answer(STEPPED)
  } catch (error) {
    fail(error)
  }
}

function need(id: number): OpenVector {
  const vector = vectors.get(id)
  if (vector !== undefined) return vector
  throw new AgonError('environment/lost', 'the stream of this vector environment is over')
}

function close(id: number): void {
  vectors.get(id)?.watch?.close()
  vectors.get(id)?.backend.close()
  vectors.delete(id)
}

/** A server that is stopped, not closed, is silent for ever. */
async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(tooLate()), timeoutMs)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

const tooLate = (): AgonError =>
  new AgonError('wire/deadline', `no answer came within ${timeoutMs / 1000} s`)
