import { createConnection } from 'node:net'
import { type RandomStream, stream } from 'agon/core'
import { describe, expect, it } from 'vitest'
import { ACTORS, agon, ENVIRONMENTS } from '../../../src/wire/index.ts'
import { codeOf, helloOf, linuxOnly, residentOf, siege } from '../../support/besieged-run.ts'
import { prefix, rawClient, rudeConnection } from '../../support/raw-stream.ts'
import { ENVELOPES, HELLO, mutant } from './mutate-envelope.ts'

// Each test is a row of the table in docs/security.md.

const { Kind } = agon.v1
const ATTACH = ACTORS.methods.attach.path
const JOIN = ACTORS.methods.join.path
const STEP = ENVIRONMENTS.methods.step.path
const MB = 2 ** 20
/** Five times as many in `npm run test:slow`. */
const ENVELOPES_SENT = 4_000 * Number(process.env.AGON_FUZZ ?? 1)
const camp = siege()

describe('what may come', () => {
  it('a message that is too long, for the run or for gRPC', async () => {
    const waiting = await camp.run('oversize')
    const frame = (bytes: number) =>
      agon.v1.Frame.encode({
        sequence: 1,
        kind: Kind.KIND_READY,
        body: new Uint8Array(bytes),
      }).finish()
    const client = rawClient(waiting.address, waiting.token)
    const call = client.open(ATTACH)
    call.write(helloOf({}))
    call.write(frame(MB + 1))
    expect(codeOf(await call.outcome)).toBe('wire/oversize')
    for (const path of [ATTACH, JOIN, STEP]) {
      const long = client.open(path)
      long.write(Buffer.alloc(3 * MB))
      const { status, details } = await long.outcome
      expect({ status, details }).toEqual({
        status: 8,
        details: expect.stringMatching(/larger than max/),
      })
    }
    client.close()
    await waiting.completes()
  })

  linuxOnly('mutated envelopes by the thousand', async () => {
    const waiting = await camp.run('garbage', 'hub: {maxMessageMb: 1, resumeSeconds: 0}')
    const random = stream(17, 'security', 'envelopes')
    const client = rawClient(waiting.address, waiting.token)
    const before = residentOf(waiting.run)
    const codes = new Map<string, number>()
    let envelopes = 0
    let streams = 0
    const lane = async (): Promise<void> => {
      while (envelopes < ENVELOPES_SENT && waiting.run.child.exitCode === null) {
        streams += 1
        const path = random.uniform() < 0.8 ? ATTACH : random.uniform() < 0.5 ? JOIN : STEP
        const call = client.open(path)
        for (const bytes of conversation(random)) {
          if (call.over) break
          call.write(bytes)
          envelopes += 1
          if (random.uniform() < 0.1) await new Promise((resolve) => setTimeout(resolve, 1))
        }
        call.end()
        const outcome = await call.outcome
        const code = codeOf(outcome)
        // Heard to its end: then it has been answered.
        const told = code === 'ok' && outcome.answers.length === 0 ? `unanswered ${path}` : code
        codes.set(told, (codes.get(told) ?? 0) + 1)
      }
    }
    await Promise.all(Array.from({ length: 16 }, lane))
    client.close()
    const names = [...codes.keys()].sort()
    console.log(`${envelopes} envelopes on ${streams} streams: ${JSON.stringify([...codes])}`)
    if (waiting.run.child.exitCode !== null)
      throw new Error(`the hub is gone: ${(await waiting.run.ended).stderr}`)
    expect(names.filter((name) => name.startsWith('un'))).toEqual([])
    expect(residentOf(waiting.run) - before).toBeLessThan(250 * MB)
    await waiting.completes()
  })

  linuxOnly('chunks of one byte', async () => {
    const waiting = await camp.run('crumbs', 'hub: {maxMessageMb: 64, resumeSeconds: 0.5}')
    const chunk = (offset: number) =>
      agon.v1.Frame.encode({
        sequence: 1,
        kind: Kind.KIND_READY,
        body: Uint8Array.of(1),
        offset,
        total: 64 * MB,
      }).finish()
    const framed = (message: Uint8Array): Buffer => Buffer.concat([prefix(message.length), message])
    const rude = rudeConnection(waiting.address, waiting.token)
    const { stream: crumbs, trailers } = rude.open(ATTACH)
    crumbs.write(framed(helloOf({ name: 'crumbs' })))
    const before = residentOf(waiting.run)
    let most = 0
    for (let offset = 0; offset < 400_000; offset += 1000) {
      const some = Array.from({ length: 1000 }, (_, index) => framed(chunk(offset + index)))
      await new Promise((taken) => crumbs.write(Buffer.concat(some), taken))
      most = Math.max(most, residentOf(waiting.run) - before)
    }
    // All have been taken once it says so of one that does not follow.
    crumbs.write(framed(chunk(1_000_000)))
    expect((await trailers)?.message).toMatch(/^wire\/chunk: a chunk of message 1 does not follow/)
    rude.close()
    expect(Math.max(most, residentOf(waiting.run) - before)).toBeLessThan(64 * MB + 60 * MB)
    await waiting.completes()
  })

  it('bytes that are no HTTP/2', async () => {
    const waiting = await camp.run('noise')
    const port = Number(waiting.address.split(':').at(-1))
    const random = stream(3, 'security', 'noise')
    const preface = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')
    for (let n = 0; n < 300; n++) {
      const noise = Buffer.from(Array.from({ length: 200 }, () => random.integer(256)))
      const socket = createConnection(port, '127.0.0.1')
      const closed = new Promise((resolve) => socket.on('close', resolve))
      socket.on('error', () => {})
      socket.resume()
      socket.end(
        n % 3 === 0
          ? noise
          : n % 3 === 1
            ? Buffer.concat([preface, noise])
            : 'GET / HTTP/1.1\r\n\r\n',
      )
      await closed
    }
    await waiting.completes()
  })
})

/** A hello, sound or not, and then what an actor says, most of it wrong. */
function* conversation(random: RandomStream): Iterable<Buffer> {
  yield random.uniform() < 0.7 ? HELLO : mutant(random, HELLO)
  const length = random.integer(20)
  for (let n = 0; n < length; n++) {
    const sound = ENVELOPES[Math.min(n, random.integer(ENVELOPES.length))]
    yield random.uniform() < 0.2 ? sound : mutant(random, sound)
  }
}
