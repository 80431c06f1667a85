import { afterEach, describe, expect, it } from 'vitest'
import type { ErrorRecord } from '../../../core/errors.ts'
import { ACTORS, agon, dial } from '../../../wire/index.ts'
import type { Channel, Envelope } from '../contract.ts'
import { QUICK, type TestHub, testHub } from './testing/test-hub.ts'

const open: (() => unknown)[] = []
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})
async function hub(settings = QUICK): Promise<TestHub> {
  const made = await testHub(settings)
  open.push(() => made.close())
  return made
}
const envelope = (sequence: number, payload: unknown = sequence): Envelope =>
  ({ epoch: 1, sequence, body: { type: 'note', payload } }) as Envelope
const hear = (channel: Channel): unknown[] => {
  const heard: unknown[] = []
  channel.onEnvelope(({ body }) => heard.push((body as never as { payload: unknown }).payload))
  return heard
}
const lost = (channel: Channel): Promise<ErrorRecord> =>
  new Promise((resolve) => channel.onLost(resolve))
const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise((done) => setTimeout(done, 10))
}

/** A student that says hello and then nothing. */
function rawStudent(there: TestHub) {
  const connection = dial({
    address: `127.0.0.1:${there.listener.address.port}`,
    token: there.token,
    security: { kind: 'plain' },
  })
  open.push(() => connection.close())
  const stream = connection.bidi(ACTORS.methods.attach)
  stream.on('data', () => {})
  stream.on('error', () => {})
  stream.write({
    kind: agon.v1.Kind.KIND_HELLO,
    body: agon.v1.Hello.encode({ versions: [1], role: agon.v1.Role.ROLE_STUDENT }).finish(),
  })
  return stream
}

describe('attaching', () => {
  it('keeps what was said before anybody came, and tells the place', async () => {
    const there = await hub()
    const near = there.expect()
    near.post(envelope(1))
    near.post(envelope(2))
    const { channel, welcome } = await there.attach()
    expect(welcome).toMatchObject({ actor: 'student/agent', epoch: 1, version: 1 })
    expect(welcome.student).toMatchObject({ slot: 'agent', seed: 7, tasks: 4 })
    const heard = hear(channel)
    await until(() => heard.length === 2)
    await near.close()
  })

  it('carries a message of 24 MB both ways', async () => {
    const there = await hub({ ...QUICK, heartbeatMs: 2000 })
    const near = there.expect()
    const { channel } = await there.attach()
    const [atHub, atActor] = [hear(near), hear(channel)]
    const long = 'x'.repeat(24 * 1024 * 1024)
    near.post(envelope(1, long))
    channel.post(envelope(1, long))
    await until(() => atHub.length === 1 && atActor.length === 1)
    expect(atHub[0]).toBe(long)
    expect(atActor[0]).toBe(long)
    await near.close()
  })

  it('waits for an outsider only so long', async () => {
    const there = await hub()
    const near = there.expect({ deadlineMs: 50 })
    expect(await lost(near)).toMatchObject({ code: 'attach/deadline' })
  })

  it('lets an outsider wait while the run goes back to a cut', async () => {
    const there = await hub()
    const coming = there.attach()
    await new Promise((done) => setTimeout(done, 100))
    const near = there.expect()
    const { channel } = await coming
    const heard = hear(channel)
    near.post(envelope(1))
    await until(() => heard.length === 1)
    await near.close()
  })

  it('refuses a second one for a place that is taken, and one for a place that is not there', async () => {
    const there = await hub()
    const near = there.expect()
    await there.attach()
    await expect(there.attach()).rejects.toMatchObject({ code: 'attach/occupied' })
    await expect(there.attach({ slot: 'other' })).rejects.toMatchObject({ code: 'attach/slot' })
    await expect(there.attach({ role: agon.v1.Role.ROLE_EVALUATOR })).rejects.toMatchObject({
      code: 'attach/slot',
    })
    await expect(there.attach({ ticket: 'stolen' })).rejects.toMatchObject({
      code: 'attach/ticket',
    })
    await near.close()
  })

  it('refuses an unknown version, and a first frame that is no hello', async () => {
    const there = await hub()
    const connection = dial({
      address: `127.0.0.1:${there.listener.address.port}`,
      token: there.token,
      security: { kind: 'plain' },
    })
    open.push(() => connection.close())
    const answer = (frame: agon.v1.Frame.$Properties): Promise<string> =>
      new Promise((resolve) => {
        const stream = connection.bidi(ACTORS.methods.attach)
        stream.on('data', () => {})
        stream.on('error', (error) => resolve((error as { details?: string }).details ?? ''))
        stream.write(frame)
      })
    const hello = (fields: agon.v1.Hello.$Properties) => ({
      kind: agon.v1.Kind.KIND_HELLO,
      body: agon.v1.Hello.encode(fields).finish(),
    })
    expect(await answer(hello({ versions: [99], role: agon.v1.Role.ROLE_STUDENT }))).toMatch(
      /^wire\/version: /,
    )
    expect(await answer(hello({ versions: [1] }))).toMatch(/^wire\/hello: /)
    expect(await answer({ kind: agon.v1.Kind.KIND_READY })).toMatch(/^wire\/hello: /)
    expect(await answer(hello({ versions: [1], session: 'guess' }))).toMatch(/^wire\/session: /)
  })

  it('gives the place of a process that is gone to the one that comes after it', async () => {
    const there = await hub({ ...QUICK, resumeMs: 60_000 })
    const near = there.expect()
    const first = rawStudent(there)
    await until(() => there.presences.includes('working'))
    const gone = lost(near)
    first.cancel()
    await until(() => there.presences.includes('broken'))
    const second = there.attach()
    expect(await gone).toMatchObject({ code: 'actor/lost' })
    const again = there.expect({ epoch: 2 })
    expect((await second).welcome.epoch).toBe(2)
    await again.close()
  })

  it('loses an actor that is silent, and only then', async () => {
    const there = await hub()
    const near = there.expect()
    rawStudent(there)
    await until(() => there.presences.includes('working'))
    expect((await lost(near)).message).toContain('nothing was heard')
    expect(there.presences).toContain('broken')
  })

  it('loses an actor that beats but takes nothing', async () => {
    const there = await hub()
    const near = there.expect()
    const stream = rawStudent(there)
    await until(() => there.presences.includes('working'))
    const beats = setInterval(() => stream.write({ kind: agon.v1.Kind.KIND_HEARTBEAT }), 25)
    open.push(() => clearInterval(beats))
    near.post(envelope(1))
    expect((await lost(near)).message).toContain('takes nothing of what waits')
  })

  it('says goodbye, and whether the actor should come again', async () => {
    const there = await hub()
    for (const again of [true, false]) {
      const near = there.expect()
      const { channel } = await there.attach()
      const said = new Promise<boolean>((resolve) =>
        channel.onGoodbye((value) => {
          resolve(value)
          void channel.close()
        }),
      )
      await near.close(again)
      expect(await said).toBe(again)
    }
    there.reception.end()
    await expect(there.attach()).rejects.toMatchObject({ code: 'run/over' })
  })
})
