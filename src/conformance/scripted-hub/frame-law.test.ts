import { describe, expect, it } from 'vitest'
import { CHUNK_BYTES } from '../../actors/transport/grpc/session.ts'
import { agon } from '../../wire/index.ts'
import { createFrameLedger, FRAME_LAWS, type FrameLaw } from './frame-law.ts'

const { Kind } = agon.v1
const STANDING = { received: 4, epoch: 2, answered: 7, assembled: 0, repeated: false }
const GOOD = { kind: Kind.KIND_LEARNED, sequence: 5, epoch: 2, received: 7 }

const breachesOf = (frame: agon.v1.Frame.$Properties, standing = {}): FrameLaw[] => {
  const ledger = createFrameLedger()
  ledger.note(new agon.v1.Frame(frame), { ...STANDING, ...standing })
  return (Object.keys(FRAME_LAWS) as FrameLaw[]).filter((law) => ledger.breach(law) !== null)
}

describe('the laws of frames', () => {
  it.each<[string, agon.v1.Frame.$Properties, object, FrameLaw[]]>([
    ['a good message', GOOD, {}, []],
    ['a message that comes again', { ...GOOD, sequence: 3 }, { repeated: true }, []],
    ['a heartbeat', { kind: Kind.KIND_HEARTBEAT }, { answered: 0 }, []],
    ['a gap', { ...GOOD, sequence: 6 }, {}, ['numbers']],
    ['an old number', { ...GOOD, sequence: 4 }, {}, ['numbers']],
    ['another epoch', { ...GOOD, epoch: 1 }, {}, ['epoch']],
    ['a late acknowledgement', { ...GOOD, received: 6 }, {}, ['received']],
    [
      'a numbered heartbeat',
      { kind: Kind.KIND_HEARTBEAT, sequence: 1 },
      { answered: 0 },
      ['control'],
    ],
    ['a long body', { ...GOOD, body: new Uint8Array(CHUNK_BYTES + 1) }, {}, ['length']],
    ['a chunk out of order', { ...GOOD, offset: 9, total: 20 }, { assembled: 8 }, ['length']],
  ])('%s', (_, frame, standing, laws) => {
    expect(breachesOf(frame, standing)).toEqual(laws)
  })

  it('keep their first breach, with what was expected and what came', () => {
    const ledger = createFrameLedger()
    for (const sequence of [6, 9]) ledger.note(new agon.v1.Frame({ ...GOOD, sequence }), STANDING)
    expect(ledger.breach('numbers')).toMatchObject({
      expected: 'sequence = 5',
      received: 'LEARNED with sequence = 6',
    })
    expect(ledger.count).toBe(2)
  })
})
