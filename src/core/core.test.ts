import { describe, expect, it } from 'vitest'
import { manualClock } from './clock.ts'
import { AgonError, formatError, fromErrorRecord, toErrorRecord } from './errors.ts'
import { builtUrl, loadModule } from './module.ts'
import { rows, sharedTensor, tensor } from './tensor.ts'

describe('errors', () => {
  it('survive being data', () => {
    const error = new AgonError('level/invalid', 'goal on a wall', {
      place: 'row 3, column 7',
      remedy: 'move the goal',
      fields: { row: 3 },
    })
    const back = fromErrorRecord(JSON.parse(JSON.stringify(toErrorRecord(error))))
    expect(toErrorRecord(back)).toEqual(toErrorRecord(error))
    expect(formatError(toErrorRecord(error))).toBe(
      'row 3, column 7: goal on a wall — move the goal [level/invalid]',
    )
    expect(toErrorRecord(new TypeError('odd')).code).toBe('internal/unexpected')
  })

  it('cannot steer the terminal by what they quote', () => {
    const record = { code: 'level/invalid', message: "'\x1b[2J\x9b' is\nno\tword" }
    expect(formatError(record)).toBe("'\\x1b[2J\\x9b' is\\nno\\tword [level/invalid]")
    const list = {
      code: 'config/invalid',
      message: '2 problems:\n  one\n  two\r',
      place: 'a\u202eb',
    }
    expect(formatError(list)).toBe('a\\u202eb: 2 problems:\n  one\n  two\\r [config/invalid]')
  })
})

describe('tensors', () => {
  it('are views: a row range writes through', () => {
    const whole = sharedTensor('float32', [3, 2])
    rows(whole, 1, 2).data.fill(5)
    expect([...whole.data]).toEqual([0, 0, 5, 5, 0, 0])
    expect(whole.data.buffer).toBeInstanceOf(SharedArrayBuffer)
    expect(rows(whole, 3, 3).shape).toEqual([0, 2])
    for (const [from, to] of [
      [-1, 1],
      [2, 4],
      [2, 1],
    ])
      expect(() => rows(whole, from, to)).toThrow(/\[3,2\] has no rows/)
    expect(() => rows(tensor('float32', []), 0, 1)).toThrow(/has no rows/)
  })
  it('refuse data that does not fit the shape', () => {
    expect(() => tensor('float32', [2, 2], new Float32Array(3))).toThrow(/needs 4 elements/)
  })
})

describe('modules', () => {
  it('are found in the build output from source and from the build', () => {
    const expected = 'file:///a/src/b/dist/envs/x.js'
    expect(builtUrl('file:///a/src/b/src/envs/y.ts', './x.ts')).toBe(expected)
    expect(builtUrl('file:///a/src/b/dist/envs/y.js', './x.js')).toBe(expected)
  })
  it('that are missing or broken are named', async () => {
    await expect(loadModule('file:///nowhere/env.js')).rejects.toMatchObject({
      code: 'module/missing',
    })
    for (const url of ['agon/envs/maze', 'data:text/javascript,0', '/a/path.js'])
      await expect(loadModule(url)).rejects.toMatchObject({
        code: 'module/missing',
        message: `'${url}' is not the URL of a file`,
      })
  })
})

describe('manual clock', () => {
  it('moves only when told', () => {
    const clock = manualClock(5)
    clock.advance(10)
    expect([clock.now(), clock.wall()]).toEqual([15, 15])
  })
})
