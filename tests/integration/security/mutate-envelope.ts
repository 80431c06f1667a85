import type { RandomStream } from 'agon/core'
import { agon } from '../../../src/wire/index.ts'

const { v1 } = agon
const { Kind, Role } = v1

const frame = (kind: agon.v1.Kind, sequence: number, body: Uint8Array = new Uint8Array(0)) =>
  Buffer.from(v1.Frame.encode({ kind, sequence, epoch: 1, body }).finish())

export const HELLO = frame(
  Kind.KIND_HELLO,
  0,
  v1.Hello.encode({ versions: [1], role: Role.ROLE_STUDENT, name: 'mutant' }).finish(),
)

const outcome = {
  task: '1.agent.0',
  episodes: [{ episode: 0, finished: true, return: 1, length: 3, extras: { x: 1 } }],
}

/** Not one that the run is in: what is not mutated enough to be refused must not count as work. */
const CYCLE = 85

/** Messages of an actor, in the order in which it says them. */
export const ENVELOPES: readonly Buffer[] = [
  frame(Kind.KIND_READY, 1, v1.Ready.encode({ offers: ['return', 'length'] }).finish()),
  frame(
    Kind.KIND_TASKS_REQUEST,
    2,
    v1.TasksRequest.encode({ cycle: CYCLE, slot: 'agent', count: 4 }).finish(),
  ),
  frame(
    Kind.KIND_OUTCOMES_REPORT,
    3,
    v1.OutcomesReport.encode({
      cycle: CYCLE,
      slot: 'agent',
      outcomes: [outcome],
      envSteps: 64,
      metrics: { loss: 0.5 },
    }).finish(),
  ),
  frame(Kind.KIND_LEARNED, 4, v1.Learned.encode({ cycle: CYCLE, slot: 'agent' }).finish()),
  frame(
    Kind.KIND_SNAPSHOT_TAKEN,
    5,
    v1.SnapshotTaken.encode({ snapshot: { kind: 'x', version: 1, stateJson: '{"a":1}' } }).finish(),
  ),
  frame(Kind.KIND_RESTORED, 6),
  frame(Kind.KIND_HEARTBEAT, 0),
  frame(Kind.KIND_CREDIT, 0, v1.Credit.encode({ granted: 1 << 24 }).finish()),
  frame(Kind.KIND_GOODBYE, 0, v1.Goodbye.encode({ reason: 2 }).finish()),
]

const bytesOf = (random: RandomStream, count: number): Buffer =>
  Buffer.from(Array.from({ length: count }, () => random.integer(256)))

/** A number of 64 bits as protobuf writes it, or one byte more than it may have. */
const HUGE = [
  Buffer.from('ffffffffffffffffff01', 'hex'),
  Buffer.from('ffffffffffffffffffff01', 'hex'),
]

const changed = (bytes: Buffer, change: agon.v1.Frame.$Properties): Buffer => {
  const { sequence, epoch, received, kind, body, offset, total } = v1.Frame.decode(bytes)
  return Buffer.from(
    v1.Frame.encode({
      ...{ sequence, epoch, received, kind, body, offset, total },
      ...change,
    }).finish(),
  )
}

const NUMBERS = [0, 1, 2, 3, 100, 2 ** 31, 2 ** 32 - 1, 2 ** 53 - 1]
const anyNumber = (random: RandomStream): number => NUMBERS[random.integer(NUMBERS.length)]

type Mutation = (random: RandomStream, bytes: Buffer, other: Buffer) => Buffer

const MUTATIONS: readonly Mutation[] = [
  function flip(random, bytes) {
    const flipped = Buffer.from(bytes)
    for (let n = 1 + random.integer(3); n > 0 && flipped.length > 0; n--)
      flipped[random.integer(flipped.length)] ^= 1 << random.integer(8)
    return flipped
  },
  function truncate(random, bytes) {
    return bytes.subarray(0, random.integer(bytes.length + 1))
  },
  function splice(random, bytes, other) {
    const [to, from] = [random.integer(bytes.length + 1), random.integer(other.length + 1)]
    return Buffer.concat([bytes.subarray(0, to), other.subarray(from)])
  },
  function hugeNumber(random, bytes) {
    const at = random.integer(bytes.length + 1)
    return Buffer.concat([bytes.subarray(0, at), HUGE[random.integer(2)], bytes.subarray(at)])
  },
  function wrongKind(random, bytes) {
    return changed(bytes, { kind: random.integer(60) })
  },
  function wrongSequence(random, bytes) {
    return changed(bytes, { sequence: anyNumber(random), epoch: anyNumber(random) })
  },
  function wrongReceipt(random, bytes) {
    return changed(bytes, { received: anyNumber(random) })
  },
  function wrongChunk(random, bytes) {
    return changed(bytes, { offset: anyNumber(random), total: anyNumber(random) })
  },
  function wrongBody(random, bytes) {
    return changed(bytes, { body: bytesOf(random, random.integer(64)) })
  },
  function noise(random) {
    return bytesOf(random, random.integer(100))
  },
]

/** A sound envelope with something wrong in it, or none at all. */
export function mutant(random: RandomStream, sound: Buffer): Buffer {
  const other = ENVELOPES[random.integer(ENVELOPES.length)]
  for (;;) {
    const mutated = MUTATIONS[random.integer(MUTATIONS.length)](random, sound, other)
    if (!saysFailed(mutated)) return mutated
  }
}

/** The one message with which an actor may end the run, by its own word. */
function saysFailed(bytes: Buffer): boolean {
  try {
    return v1.Frame.decode(bytes).kind === Kind.KIND_FAILED
  } catch {
    return false
  }
}
