import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LevelReport } from '../../adversaries/contract.ts'
import { fromUtf8, utf8 } from '../../core/bytes.ts'
import { levelId, slotId, type TaskId, taskId } from '../../core/ids.ts'
import type { Environment } from '../../envs/contract.ts'
import { environment as maze } from '../../envs/maze/index.ts'
import { readLevels } from '../../evaluation/levels-file.ts'
import { attempts } from '../../run/levels/fixtures/attempts.ts'
import { openLevelLog } from '../../run/levels/level-log.ts'
import type { LevelQuery, LevelSelection, SelectedLevel } from './contract.ts'
import { exportLevels } from './export-levels.ts'
import { selectionCsv, selectionLines } from './format-levels.ts'
import { ordered } from './order.ts'
import { isPicture, pictureRows } from './pictures.ts'
import { selectLevels } from './select-levels.ts'

const dir = mkdtempSync(join(tmpdir(), 'agon-levels-view-'))
afterAll(() => rmSync(dir, { recursive: true }))

const AGENT = slotId('agent')
const scored = (
  cycle: number,
  scores: readonly (number | null)[],
  entries: readonly (readonly [number, number])[],
  dropped: readonly number[],
  size: number,
): LevelReport => ({
  slots: [AGENT],
  score: 'max-mc',
  scores: Object.fromEntries(
    scores.flatMap((score, i) =>
      score === null ? [] : [[taskId(cycle, AGENT, i), score] as [TaskId, number]],
    ),
  ),
  archive: {
    ...{ name: 'all', size, dropped: dropped.map(levelId) },
    entries: entries.map(([id, score]) => ({ id: levelId(id), score })),
  },
})
const edit = (parent: number, generation: number) => ({
  train: false,
  lineage: {
    level: levelId(40 + generation),
    parents: [levelId(parent)],
    operator: 'edit',
    generation,
  },
})
const replay = (id: number) => ({
  lineage: { level: levelId(id), parents: [], operator: 'replay', generation: 0 },
})

beforeAll(() => {
  const log = openLevelLog(dir, true)
  const append = (
    cycle: number,
    updates: number,
    levels: readonly number[],
    more: Parameters<typeof attempts>[2],
  ) => log.append({ cycle, updates, attempted: attempts(cycle, levels, more) })
  const fresh = { train: false }
  append(1, 0, [1, 2, 3], {
    ...{ updates: 0, tasks: [fresh, fresh, fresh] },
    levels: [
      scored(
        1,
        [0.1, 0.9, null],
        [
          [1, 0.1],
          [2, 0.9],
        ],
        [],
        2,
      ),
    ],
  })
  append(2, 1, [2, 1], {
    tasks: [replay(2), replay(1)],
    levels: [
      scored(
        2,
        [0.5, 0.4],
        [
          [2, 0.5],
          [1, 0.4],
        ],
        [],
        2,
      ),
    ],
  })
  // Edits: of 2, and of that edit in the cycle after.
  append(3, 1, [41], {
    ...{ updates: 0, tasks: [edit(2, 1)] },
    levels: [scored(3, [0.7], [[41, 0.7]], [1], 2)],
  })
  append(4, 1, [42], {
    ...{ updates: 0, tasks: [edit(41, 2)] },
    levels: [scored(4, [0.2], [], [], 2)],
  })
  append(5, 2, [41, 41], {
    tasks: [replay(41), replay(41)],
    levels: [scored(5, [0.6, 0.65], [[41, 0.65]], [], 2)],
  })
  log.close()
})

const names = (query: LevelQuery) => selectLevels(dir, query).levels.map(({ name }) => name)

describe('levels of an update or a cycle', () => {
  it('are those that the gradient was taken on, with their score then', () => {
    const { levels, cycle, updates, of } = selectLevels(dir, { update: 1, view: 'trained' })
    expect({ cycle, updates, of }).toEqual({ cycle: 2, updates: 1, of: 2 })
    expect(levels).toMatchObject([
      { name: 'L2', kind: 'replay', trained: true, since: 1, score: 0.5, scored: 'max-mc' },
      { name: 'L1', kind: 'replay', trained: true, since: 1, score: 0.4 },
    ])
    expect(levels[0].attempt).toEqual({ seed: 14, episodes: 1, return: 2, solved: 1, length: 4 })
    expect(levels.map(({ level }) => [...level])).toEqual([[2], [1]])
  })

  it('are those that were kept after it, as they stood', () => {
    const kept = (cycle: number) =>
      selectLevels(dir, { cycle }).levels.map(({ name, score }) => [name, score])
    expect(kept(1)).toEqual([
      ['L2', 0.9],
      ['L1', 0.1],
    ])
    expect(kept(2)).toEqual([
      ['L2', 0.5],
      ['L1', 0.4],
    ])
    expect(kept(3)).toEqual([
      ['L41', 0.7],
      ['L2', 0.5],
    ])
    expect(kept(4)).toEqual(kept(3))
    expect(kept(5)).toEqual([
      ['L41', 0.65],
      ['L2', 0.5],
    ])
  })

  it('have their lineage back to the generated level', () => {
    const [level] = selectLevels(dir, { cycle: 4, view: 'attempted' }).levels
    expect(level).toMatchObject({ name: 'L42', kind: 'edit', generation: 2, trained: false })
    expect(level.ancestry.map(({ name, since, level }) => [name, since, ...level])).toEqual([
      ['L41', 3, 41],
      ['L2', 1, 2],
    ])
    const [replayed] = selectLevels(dir, { update: 2, view: 'trained' }).levels
    expect(replayed).toMatchObject({ name: 'L41', since: 3, score: 0.65 })
  })

  it('are of the newest row, or the newest gradient, where none is named', () => {
    expect(selectLevels(dir, {}).cycle).toBe(5)
    expect(selectLevels(dir, { view: 'trained' }).cycle).toBe(5)
    expect(selectLevels(dir, { cycle: 3, view: 'trained' })).toMatchObject({
      levels: [],
      notes: ['No gradient was taken in cycle 3.'],
    })
    expect(names({ cycle: 1, view: 'attempted' })).toEqual(['L2', 'L1', 'L3'])
    expect(names({ cycle: 1, view: 'attempted', top: 'return', limit: 1 })).toEqual(['L3'])
    expect(names({ cycle: 5, top: 'age' })).toEqual(['L2', 'L41'])
  })

  it.each([
    [{ update: 3 }, 'levels/update', /updates 1 to 2/],
    [{ cycle: 9 }, 'levels/cycle', /cycles 1 to 5/],
    [{ top: 'regert' }, 'levels/order', /did you mean 'regret'/],
    [{ slot: 'agnet' }, 'usage/slot', /agent/],
  ] as const)('refuses %o', (query, code, remedy) => {
    expect(() => selectLevels(dir, query)).toThrow(
      expect.objectContaining({ code, remedy: expect.stringMatching(remedy) }),
    )
  })

  it('says what a log that begins in the middle of a run cannot tell', () => {
    const late = mkdtempSync(join(dir, 'late-'))
    const log = openLevelLog(late, true)
    const report = scored(7, [0.3], [[9, 0.3]], [], 5)
    log.append({ cycle: 7, updates: 4, attempted: attempts(7, [9], { levels: [report] }) })
    log.close()
    const { levels, notes } = selectLevels(late, {})
    expect(levels).toHaveLength(1)
    expect(notes).toEqual([
      'The log begins with cycle 7: it does not tell 4 of the 5 levels that were kept.',
    ])
    expect(() => selectLevels(late, { update: 3 })).toThrow(/no update 3/)
    expect(selectLevels(late, { update: 4 }).cycle).toBe(7)
  })
})

describe('the order', () => {
  const level = (score: number | null, scored = 'random') =>
    ({ scored, score, generation: 1, since: 1 }) as SelectedLevel
  it('takes regret only where the score estimates one, and no score for none', () => {
    expect(() => ordered([level(1)], 'regret', 1)).toThrow(/random, which estimates no regret/)
    const { scored: _, score: __, ...unscored } = level(1)
    expect(() => ordered([unscored as SelectedLevel], 'regret', 1)).toThrow(/tells no score/)
  })
  it('puts levels without the number last and leaves equals as they are', () => {
    const levels = [level(null, 'a'), level(1, 'a'), level(null, 'a'), level(2, 'a')]
    expect(ordered(levels, 'regret', 1)).toEqual([levels[3], levels[1], levels[0], levels[2]])
  })
})

describe('for people and files', () => {
  const { levels: space } = maze.create(maze.options.parse({}))
  const text = '.#.\n.^.\n..G\n'
  const level = space.parse(text)
  let selection: LevelSelection
  beforeAll(() => {
    const chosen = selectLevels(dir, { cycle: 4 })
    const bytes = space.encode(level)
    selection = { ...chosen, levels: chosen.levels.map((one) => ({ ...one, level: bytes })) }
  })

  it('a table with pictures beside each other', () => {
    expect(selectionLines(selection, [text, text], 80)).toEqual([
      '2 levels kept after cycle 4 (1 update), by score',
      '   level  kind  operator  from  edits  trained  since  max-mc  return  solved  episodes',
      '1  L41    edit  edit      L2        1  no           3    0.70       –       –         –',
      '2  L2     new   generate  –         0  no           1    0.50       –       –         –',
      '',
      '1 L41   2 L2',
      '.#.     .#.',
      '.^.     .^.',
      '..G     ..G',
    ])
    expect(
      pictureRows(
        [
          { title: 'a', text },
          { title: 'b', text },
        ],
        8,
      ),
    ).toHaveLength(10)
    expect(isPicture('seed: 1\nn: 2\nmore: 3')).toBe(false)
    expect(isPicture('ab\n\x1b[\nab')).toBe(false)
  })

  it('a line of CSV for each', () => {
    expect(selectionCsv(selection).split('\n').slice(0, 2)).toEqual([
      'cycle,updates,rank,level,slots,kind,operator,parents,generation,trained,since,scored,score,return,solved,length,episodes,seed,digest',
      `4,1,1,L41,,edit,edit,L2,1,false,3,max-mc,0.7,,,,,,${selection.levels[0].digest}`,
    ])
  })

  it('files that give the levels back under their names', () => {
    const folder = join(dir, 'out')
    const written = exportLevels(folder, selection, { levels: space } as Environment<unknown>)
    expect(written.map((path) => path.slice(folder.length + 1))).toEqual([
      'levels.txt',
      '01-L41.txt',
      '02-L2.txt',
      'levels.json',
    ])
    for (const [file, names] of [
      [written[0], ['01-L41', '02-L2']],
      [written[2], ['02-L2']],
    ] as const) {
      const read = readLevels(readFileSync(file, 'utf8'), space)
      expect(Object.keys(read)).toEqual(names)
      for (const bytes of Object.values(read))
        expect(Buffer.from(bytes)).toEqual(Buffer.from(selection.levels[0].level))
    }
    const told = JSON.parse(readFileSync(written[3], 'utf8'))
    expect(told).toMatchObject({
      cycle: 4,
      levels: [{ name: '01-L41', ancestry: [{ name: 'L2' }] }, {}],
    })
  })

  it('files of another program that plays them, in a folder of their own', () => {
    const foreign = {
      folder: 'theirs',
      file: (_: unknown, name: string) => ({ name: `${name}.map`, text: `map ${name}` }),
    }
    const folder = join(dir, 'foreign')
    const levels = { ...space, foreign }
    exportLevels(folder, selection, { levels } as unknown as Environment<unknown>)
    expect(readFileSync(join(folder, 'theirs/02-L2.map'), 'utf8')).toBe('map 02-L2')
  })

  it('an error where the text form gives no level back', () => {
    const odd = { ...space, format: () => 'no level', decode: () => level }
    expect(() =>
      exportLevels(join(dir, 'odd'), selection, { levels: odd } as unknown as Environment<unknown>),
    ).toThrow(expect.objectContaining({ code: 'levels/form' }))
    const prompts = {
      ...{ format: (one: unknown) => String(one), parse: (one: string) => one },
      ...{ encode: utf8, decode: fromUtf8, validate: () => null },
    }
    const poem = { ...selection.levels[0], level: utf8('a\n\nb') }
    expect(() =>
      exportLevels(join(dir, 'odd'), { ...selection, levels: [poem] }, {
        levels: prompts,
      } as unknown as Environment<unknown>),
    ).toThrow(/cannot be written as a file of levels/)
  })
})
