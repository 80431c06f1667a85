import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { attempts } from './fixtures/attempts.ts'
import { LEVELS_FILE, openLevelLog } from './level-log.ts'
import { LevelNumbers, WINDOW } from './level-numbers.ts'
import { openLevelReader } from './level-reader.ts'

let dir = ''
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'agon-levels-'))
})
afterEach(() => rmSync(dir, { recursive: true }))

const text = (): string => readFileSync(join(dir, LEVELS_FILE), 'utf8')
/** Three levels a cycle, of which one is new. */
const cycle = (n: number) => ({
  cycle: n,
  updates: Math.floor(n / 2),
  attempted: attempts(n, [n, n + 1, n + 2]),
})

describe('the log of levels', () => {
  it('has the bytes of a level once, and gives them back by number', () => {
    const log = openLevelLog(dir, true)
    for (const n of [1, 2, 3]) log.append(cycle(n))
    log.close()
    const rows = text()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(rows.map((row) => [row.cycle, row.updates, row.first, row.new.length])).toEqual([
      [1, 0, 0, 3],
      [2, 1, 3, 1],
      [3, 1, 4, 1],
    ])
    expect(rows.map((row) => row.slots.agent.level)).toEqual([
      [0, 1, 2],
      [1, 2, 3],
      [2, 3, 4],
    ])
    const reader = openLevelReader(dir)
    expect([...reader.levels([4, 0, 3])]).toEqual([
      [0, Buffer.of(1)],
      [3, Buffer.of(4)],
      [4, Buffer.of(5)],
    ])
    reader.close()
  })

  it('goes on after a cut and a torn line with the bytes of an undisturbed run', () => {
    const calm = openLevelLog(dir, true)
    for (const n of [1, 2, 3, 4, 5]) calm.append(cycle(n))
    calm.close()
    const expected = text()
    appendFileSync(join(dir, LEVELS_FILE), '{"cycle":6,"upd')
    const again = openLevelLog(dir, true)
    expect(text()).toBe(expected)
    again.truncateTo(2)
    for (const n of [3, 4]) again.append(cycle(n))
    // Once more, in the same process.
    again.truncateTo(3)
    for (const n of [4, 5]) again.append(cycle(n))
    again.close()
    expect(text()).toBe(expected)
  })

  it('is not begun where it is off, and cut back with the run where it was on before', () => {
    const off = openLevelLog(dir, false)
    off.append(cycle(1))
    off.truncateTo(0)
    off.close()
    expect(() => text()).toThrow(/ENOENT/)
    expect(() => openLevelReader(dir)).toThrow(expect.objectContaining({ code: 'levels/no-log' }))
    const on = openLevelLog(dir, true)
    for (const n of [1, 2, 3]) on.append(cycle(n))
    on.close()
    const later = openLevelLog(dir, false)
    later.truncateTo(1)
    later.append(cycle(2))
    later.close()
    expect(text().split('\n')).toHaveLength(2)
  })

  it('names the line that is none of its rows', () => {
    writeFileSync(
      join(dir, LEVELS_FILE),
      '{"cycle":1,"updates":0,"first":0,"new":[]}\n{"cycle":2}\n',
    )
    expect(() => openLevelReader(dir)).toThrow(
      expect.objectContaining({ code: 'run/metrics-damaged', place: 'levels.jsonl:2' }),
    )
  })
})

it('knows a level again within the window, and forgets it afterwards', () => {
  const numbers = new LevelNumbers()
  const level = (n: number): Uint8Array => Uint8Array.of(n & 255, (n >> 8) & 255, n >> 16)
  for (let n = 0; n < WINDOW; n++) numbers.numberOf(level(n))
  expect(numbers.numberOf(level(0))).toEqual({ number: 0, isNew: false })
  expect(numbers.numberOf(level(WINDOW))).toEqual({ number: WINDOW, isNew: true })
  expect(numbers.numberOf(level(1)).isNew).toBe(false)
  expect(numbers.numberOf(level(0))).toEqual({ number: WINDOW + 1, isNew: true })
})
