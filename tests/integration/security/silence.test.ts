import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ACTORS } from '../../../src/wire/index.ts'
import { codeOf, helloOf, linuxOnly, residentOf, say, siege } from '../../support/besieged-run.ts'
import { until } from '../../support/control.ts'
import { prefix, rudeConnection } from '../../support/raw-stream.ts'

// Each test is a row of the table in docs/security.md.

const ATTACH = ACTORS.methods.attach.path
const MB = 2 ** 20
const camp = siege()

describe('who says nothing', () => {
  linuxOnly('a client that never reads', async () => {
    const waiting = await camp.run(
      'deaf',
      'hub: {heartbeatMs: 500, resumeSeconds: 3, maxMessageMb: 1}',
    )
    const before = residentOf(waiting.run)
    const rude = rudeConnection(waiting.address, waiting.token, 0)
    const hello = helloOf({ name: 'deaf' })
    for (let n = 0; n < 50; n++) {
      const { stream: deaf } = rude.open(ATTACH)
      deaf.write(Buffer.concat([prefix(hello.length), hello]))
    }
    // One of them has the student's place, and is given up for its silence.
    const journal = join(waiting.directory, 'journal.jsonl')
    await until(() => existsSync(journal) && readFileSync(journal, 'utf8').includes('lost'))
    expect(residentOf(waiting.run) - before).toBeLessThan(100 * MB)
    rude.close()
    await waiting.completes()
  })

  it('streams by the hundred without a hello, and a hello that never ends', async () => {
    const waiting = await camp.run('silent')
    const rude = rudeConnection(waiting.address, waiting.token)
    const silent = Array.from({ length: 300 }, () => rude.open(ATTACH))
    const slow = rude.open(ATTACH)
    const hello = helloOf({})
    const drip = Buffer.concat([prefix(hello.length), hello])
    let dripped = 0
    const drops = setInterval(() => {
      if (dripped < drip.length - 1) slow.stream.write(drip.subarray(dripped, ++dripped))
    }, 1000)
    const told = await Promise.all(silent.map(({ trailers }) => trailers))
    const codes = told.map((each) =>
      codeOf({ status: Number(each?.status), details: each?.message ?? '' }),
    )
    const overloaded = codes.filter((code) => code === 'wire/overloaded').length
    expect(overloaded).toBeGreaterThanOrEqual(300 - 128)
    expect(codes.filter((code) => code === 'wire/hello')).toHaveLength(300 - overloaded)
    expect((await slow.trailers)?.message).toMatch(/^wire\/hello: no hello came/)
    clearInterval(drops)
    rude.close()
    await waiting.completes()
  })

  it('a client that says hello and nothing else', async () => {
    const waiting = await camp.run('mute', 'hub: {heartbeatMs: 500, resumeSeconds: 3}')
    const { status, details } = await say(waiting, ATTACH, helloOf({ name: 'mute' }))
    expect(codeOf({ status, details })).toBe('wire/silent')
    await waiting.completes()
  })
})
