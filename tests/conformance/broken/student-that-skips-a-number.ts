import { agon } from 'agon/wire'
import { relay } from './relay.ts'

const SKIPPED = 3
/** As the hub is told, and back. */
const told = (sequence: number): number => (sequence >= SKIPPED ? sequence + 1 : sequence)
const meant = (sequence: number): number => (sequence >= SKIPPED ? sequence - 1 : sequence)

/** Numbers its messages 1, 2, 4, 5 … */
await relay('student', {
  outward: (frame) => ({ ...frame, sequence: told(frame.sequence) }),
  inward(frame) {
    if (frame.kind !== agon.v1.Kind.KIND_WELCOME)
      return [{ ...frame, received: meant(frame.received) }]
    const welcome = agon.v1.Welcome.decode(frame.body)
    const received = meant(welcome.received)
    return [{ ...frame, body: agon.v1.Welcome.encode({ ...welcome, received }).finish() }]
  },
})
