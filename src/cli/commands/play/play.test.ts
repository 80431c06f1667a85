import { describe, expect, it } from 'vitest'
import type { GameResult } from '../../../play/contract.ts'
import { summarise } from '../../../play/summarise.ts'
import { EXIT } from '../../../run/exit-codes.ts'
import { fake, fakeCommandLine } from '../../testing/fake-context.ts'
import { playCommand } from './play.ts'
import type { Played, PlayRequest } from './play-request.ts'

const RESULTS: readonly GameResult[] = [
  {
    index: 0,
    number: 7,
    score: [2, 1],
    goals: [{ step: 9, team: 0 }],
    steps: 3001,
    end: 'duration',
  },
  { index: 1, number: 8, score: [0, 0], goals: [], steps: 3001, end: 'duration' },
]

/** Plays the games above, one a step. */
function service(seen: PlayRequest[], results = RESULTS) {
  return async (request: PlayRequest): Promise<Played> => {
    seen.push(request)
    const ended: GameResult[] = []
    for (const result of results) {
      if (request.watch.stopped()) break
      request.watch.step(3001 * (result.index + 1))
      request.watch.game(result)
      ended.push(result)
    }
    return {
      teams: ['tizero', 'bot 0.95'],
      devices: {},
      title: 'a scenario',
      results: ended,
      summary: ended.length === 0 ? null : summarise(ended),
      ...(request.replay === undefined ? {} : { replayed: ended.length }),
      ...(request.weaknesses === undefined
        ? {}
        : {
            weaknesses: [
              { id: 'own-goal', sightings: [0, 0] },
              { id: 'sprint-shot', sightings: [3, 0] },
            ],
          }),
    }
  }
}

describe('agon play football', () => {
  it('asks for one game of two bots in the usual scenario by default', async () => {
    const seen: PlayRequest[] = []
    const line = fakeCommandLine([fake(playCommand, { playFootball: service(seen) })])
    expect(await line.agon('play', 'football', '--threads', '2')).toBe(EXIT.ok)
    const { watch: _, ...request } = seen[0]
    expect(request).toEqual({
      left: 'bot',
      right: 'bot',
      seats: [],
      level: { scenario: '11_vs_11_stochastic' },
      games: 1,
      seed: 0,
      slots: 16,
      threads: 2,
      device: 'cpu',
      gamesDevice: 'cpu',
      hints: {},
    })
  })

  it('shows goals, wins and games in a table', async () => {
    const seen: PlayRequest[] = []
    const line = fakeCommandLine([fake(playCommand, { playFootball: service(seen) })])
    const argv = ['--left=t.onnx', '--right=bot:0.95', '--games=2', '--seed=7', '--replay=r.html']
    const more = ['--seat=left.1=idle', '--seat', 'right.2=random', '--level', 'l.txt', '--steps=9']
    expect(await line.agon('play', 'football', ...argv, ...more)).toBe(EXIT.ok)
    expect(seen[0]).toMatchObject({
      left: 't.onnx',
      right: 'bot:0.95',
      seats: ['left.1=idle', 'right.2=random'],
      level: { file: 'l.txt' },
      games: 2,
      seed: 7,
      steps: 9,
      replay: 'r.html',
    })
    expect(line.terminal.stdout()).toBe(`a scenario         tizero     bot 0.95
goals a game  1.00 ± 1.00  0.50 ± 0.50
won                     1            0
scored first            1            0
2 games, 1 drawn, 6002 steps in 0.0 s

seed  score  steps  end
   7  2–1     3001  duration
   8  0–0     3001  duration
r.html
`)
  })

  it('counts what the teams showed of the classes of weakness, where it is asked', async () => {
    const seen: PlayRequest[] = []
    const line = fakeCommandLine([fake(playCommand, { playFootball: service(seen) })])
    await line.agon('play', 'football', '--weaknesses', 'found.json')
    expect(seen[0].weaknesses).toBe('found.json')
    expect(line.terminal.stdout()).toMatch(/weakness +tizero +bot 0.95\nsprint-shot +3 +0\n/)
    expect(line.terminal.stdout()).not.toContain('own-goal')
  })

  it('gives each game, then the sum, as JSON', async () => {
    const line = fakeCommandLine([fake(playCommand, { playFootball: service([]) })])
    expect(await line.agon('play', 'football', '--games', '2', '--json')).toBe(EXIT.ok)
    expect(line.json()).toEqual([
      ...RESULTS.map((result) => ({ kind: 'game', ...result })),
      expect.objectContaining({
        kind: 'match',
        teams: ['tizero', 'bot 0.95'],
        games: 2,
        won: [1, 0],
      }),
    ])
  })

  it('ends with the games that have ended on Ctrl-C', async () => {
    const seen: PlayRequest[] = []
    const line = fakeCommandLine([
      fake(playCommand, {
        playFootball: async (request) => {
          line.pressCtrlC()
          return await service(seen)(request)
        },
      }),
    ])
    expect(await line.agon('play', 'football')).toBe(EXIT.stopped)
    expect(line.terminal.stdout()).toBe('no game has ended\n')
    expect(line.listening()).toBe(0)
  })

  it.each([
    [['maze'], 'football can'],
    [['football', '--scenario=a', '--level=b'], 'exclude each other'],
    [['football', '--games=0'], '--games takes a whole number'],
    [[], '<game> is missing'],
  ])('refuses %j', async (argv, words) => {
    const line = fakeCommandLine([fake(playCommand, { playFootball: service([]) })])
    expect(await line.agon('play', ...argv)).toBe(EXIT.usage)
    expect(line.terminal.stderr()).toContain(words)
  })
})
