import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { LevelSpace } from '../../../envs/contract.ts'
import { buildReport } from '../build-report.ts'
import { frameAt } from '../frame-store.ts'
import { searchSection } from '../sections/search-section.ts'
import { emptyRun, walk } from '../testing/fake-run.ts'
import { attemptRow, FAKE_SPEC, fakeRows } from '../testing/fake-search.ts'
import { besideOwnRandom, besideRandom, besideRun } from './compare-search.ts'
import type { SearchData } from './contract.ts'
import { backdropsOf, drawElites } from './draw-elites.ts'
import { foldSearch } from './fold-search.ts'
import { mapSvg } from './map-svg.ts'
import { pageSearch } from './page-search.ts'
import { readRetests } from './read-retests.ts'
import { readWeaknesses } from './read-weaknesses.ts'

const rows = fakeRows()
const found = foldSearch(FAKE_SPEC, rows)
const space: LevelSpace<number> = {
  ...walk().levels,
  backdrop: (x, y) =>
    x === 'ball_x' && y === 'ball_y'
      ? { picture: '<svg viewBox="0 0 100 50"/>', x: [-2, 2], y: [0, 1] }
      : null,
}
const search: SearchData = {
  ...{ spec: FAKE_SPEC, found, beside: besideOwnRandom(FAKE_SPEC, rows) },
  ...{ retests: [], weaknesses: null },
  elites: drawElites(found.elites, space, () => undefined, []),
  backdrops: backdropsOf(FAKE_SPEC.axes, space),
}
const page = (data: SearchData) => searchSection(data, 0).markup

describe('a search for the page', () => {
  it('is the best of every cell, best first, with the line of its first parents', () => {
    expect(found).toMatchObject({ attempts: 22, scored: 21, cells: 16 })
    expect(found.elites.map(({ id }) => id).slice(0, 3)).toEqual(['L19', 'L18', 'L17'])
    const [best] = found.elites
    expect(best.lineage.map(({ id }) => id)).toEqual(['L19', 'L18', 'L8'])
    expect(best.lineage[2]).toEqual({ id: 'L8', operator: 'generate', objective: 0.08 })
    expect(found.figures.cells).toBe(8)
    expect(found.parts[0].rows.map(({ name, figures }) => [name, figures.cells])).toEqual([
      ['bot_easy', 4],
      ['bot_hard', 4],
    ])
  })

  it('never follows a line in a circle', () => {
    const circle = [attemptRow(1, [0, 0, 0], 1, { parents: ['L1' as never] })]
    expect(foldSearch(FAKE_SPEC, circle).elites[0].lineage.length).toBeLessThan(30)
  })

  it('is compared with random levels at equal cost', () => {
    expect(search.beside).toMatchObject({
      ...{ attempts: 10, only: { searched: 4, randomly: 4 }, better: 0, worse: 0 },
      ahead: [
        { id: 'L19', cell: [1, 1, 1], searched: expect.closeTo(1.1), randomly: null },
        {},
        {},
        {},
      ],
    })
    const twice = besideRandom(FAKE_SPEC, rows.slice(0, 20), rows.slice(0, 10), 'another run')
    expect(twice).toMatchObject({ attempts: 10, better: 0, worse: 0, ahead: [] })
    expect(besideOwnRandom(FAKE_SPEC, rows.slice(0, 15))).toBeNull()
    // Of another grid: where they lie on these axes counts, not their own cells.
    const others = rows.slice(0, 10).map((row) => ({
      ...row,
      cell: [9],
      descriptor: { ...row.descriptor, reference: 'bot_easy' },
    }))
    const beside = besideRun(FAKE_SPEC, rows.slice(0, 10), 'runs/by-chance', others)
    expect(beside).toMatchObject({
      ...{ random: 'the attempts of by-chance', attempts: 10, better: 0, worse: 0 },
      only: { searched: 0, randomly: 0 },
    })
  })

  it('draws each level once, and says which could not be', () => {
    const data = pageSearch(search)
    expect(data.elites.map(({ picture }) => picture)).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
    expect(frameAt(data.pictures!, 0)).toContain('<rect x="19"/>')
    expect(data.backdrops).toMatchObject([{ axes: [0, 1], ratio: 0.5, x: [-2, 2] }])
    const notes: string[] = []
    const odd = found.elites.map((elite) => ({ ...elite, level: new Uint8Array() }))
    expect(drawElites(odd, space, () => 'x.txt', notes)[0]).toMatchObject({ file: 'x.txt' })
    expect(notes).toEqual(['8 levels of the search cannot be drawn: a level is one byte.'])
  })
})

describe('its map as a picture of its own', () => {
  it('has a cell for each elite of each category, on the backdrop', () => {
    const picture = mapSvg(search)
    expect(picture.match(/<title>/g)).toHaveLength(8)
    expect(picture).toContain('bot_hard: 4 levels, mean')
    expect(picture.match(/preserveAspectRatio="none"[^>]* viewBox="0 0 100 50"/g)).toHaveLength(2)
    expect(picture).toContain('1.1 cross-play')
    expect(picture).not.toMatch(/NaN|Infinity|href/)
  })

  it('needs neither a backdrop nor a second axis, and takes any name', () => {
    const [axis] = FAKE_SPEC.axes
    const row = attemptRow(1, null, 1, { cell: [2], id: '<b>"&' as never })
    const spec = { ...FAKE_SPEC, axes: [axis], objective: '<script>' }
    const picture = mapSvg({ ...search, spec, found: foldSearch(spec, [row]), backdrops: [] })
    expect(picture.match(/<title>/g)).toHaveLength(1)
    expect(picture).toContain('&lt;b&gt;&quot;&amp;: 1')
    expect(picture).toContain('&lt;script&gt;')
    expect(picture).not.toMatch(/NaN|Infinity/)
  })
})

describe('its section', () => {
  it('shows figures, the ranking and what random levels did not find', () => {
    const markup = page(search)
    for (const part of [
      '50\u202f%',
      '8 of 16 cells',
      'data-id="L19">L19</button>',
      'ball x -0.5 to 0, ball y 0.5 to 1, reference bot_hard',
      '4 cells were reached by the search alone',
    ])
      expect(markup).toContain(part)
  })

  it('says what is not there yet', () => {
    const nothing = foldSearch(FAKE_SPEC, [])
    expect(page({ ...search, found: nothing, elites: [] })).toContain('No level has been attempted')
    const none = foldSearch(FAKE_SPEC, rows.slice(20))
    expect(page({ ...search, found: none, elites: [] })).toContain('No level has come into a cell')
  })

  it('shows classes of weakness by team', () => {
    const row = { id: 'x', sentence: 'Runs away.', threshold: 'always', where: ['L3.txt'] }
    const weaknesses = {
      ...{ games: 4, teams: ['bot', 'tizero'] as const },
      rows: [{ ...row, sightings: [0, 3] as const, games: [0, 2] as const }],
    }
    const markup = page({ ...search, weaknesses })
    expect(markup).toContain(
      '<td>–</td><td><b>3</b> <small>in 2 games</small></td><td class="told">L3.txt</td>',
    )
  })

  it('reads them beside the search, and says where they cannot be read', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'agon-weaknesses-'))
    const notes: string[] = []
    expect(await readWeaknesses(dir, notes)).toBeNull()
    expect(notes).toEqual([])
    const game = (title: string, count: number) => ({
      ...{ title, seed: 1 },
      found: [{}, { 'sprint-shot': Array.from({ length: count }, () => ({ row: 4, value: 7 })) }],
    })
    const file = { format: 1, teams: ['bot', 'tizero'], games: [game('a', 2), game('b', 0)] }
    writeFileSync(join(dir, 'weaknesses.json'), JSON.stringify(file))
    const read = await readWeaknesses(dir, notes)
    expect(read).toMatchObject({ games: 2, teams: ['bot', 'tizero'] })
    expect(read?.rows).toHaveLength(11)
    expect(read?.rows.find(({ id }) => id === 'sprint-shot')).toMatchObject({
      ...{ sightings: [0, 2], games: [0, 1], where: ['a'] },
    })
    writeFileSync(join(dir, 'weaknesses.json'), JSON.stringify({ ...file, format: 2 }))
    expect(await readWeaknesses(dir, notes)).toBeNull()
    expect(notes).toEqual([expect.stringContaining('weaknesses.json')])
    rmSync(dir, { recursive: true })
  })

  it('shows what is left of the best levels after fresh attempts', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'agon-retests-'))
    const again = { id: 'L19', fresh: 0.4, interval: [0.2, 0.6] }
    const file = {
      ...{ format: 1, axes: FAKE_SPEC.axes, policy: { name: 'tuned' }, repeats: 32 },
      ...{ archived: 1.1, fresh: 0.4, interval: null, levels: [again] },
    }
    writeFileSync(join(dir, 'retest-a.json'), JSON.stringify(file))
    writeFileSync(join(dir, 'retest-b.json'), JSON.stringify({ ...file, axes: [] }))
    writeFileSync(join(dir, 'retest-c.json'), '{')
    const notes: string[] = []
    const retests = await readRetests(dir, FAKE_SPEC.axes, notes)
    expect(retests).toHaveLength(1)
    expect(notes).toEqual([expect.stringContaining('retest-c.json')])
    const markup = page({ ...search, retests })
    expect(markup).toContain('<b>tuned</b> played the best levels again, 32 fresh attempts each')
    expect(markup).toContain('<th>again: tuned</th>')
    expect(markup).toContain('<td><b>0.4</b> <small>0.2 to 0.6</small></td>')
    rmSync(dir, { recursive: true })
  })

  it('is in the report of a run that searched, and in no other', () => {
    expect(buildReport(emptyRun)).not.toContain('startSearch')
    const whole = buildReport({ ...emptyRun, searches: [search] })
    expect(whole).toContain('<a href="#search">')
    expect(whole).toContain('startSearch')
    const nasty = '</script><img src=x onerror=alert(1)>'
    const odd = fakeRows().map((one) => ({
      ...one,
      emitter: nasty,
      id: `${nasty}${one.id}` as never,
    }))
    const broken = foldSearch({ ...FAKE_SPEC, objective: nasty }, odd)
    const elites = drawElites(broken.elites, null, () => undefined, [])
    expect(
      buildReport({
        ...emptyRun,
        searches: [{ ...search, spec: { ...FAKE_SPEC, objective: nasty }, found: broken, elites }],
      }),
    ).not.toContain('<img')
  })
})
