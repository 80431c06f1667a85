import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { levelId } from '../../core/ids.ts'
import { candidate, searchedCycle } from './fixtures/candidates.ts'
import { HISTORY_FILE, openHistoryLog } from './history-log.ts'
import { readHistory } from './history-reader.ts'

let dir = ''
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'agon-history-'))
})
afterEach(() => rmSync(dir, { recursive: true }))

const file = (): string => join(dir, HISTORY_FILE)
const text = (): string => readFileSync(file(), 'utf8')
const cycle = (n: number) =>
  searchedCycle(n, [candidate(n, 2 * n, 0), candidate(n, 2 * n + 1, 1, { parents: [levelId(n)] })])

describe('the history of a search', () => {
  it('gives back every candidate as it came, with its place in the batch', () => {
    const log = openHistoryLog(dir)
    const lost = candidate(2, 9, 0, {
      ...{ cell: null, objective: null, status: 'unscored', values: {} },
      tasks: [
        {
          ...candidate(2, 9, 0).tasks[0],
          ...{ seating: { right: 'target', left: 'bot' }, return: null },
        },
      ],
    })
    log.append(cycle(1))
    log.append({ ...searchedCycle(2, [lost]), stage: 'exposed' })
    log.append({ ...searchedCycle(3, [lost]), attempted: { batches: new Map(), searched: [lost] } })
    log.close()
    const rows = [...readHistory(dir)]
    const [a, b] = cycle(1).attempted.searched
    const placed = (first: number, of: typeof a) => ({
      ...{ ...of, cycle: 1 },
      tasks: of.tasks.map((task, i) => ({ ...task, lane: first + i })),
    })
    expect(rows.slice(0, 2)).toEqual([placed(0, a), placed(2, b)])
    expect(rows[2]).toEqual({
      ...{ ...lost, cycle: 2, stage: 'exposed' },
      tasks: [{ ...lost.tasks[0], lane: 0 }],
    })
    expect(rows[3].tasks).toEqual(lost.tasks)
    expect(text()).toContain('"seating":{"left":"bot","right":"target"}')
  })

  it('goes on after a cut and a torn line with the bytes of an undisturbed run', () => {
    const calm = openHistoryLog(dir)
    for (const n of [1, 2, 3, 4]) calm.append(cycle(n))
    calm.close()
    const expected = text()
    // In the middle of a cycle's rows.
    writeFileSync(file(), expected.slice(0, expected.indexOf('"id":"L9"') + 4))
    const again = openHistoryLog(dir)
    again.truncateTo(2)
    for (const n of [3, 4]) again.append(cycle(n))
    again.truncateTo(3)
    again.append(cycle(4))
    again.close()
    expect(text()).toBe(expected)
    const back = openHistoryLog(dir)
    back.truncateTo(0)
    back.close()
    expect(text()).toBe('')
  })

  it('is not begun by a run that searches nothing, and not read there', () => {
    const log = openHistoryLog(dir)
    log.append(searchedCycle(1, []))
    log.truncateTo(0)
    log.sync()
    log.close()
    expect(existsSync(file())).toBe(false)
    expect(() => [...readHistory(dir)]).toThrow(
      expect.objectContaining({ code: 'stress/no-history' }),
    )
  })

  it('passes over a torn last line, and names one that is no row', () => {
    const log = openHistoryLog(dir)
    log.append(cycle(1))
    log.close()
    appendFileSync(file(), '{"cycle":2,"id"')
    expect([...readHistory(dir)]).toHaveLength(2)
    writeFileSync(file(), '{"cycle":1,"id":"L1"}\n')
    expect(() => [...readHistory(dir)]).toThrow(
      expect.objectContaining({ code: 'run/metrics-damaged', place: 'history.jsonl:1' }),
    )
  })
})
