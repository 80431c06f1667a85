import { CHUNK_BYTES, isControl } from '../../actors/transport/grpc/session.ts'
import type { agon } from '../../wire/index.ts'
import { kindName } from './saying.ts'

/** What every frame of a third party has to hold, whatever the script asks for; looked at on the way. */
export const FRAME_LAWS = {
  numbers: 'frames: role messages are numbered 1, 2, 3 … without a gap',
  control: 'frames: control frames have the number 0',
  epoch: 'frames: role messages have the epoch of the welcome',
  length: 'frames: none has more than 4 MiB, and chunks follow each other',
  received: 'frames: say what their sender has received',
} as const

export type FrameLaw = keyof typeof FRAME_LAWS

/** The first breach of a law. */
export interface Breach {
  readonly sent: string
  readonly expected: string
  readonly received: string
}

/** What the hub's side of a session stands at when a frame comes. */
export interface Standing {
  /** The highest number taken from the third party. */
  readonly received: number
  readonly epoch: number
  /** The highest number that the third party must have taken by now, for it answered that message. */
  readonly answered: number
  /** Chunks of a message: bytes that came before this frame. */
  readonly assembled: number
  /** This number came before, with the same bytes. */
  readonly repeated: boolean
}

export interface FrameLedger {
  /** @returns whether the number is one that a hub takes as the next */
  note(frame: agon.v1.Frame, standing: Standing): void
  breach(law: FrameLaw): Breach | null
  /** Role messages seen. */
  readonly count: number
}

export function createFrameLedger(): FrameLedger {
  const breaches = new Map<FrameLaw, Breach>()
  let count = 0
  const breach = (law: FrameLaw, expected: string, frame: agon.v1.Frame, what: string): void => {
    if (!breaches.has(law))
      breaches.set(law, {
        sent: 'nothing special: this holds for every frame',
        expected,
        received: `${kindName(frame.kind)} ${what}`,
      })
  }
  return {
    get count() {
      return count
    },
    breach: (law) => breaches.get(law) ?? null,
    note(frame, { received, epoch, answered, assembled, repeated }) {
      const { sequence, body, offset, total } = frame
      if (body.length > CHUNK_BYTES)
        breach('length', `at most ${CHUNK_BYTES} bytes of body`, frame, `of ${body.length} bytes`)
      if (frame.received < answered)
        breach(
          'received',
          `received = ${answered}, the message that this one answers, or more`,
          frame,
          `with received = ${frame.received}`,
        )
      if (isControl(frame.kind)) {
        if (sequence !== 0) breach('control', 'sequence = 0', frame, `with sequence = ${sequence}`)
        return
      }
      count += 1
      if (sequence !== received + 1 && !repeated)
        breach('numbers', `sequence = ${received + 1}`, frame, `with sequence = ${sequence}`)
      if (frame.epoch !== epoch)
        breach('epoch', `epoch = ${epoch}`, frame, `with epoch = ${frame.epoch}`)
      if (total > 0 && offset !== assembled && offset !== 0)
        breach('length', `a chunk with offset = ${assembled}`, frame, `with offset = ${offset}`)
    },
  }
}
