import { describe, expect, it } from 'vitest'
import { EXIT } from '../../../run/exit-codes.ts'
import { fake, fakeCommandLine } from '../../testing/fake-context.ts'
import { replayCommand } from './replay.ts'

const GAME = { title: 'a game', teams: ['tizero', 'bot'], score: [1, 0], steps: 9 }

describe('agon replay', () => {
  it('prints where the page is, and what is on it as JSON', async () => {
    const asked: unknown[] = []
    const writeStoredReplay = async (...given: unknown[]) => {
      asked.push(given)
      return { games: [GAME], found: 1 }
    }
    const line = fakeCommandLine([fake(replayCommand, { writeStoredReplay })])
    expect(await line.agon('replay', 'a.json')).toBe(EXIT.ok)
    expect(line.terminal.stdout()).toBe('replay.html\n')
    expect(line.terminal.stderr()).toBe('')
    const json = fakeCommandLine([fake(replayCommand, { writeStoredReplay })])
    expect(await json.agon('replay', 'a.json', 'b.json', '--out', 'b.html', '--json')).toBe(EXIT.ok)
    expect(json.json()).toEqual([{ kind: 'replay', path: 'b.html', games: [GAME], found: 1 }])
    expect(asked).toEqual([
      [['a.json'], 'replay.html'],
      [['a.json', 'b.json'], 'b.html'],
    ])
  })

  it('says how many games of a folder the page leaves out', async () => {
    const line = fakeCommandLine([
      fake(replayCommand, { writeStoredReplay: async () => ({ games: [GAME], found: 3 }) }),
    ])
    expect(await line.agon('replay', 'recorded')).toBe(EXIT.ok)
    expect(line.terminal.stderr()).toContain('a page takes the first 1 of 3 games')
  })
})
