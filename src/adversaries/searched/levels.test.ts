import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { slotId } from '../../core/ids.ts'
import { stream } from '../../core/random.ts'
import type { Adversary } from '../contract.ts'
import { adversary as dr } from '../dr.ts'
import { adversary as definition } from '../levels.ts'
import { adversary as mapElites } from '../map-elites.ts'
import { attempt } from '../testing/fake-student.ts'
import { integerLevels } from '../testing/integer-levels.ts'
import { countsOf } from '../testing/play.ts'
import type { SearchRecord } from './search.ts'

const root = mkdtempSync(join(tmpdir(), 'agon-levels-'))
afterAll(() => rmSync(root, { recursive: true }))

const AGENT = slotId('agent')
const levels = integerLevels(500)
const context = { levels, slots: [AGENT], returnRange: [0, 1] } as const
const AXES = [{ name: 'size', low: 0, high: 500, bins: 5 }]

const make = (options: object): Adversary<SearchRecord> =>
  definition.create(
    definition.options.parse({ signal: 'bound', repeats: 2, ...options }),
    context,
  ) as Adversary<SearchRecord>

function playCycle(adversary: Adversary<SearchRecord>, before: SearchRecord, cycle: number) {
  const random = (...purpose: readonly (string | number)[]) => stream(1, cycle, ...purpose)
  const counts = countsOf([AGENT], 6)
  const { record, batches = [] } = adversary.propose(before, { cycle, counts, random })
  const outcomes = batches.flatMap(attempt)
  return { batches, ...adversary.observe(record, { cycle, outcomes, random }) }
}

/** Texts of the levels attempted. */
function attempted(adversary: Adversary<SearchRecord>, cycles: number, begin = adversary.init()) {
  let record = begin
  return Array.from({ length: cycles }, (_, cycle) => {
    const step = playCycle(adversary, record, cycle)
    record = step.record
    return (step.attempts ?? []).map(({ level }) => levels.format(levels.decode(level)))
  }).flat()
}

const file = join(root, 'levels.txt')
writeFileSync(file, '// found\n\n# first\n40\n\n50\n')
const rows = [
  { cell: [0], objective: 0.25, level: '7' },
  { cell: [1], objective: 0.5, level: '8' },
  { cell: [0], objective: 0.75, level: '9' },
  { cell: [1], objective: 0.5, level: '10' },
  { cell: null, objective: 3, level: '11' },
  { cell: [2], objective: null, level: '12' },
].map((row) => ({ ...row, level: Buffer.from(row.level).toString('base64') }))
writeFileSync(join(root, 'history.jsonl'), `${rows.map((row) => JSON.stringify(row)).join('\n')}\n`)

describe('a fixed set of levels', () => {
  it('is attempted in its order, over and over, with seeds that never come again', () => {
    const adversary = make({ levels: ['1', '2', '3', '4'] })
    expect(attempted(adversary, 3)).toEqual(['1', '2', '3', '4', '1', '2', '3', '4', '1'])
    let record = adversary.init()
    const seeds: number[] = []
    for (let cycle = 0; cycle < 3; cycle++) {
      const step = playCycle(adversary, record, cycle)
      record = step.record
      seeds.push(...step.batches[0].tasks.map(({ seed }) => seed))
      expect(step.metrics?.levels_passes).toBe((3 * (cycle + 1)) / 4)
      expect(step.attempts?.every(({ operator }) => operator === 'replay')).toBe(true)
    }
    expect(new Set(seeds).size).toBe(18)
  })

  it('comes from a list, a file and the elites of a history, the best first', () => {
    const whole = { levels: ['1'], file, history: root }
    expect(attempted(make(whole), 2).slice(0, 5)).toEqual(['1', '40', '50', '9', '8'])
    const best = make({ history: join(root, 'history.jsonl'), top: 1 })
    expect(new Set(attempted(best, 1))).toEqual(new Set(['9']))
  })

  it('goes on from a cut without the files', () => {
    const adversary = make({ file })
    const { record } = playCycle(adversary, adversary.init(), 0)
    const snapshot = structuredClone(adversary.snapshot(record))
    const elsewhere = make({ file: join(root, 'gone.txt') })
    expect(elsewhere.snapshot(elsewhere.restore(snapshot))).toEqual(snapshot)
    expect(attempted(elsewhere, 1, elsewhere.restore(snapshot))).toEqual(['50', '40', '50'])
  })

  it('begins with the elites of a search that it is given, none of them too', () => {
    const options = mapElites.options.parse({ axes: AXES, signal: 'bound', repeats: 1 })
    const search = mapElites.create(options, context) as Adversary<SearchRecord>
    const adversary = make({ levels: ['1'], top: 2 })
    const empty = adversary.restore(search.snapshot(search.init()))
    expect(() => attempted(adversary, 1, empty)).toThrow(
      expect.objectContaining({ code: 'adversary/levels' }),
    )
    let record = search.init()
    for (let cycle = 0; cycle < 6; cycle++) record = playCycle(search, record, cycle).record
    const shown = search.gallery(record, 2).map(({ level }) => levels.format(levels.decode(level)))
    const begun = adversary.restore(structuredClone(search.snapshot(record)))
    expect(attempted(adversary, 1, begun)).toEqual([...shown, shown[0]])
    const other = dr.create(dr.options.parse({}), context)
    expect(() => adversary.restore(other.snapshot(other.init()))).toThrow(
      expect.objectContaining({ code: 'snapshot/foreign' }),
    )
  })

  it('names what cannot be read', () => {
    const refusal = (options: object, code: string) =>
      expect(() => attempted(make(options), 1)).toThrow(expect.objectContaining({ code }))
    refusal({}, 'adversary/levels')
    refusal({ file: join(root, 'gone.txt') }, 'adversary/levels')
    refusal({ history: file }, 'adversary/levels')
    refusal({ levels: ['a wall'] }, 'level/corrupt')
  })
})
