import { Writable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { steadyWriter } from './steady-stream.ts'

/** A stream whose writes end as they are told, when they are told. */
function scripted(write: (text: string, done: (error?: Error) => void) => void) {
  const stream = new Writable({
    decodeStrings: false,
    write: (chunk, _, done) => write(String(chunk), done),
  })
  const losses: string[] = []
  return { stream, losses, writer: steadyWriter(stream, (error) => losses.push(error.message)) }
}

const failure = (code: string): Error => Object.assign(new Error(code), { code })

describe('a steady stream', () => {
  it.each(['handed over', 'thrown'])(
    'drops what fails (%s), tells of it once, and tries again',
    async (how) => {
      const written: string[] = []
      let full = true
      const { stream, losses, writer } = scripted((text, done) => {
        if (full && how === 'thrown') throw failure('ENOSPC')
        if (!full) written.push(text)
        done(full ? failure('ENOSPC') : undefined)
      })
      stream.on('error', () => expect.unreachable())
      writer.write('a')
      writer.write('b')
      await writer.drained()
      full = false
      writer.write('c')
      await writer.drained()
      expect({ written, losses, lost: writer.lost() }).toEqual({
        written: ['c'],
        losses: ['ENOSPC'],
        lost: true,
      })
    },
  )

  it('loses nothing to a reader that went away', async () => {
    const { losses, writer } = scripted((_, done) => done(failure('EPIPE')))
    writer.write('a')
    await writer.drained()
    expect({ losses, lost: writer.lost() }).toEqual({ losses: [], lost: false })
  })

  it('keeps 32 MiB for a reader that does not read, holds up no writer, and goes on when it reads', async () => {
    const waiting: (() => void)[] = []
    let bytes = 0
    const { stream, losses, writer } = scripted((text, done) => {
      bytes += text.length
      waiting.push(done)
    })
    const line = 'x'.repeat(2 ** 20)
    for (let i = 0; i < 100; i++) {
      expect(stream.write(line)).toBe(true)
      expect(stream.writableLength).toBeLessThanOrEqual(33 * 2 ** 20)
    }
    expect(losses).toEqual(['its reader does not read'])
    const read = async (): Promise<void> => {
      for (let done = waiting.shift(); done !== undefined; done = waiting.shift()) {
        done()
        await new Promise((resolve) => setImmediate(resolve))
      }
    }
    await Promise.all([read(), writer.drained()])
    expect(bytes).toBe(33 * 2 ** 20)
    writer.write('more')
    await read()
    expect(bytes).toBe(33 * 2 ** 20 + 4)
  })
})
