import { describe, expect, it } from 'vitest'
import { agon } from '../../../wire/index.ts'
import { CHUNK_BYTES, openSession, type Session } from './session.ts'
import type { WireMessage } from './wire-message.ts'

const { Kind } = agon.v1
const LIMITS = { maxMessage: 16 * 1024 * 1024, credit: 1000 }

function side(limits = LIMITS) {
  const heard: WireMessage[] = []
  const session = openSession(limits, (message) => heard.push(message))
  return { session, heard }
}

/** Frames cross as bytes, as they do on a stream. */
const crossed = (frame: agon.v1.Frame.$Properties): agon.v1.Frame =>
  agon.v1.Frame.decode(agon.v1.Frame.encode(frame).finish())

const message = (sequence: number, size = 10, fill = sequence): WireMessage => ({
  sequence,
  epoch: 1,
  kind: Kind.KIND_LEARNED,
  correlation: '',
  body: new Uint8Array(size).fill(fill % 251),
})

/** Connects two sides; `pass` may drop or hold a frame by saying false. */
function connect(
  a: Session,
  b: Session,
  pass: (frame: agon.v1.Frame, from: Session) => boolean = () => true,
) {
  const [gotA, gotB] = [a.received, b.received]
  a.connect((frame) => {
    const read = crossed(frame)
    if (pass(read, a)) b.receive(read)
    return true
  }, gotB)
  b.connect((frame) => {
    const read = crossed(frame)
    if (pass(read, b)) a.receive(read)
    return true
  }, gotA)
}

describe('a session', () => {
  it('delivers once and in order, over any number of broken streams', () => {
    const [a, b] = [side(), side()]
    let frames = 0
    for (let n = 1; n <= 300; n++) {
      // Every stream loses everything from some frame on, without either side being told.
      if (n % 17 === 1) {
        a.session.disconnect()
        b.session.disconnect()
        const dies = frames + 1 + ((n * 7919) % 13)
        connect(a.session, b.session, () => ++frames < dies)
      }
      a.session.post(message(n, 1 + ((n * 37) % 90)))
      if (n % 3 === 0) b.session.post(message(n / 3))
    }
    a.session.disconnect()
    b.session.disconnect()
    connect(a.session, b.session)
    expect(b.heard.map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: 300 }, (_, i) => i + 1),
    )
    expect(a.heard.map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: 100 }, (_, i) => i + 1),
    )
    expect(
      b.heard.every(({ sequence, body }) => body.every((byte) => byte === sequence % 251)),
    ).toBe(true)
  })

  it('cuts long messages into chunks, and begins one again that was broken off', () => {
    const [a, b] = [side(), side()]
    const sizes: number[] = []
    let chunks = 0
    connect(a.session, b.session, (frame, from) => {
      if (from === a.session && frame.total > 0) sizes.push(frame.body.length)
      return frame.total === 0 || ++chunks < 3
    })
    const long = message(1, 2 * CHUNK_BYTES + 5)
    a.session.post(long)
    expect(b.heard).toHaveLength(0)
    a.session.disconnect()
    b.session.disconnect()
    connect(a.session, b.session)
    expect(sizes).toEqual([CHUNK_BYTES, CHUNK_BYTES, 5])
    expect(b.heard).toHaveLength(1)
    expect(Buffer.compare(b.heard[0].body, long.body)).toBe(0)
  })

  it('holds back what the other side has not allowed, and counts what is sent again once', () => {
    const { session: a } = side()
    const written: number[] = []
    const writer = (frame: agon.v1.Frame.$Properties): boolean => {
      written.push(frame.sequence ?? 0)
      return true
    }
    a.connect(writer, 0)
    for (let n = 1; n <= 5; n++) a.post(message(n, 400))
    // 400 and 800 bytes are within the window of 1 000; the third begins within it and goes whole.
    expect(written).toEqual([1, 2, 3])
    a.disconnect()
    a.connect(writer, 1)
    expect(written).toEqual([1, 2, 3, 2, 3])
    const credit = (granted: number) =>
      crossed({
        kind: Kind.KIND_CREDIT,
        received: 3,
        body: agon.v1.Credit.encode({ granted }).finish(),
      })
    a.receive(credit(1600))
    expect(written.slice(5)).toEqual([4])
    a.receive(credit(1600))
    a.receive(credit(1200))
    expect(written.slice(5)).toEqual([4])
    a.receive(credit(2000))
    expect(written.slice(5)).toEqual([4, 5])
  })

  it('drops what comes twice and does not accept a gap', () => {
    const { session, heard } = side()
    const frame = (sequence: number) => crossed({ ...message(sequence) })
    session.receive(frame(1))
    session.receive(frame(1))
    expect(heard).toHaveLength(1)
    expect(session.repeated).toBe(1)
    expect(() => session.receive(frame(3))).toThrow(expect.objectContaining({ code: 'wire/gap' }))
    session.receive(frame(2))
    expect(heard.map(({ sequence }) => sequence)).toEqual([1, 2])
  })

  it('refuses by name what is too long or does not fit together', () => {
    const { session } = side({ maxMessage: 100, credit: 1000 })
    expect(() => session.post(message(1, 101))).toThrow(
      expect.objectContaining({ code: 'wire/oversize' }),
    )
    expect(() => session.receive(crossed({ ...message(1, 101) }))).toThrow(
      expect.objectContaining({ code: 'wire/oversize' }),
    )
    expect(() => session.receive(crossed({ ...message(1, 10), total: 101 }))).toThrow(
      expect.objectContaining({ code: 'wire/oversize' }),
    )
    const chunk = (offset: number, total: number, size = 10) =>
      crossed({ ...message(1, size), offset, total })
    expect(() => session.receive(chunk(20, 50))).toThrow(
      expect.objectContaining({ code: 'wire/chunk' }),
    )
    session.receive(chunk(0, 50))
    expect(() => session.receive(chunk(10, 60))).toThrow(
      expect.objectContaining({ code: 'wire/chunk' }),
    )
    expect(() => session.receive(chunk(10, 50, 60))).toThrow(
      expect.objectContaining({ code: 'wire/chunk' }),
    )
  })

  it('gives up a side that takes nothing', () => {
    const { session } = side({ maxMessage: 1000, credit: 1000 })
    session.connect(() => false, 0)
    expect(() => {
      for (let n = 1; n < 50; n++) session.post(message(n, 1000))
    }).toThrow(expect.objectContaining({ code: 'wire/slow' }))
  })
})
