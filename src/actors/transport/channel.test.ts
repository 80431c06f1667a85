import { describe, expect, it } from 'vitest'
import type { ErrorRecord } from '../../core/errors.ts'
import type { Channel, Envelope } from './contract.ts'
import { inProcessChannel } from './in-process.ts'
import { workerChannel } from './worker.ts'

// The same expectations of every transport; a new one is added to this table.

function inProcessEcho(): Channel {
  const { near, far, fail } = inProcessChannel()
  far.onEnvelope((envelope) => {
    if (envelope.body.type === 'die') fail(new Error('the actor broke'))
    else if (envelope.body.type === 'exit') fail(new Error('exit code 7'))
    else far.post(envelope)
  })
  return near
}

const ECHO = new URL('./fixtures/echo.worker.mjs', import.meta.url).href
const transports: Record<string, () => Channel> = {
  'in-process': inProcessEcho,
  worker: () => workerChannel(ECHO, null, 'echo'),
}

const envelope = (sequence: number, type = 'echo', payload: unknown = null): Envelope =>
  ({ epoch: 1, sequence, body: { type, payload } }) as Envelope

const lost = (channel: Channel): Promise<ErrorRecord> =>
  new Promise((resolve) => channel.onLost(resolve))

describe.each(Object.entries(transports))('%s channel', (_, open) => {
  it('delivers in order, asynchronously, typed arrays included', async () => {
    const channel = open()
    const heard: Envelope[] = []
    const all = new Promise<void>((resolve) => {
      channel.onEnvelope((each) => {
        heard.push(each)
        if (heard.length === 50) resolve()
      })
    })
    for (let i = 1; i <= 50; i++)
      channel.post(envelope(i, 'echo', { level: Uint8Array.of(i), scores: Float32Array.of(i / 2) }))
    expect(heard).toEqual([])
    await all
    expect(heard.map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: 50 }, (_, i) => i + 1),
    )
    expect(heard[8].body).toEqual({
      type: 'echo',
      payload: { level: Uint8Array.of(9), scores: Float32Array.of(4.5) },
    })
    await channel.close()
  })

  it.each([
    ['die', 'the actor broke'],
    ['exit', 'exit code 7'],
  ])('tells of the loss of the other end once (%s)', async (how, why) => {
    const channel = open()
    const error = lost(channel)
    channel.post(envelope(1, how))
    expect((await error).message).toContain(why)
    await channel.close()
  })

  it('does not call closing a loss', async () => {
    const channel = open()
    let losses = 0
    channel.onLost(() => {
      losses += 1
    })
    await channel.close()
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(losses).toBe(0)
  })
})
