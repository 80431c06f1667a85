import { expect, it } from 'vitest'
import { actorId } from '../../../core/ids.ts'
import { manualTimers } from '../../../core/timers.ts'
import { agon, decodeError } from '../../../wire/index.ts'
import type { FrameListener, FrameStream, FrameToSend } from './frame-stream.ts'
import { openPlaces } from './places.ts'
import { QUICK, STUDENT_AWAITED } from './testing/test-hub.ts'

const { Kind, Role } = agon.v1
const actor = actorId('student/agent')
const hello = agon.v1.Hello.encode({ versions: [1], role: Role.ROLE_STUDENT }).finish()

/** Places of a run in which outsiders may play a student; none is open yet. */
function openReception() {
  let sessions = 0
  const reception = openPlaces({
    settings: QUICK,
    timers: manualTimers(),
    run: { id: 'r', name: 'test' },
    attachable: [{ actor, role: 'student', slot: 'agent' }],
    newSession: () => `session-${++sessions}`,
    listener: { presence: () => {}, admit: () => {} },
  })
  const come = () => {
    const frames: FrameToSend[] = []
    let listener: FrameListener | null = null
    const stream: FrameStream = {
      write: (frame) => frames.push(frame) > 0,
      listen: (to) => {
        listener = to
      },
      end: () => {},
    }
    reception.receive(agon.v1.Hello.decode(hello), stream)
    return {
      leave: () => listener?.ended(null),
      welcomed: () => frames.some(({ kind }) => kind === Kind.KIND_WELCOME),
      refusal: () => {
        const refused = frames.find(({ kind }) => kind === Kind.KIND_REFUSED)
        return refused === undefined
          ? null
          : decodeError(agon.v1.Error.decode(refused.body as Uint8Array)).code
      },
    }
  }
  return { reception, come }
}

it('lets 64 wait for a place, and no more until one has left or been let in', () => {
  const { reception, come } = openReception()
  const waiting = Array.from({ length: 64 }, come)
  expect(waiting.filter((one) => one.refusal() !== null || one.welcomed())).toEqual([])
  expect(come().refusal()).toBe('wire/overloaded')
  waiting[10].leave()
  expect(come().refusal()).toBe(null)
  expect(come().refusal()).toBe('wire/overloaded')
  reception.expect({ actor, ...STUDENT_AWAITED })
  expect(waiting.map((one) => one.welcomed()).indexOf(true)).toBe(0)
  expect(waiting.filter((one) => one.welcomed())).toHaveLength(1)
})

it('refuses those who still wait when the run is over', () => {
  const { reception, come } = openReception()
  const waiting = [come(), come()]
  reception.end()
  expect(waiting.map((one) => one.refusal())).toEqual(['run/over', 'run/over'])
  expect(come().refusal()).toBe('run/over')
})

it('asks them to come again where the run goes on at other places', () => {
  const { reception, come } = openReception()
  const waiting = come()
  reception.end(true)
  expect([waiting.refusal(), come().refusal()]).toEqual(['wire/ended', 'wire/ended'])
})

it('lets one in who comes back as another process, also where the run opens the place at once', () => {
  const { reception, come } = openReception()
  const lost: string[] = []
  reception.expect({ actor, ...STUDENT_AWAITED }).onLost(({ message }) => {
    lost.push(message)
    reception.expect({ actor, ...STUDENT_AWAITED })
  })
  const first = come()
  expect(first.welcomed()).toBe(true)
  first.leave()
  expect(come().welcomed()).toBe(true)
  expect(lost).toEqual(['student/agent came back as another process'])
})
