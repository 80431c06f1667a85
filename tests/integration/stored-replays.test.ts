import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { jsonHere } from '../support/command-here.ts'
import { FOOTBALL_BUILT } from '../support/football.ts'

const folder = mkdtempSync(join(tmpdir(), 'agon-stored-'))
afterAll(() => rmSync(folder, { recursive: true }))

const play = (...args: string[]) => jsonHere(['play', 'football', '--steps', '5', ...args])
const replay = (...args: string[]) => jsonHere(['replay', ...args])
const titles = (events: readonly Record<string, unknown>[]) =>
  (events[0].games as { title: string }[]).map(({ title }) => title)
const ONE_GAME = {
  code: 'usage/argument',
  message: 'a .json file holds one game',
  remedy: 'name one game, or write a .html page of several',
}

describe.skipIf(!FOOTBALL_BUILT)('what is written of games', () => {
  const file = join(folder, 'a-file')
  writeFileSync(file, '')
  const taken = join(folder, 'taken.html')
  mkdirSync(taken)

  it.each([
    [['--replay', join(file, 'game.html')]],
    [['--replay', '/proc/agon/game.json']],
    [['--replay', taken]],
    [['--record', file]],
    [['--record', '/proc/agon']],
  ])('is refused before anything is played where it cannot be: %j', async (args) => {
    const { code, events } = await play(...args)
    expect(events).toEqual([
      expect.objectContaining({ code: 'replay/unwritable', remedy: expect.any(String) }),
    ])
    expect(code).toBe(2)
  })

  it('gets the folders that it needs, and no other file', async () => {
    const deep = join(folder, 'deep', 'deeper')
    const { code } = await play('--replay', join(deep, 'game.html'), '--record', join(deep, 'kept'))
    expect(code).toBe(0)
    expect(readdirSync(deep).sort()).toEqual(['game.html', 'kept'])
    expect(readdirSync(join(deep, 'kept', 'games')).sort()).toEqual(['e00.f32.gz', 'e00.json'])
  })

  it('is one game in a .json, and refused for more, when played as when stored', async () => {
    const page = join(folder, 'many.json')
    const { code, events } = await play('--games', '2', '--replay', page)
    expect([code, events]).toEqual([2, [expect.objectContaining(ONE_GAME)]])
    expect(existsSync(page)).toBe(false)
    const one = join(folder, 'one.json')
    expect((await play('--replay', one)).code).toBe(0)
    const both = await replay(one, one, '--out', page)
    expect([both.code, both.events]).toEqual([2, [expect.objectContaining(ONE_GAME)]])
  })
})

describe.skipIf(!FOOTBALL_BUILT)('a folder of recorded games', () => {
  const kept = join(folder, 'recorded')
  const games = join(kept, 'games')

  it('is shown whole, in the order in which they were played', async () => {
    expect((await play('--games', '2', '--record', kept)).code).toBe(0)
    for (const ending of ['f32.gz', 'json'])
      copyFileSync(join(games, `e00.${ending}`), join(games, `e100.${ending}`))
    const page = join(folder, 'recorded.html')
    const { code, events } = await replay(kept, '--out', page)
    expect([code, events[0].found]).toEqual([0, 3])
    const name = '11_vs_11_stochastic'
    expect(titles(events)).toEqual([`${name}, e00`, `${name}, e01`, `${name}, e100`])
    expect(existsSync(page)).toBe(true)
    // So is the folder of the games itself, and beside others.
    expect(titles((await replay(games, '--out', page)).events)).toHaveLength(3)
    expect(
      titles((await replay(kept, join(games, 'e01.json'), '--out', page)).events),
    ).toHaveLength(4)
    const single = await replay(kept, '--out', join(folder, 'recorded.json'))
    expect([single.code, single.events]).toEqual([2, [expect.objectContaining(ONE_GAME)]])
  })

  it('is shown as far as a page goes, with a word on the rest', async () => {
    const many = join(folder, 'many', 'games')
    mkdirSync(many, { recursive: true })
    for (let game = 0; game < 26; game++)
      for (const ending of ['f32.gz', 'json'])
        copyFileSync(join(games, `e00.${ending}`), join(many, `e${game}.${ending}`))
    const { code, events, stderr } = await replay(
      join(folder, 'many'),
      '--out',
      join(folder, 'm.html'),
    )
    expect([code, titles(events).length, events[0].found]).toEqual([0, 24, 26])
    expect(stderr).toContain('the first 24 of 26 games')
  })

  it('that holds none is refused, and one that holds a broken one', async () => {
    const empty = join(folder, 'empty')
    mkdirSync(join(empty, 'games'), { recursive: true })
    const out = ['--out', join(folder, 'none.html')]
    const none = await replay(empty, ...out)
    expect([none.code, none.events[0].code]).toEqual([2, 'replay/missing'])
    writeFileSync(join(empty, 'games', 'e00.f32.gz'), 'no gzip')
    const alone = await replay(empty, ...out)
    expect([alone.code, alone.events[0].code]).toEqual([2, 'replay/missing'])
    copyFileSync(join(games, 'e00.json'), join(empty, 'games', 'e00.json'))
    const broken = await replay(empty, ...out)
    expect([broken.code, broken.events[0].code]).toEqual([4, 'replay/corrupt'])
  })
})
