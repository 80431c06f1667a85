import { describe, expect, it } from 'vitest'
import { nameModule, originOf, stackOf } from './error-origin.ts'
import { AgonError, fromErrorRecord, toErrorRecord } from './errors.ts'

const OWN = new URL('./errors.ts', import.meta.url).href
/** An error as V8 would have made it at these frames, innermost first. */
function thrownAt(...frames: readonly string[]): Error {
  const error = new TypeError('no door')
  error.stack = `TypeError: no door\n${frames.map((frame) => `    at ${frame}`).join('\n')}`
  return error
}

describe('the origin of an error', () => {
  it.each([
    ['Beacons.step (/home/me/env.js:3:4)', '/home/me/env.js:3:4 in Beacons.step'],
    ['async Proxy.boom (file:///home/me%20too/env.js:3:4)', '/home/me too/env.js:3:4 in boom'],
    ['file:///home/me/env.js:3:4', '/home/me/env.js:3:4'],
    ['async file:///home/me/env.js:3:4', '/home/me/env.js:3:4'],
    ['Object.<anonymous> (/home/me/(new)/env.js:3:4)', '/home/me/(new)/env.js:3:4'],
  ])('is read from %s', (frame, origin) => {
    expect(originOf(thrownAt('node:internal/x:1:1', `own (${OWN}:1:2)`, frame))).toBe(origin)
  })

  it('is not in packages, but for those that a config names', () => {
    const frame = 'step (/home/me/node_modules/beacons/dist/env.js:3:4)'
    const deeper = 'zod (/home/me/node_modules/beacons/dist/node_modules/zod/z.js:1:1)'
    expect(toErrorRecord(thrownAt(frame)).code).toBe('internal/unexpected')
    nameModule('/home/me/node_modules/beacons/dist/index.js')
    expect(originOf(thrownAt(deeper, frame))).toContain('beacons/dist/env.js:3:4')
  })

  it('is that of the cause where Agon put words around it', () => {
    const cause = thrownAt('step (/home/me/env.js:3:4)')
    expect(new AgonError('env/broken', 'a step failed', { cause }).origin).toContain('env.js:3:4')
  })

  it('stays when the error crosses, and so does its stack', () => {
    const record = toErrorRecord(thrownAt('step (/home/me/env.js:3:4)'))
    expect(record).toMatchObject({ code: 'module/threw', message: 'TypeError: no door' })
    expect(toErrorRecord(fromErrorRecord(JSON.parse(JSON.stringify(record))))).toEqual(record)
  })
})

describe('what crosses is bounded', () => {
  it('by causes in a ring, and by many', () => {
    const ring = thrownAt('a (/home/me/env.js:3:4)')
    ring.cause = ring
    expect(stackOf(ring)?.match(/caused by/g)).toHaveLength(7)
    const many = new AggregateError(Array.from({ length: 1000 }, () => new Error('x'.repeat(1e6))))
    expect(stackOf(many)?.length).toBeLessThan(4_100)
  })

  it('whatever was thrown', () => {
    const hostile = new Error('x')
    Object.defineProperty(hostile, 'stack', {
      get() {
        throw new Error('no')
      },
    })
    const odd = [undefined, Symbol('odd'), Object.create(null), hostile, 'x'.repeat(1e6)]
    for (const thrown of odd) {
      const record = toErrorRecord(thrown)
      expect(record.code).toBe('module/threw')
      expect(record.message.length).toBeLessThan(2_100)
    }
  })
})
