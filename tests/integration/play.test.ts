import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { agonData } from '../support/agon-data.ts'
import { jsonHere } from '../support/command-here.ts'
import { FOOTBALL_BUILT } from '../support/football.ts'
import { serve } from '../support/serving.ts'

if (!FOOTBALL_BUILT) console.warn('Skipped: the football simulator was not built on this machine.')
const tizero = agonData('tizero')

const folder = mkdtempSync(join(tmpdir(), 'agon-play-'))
afterAll(() => rmSync(folder, { recursive: true }))

const play = (...args: string[]) => jsonHere(['play', 'football', ...args])
const games = (events: readonly Record<string, unknown>[]) =>
  events.filter(({ kind }) => kind === 'game').sort((a, b) => Number(a.index) - Number(b.index))

describe.skipIf(!FOOTBALL_BUILT)('agon play football', () => {
  it('plays, records and shows games, the same ones for the same seed', async () => {
    const kept = join(folder, 'kept')
    const page = join(folder, 'page.html')
    const seats = ['--left', 'bot:0.95', '--right', 'random', '--seat', 'left.4=idle']
    const size = ['--games', '3', '--steps', '80', '--seed', '5']
    const first = await play(...seats, ...size, '--record', kept, '--replay', page)
    expect(first.code).toBe(0)
    expect(first.events.at(-1)).toMatchObject({
      kind: 'match',
      teams: ['bot 0.95, 4 idle', 'random'],
      games: 3,
      steps: 240,
      replayed: 3,
    })
    expect(games(first.events).map(({ number }) => number)).toEqual([5, 6, 7])
    const second = await play(...seats, ...size, '--slots', '1', '--threads', '1')
    expect(games(second.events)).toEqual(games(first.events))
    expect(readFileSync(page, 'utf8')).toContain('"agon-data"')
    expect(readdirSync(join(kept, 'games'))).toHaveLength(6)
    const rows = gunzipSync(readFileSync(join(kept, 'games/e00.f32.gz')))
    expect(rows.length).toBe(81 * 215 * 4)
    expect(JSON.parse(readFileSync(join(kept, 'games/e01.json'), 'utf8'))).toMatchObject({
      left: 'bot 0.95, 4 idle',
      right: 'random',
      seed: 6,
      episode_number: 6,
      rows: 81,
    })
    const mixed = await play('--steps', '5', '--record', kept)
    expect([mixed.code, mixed.events.at(-1)?.code]).toEqual([2, 'replay/exists'])
    // What was recorded can be looked at, and so can a replay of it.
    const replay = join(folder, 'game.json')
    const stored = await jsonHere(['replay', join(kept, 'games/e00.f32.gz'), '--out', replay])
    expect(stored.events[0]).toMatchObject({
      games: [{ steps: 80, teams: ['bot 0.95, 4 idle', 'random'] }],
    })
    const again = await jsonHere(['replay', replay, replay, '--out', join(folder, 'two.html')])
    expect([again.code, (again.events[0].games as unknown[]).length]).toEqual([0, 2])
  })

  it('plays the levels of a file in turn', async () => {
    const file = join(folder, 'levels.txt')
    const level = (name: string, x: number) =>
      `name: ${name}\nball: ${x} 0\ngameDuration: 12\nleft:\n  GK -1 0\n  CF ${x - 0.02} 0\nright:\n  GK -1 0\n`
    writeFileSync(file, `${level('near', 0.7)}\n${level('far', -0.5)}`)
    const { code, events } = await play('--level', file, '--games', '4', '--seed', '1')
    expect([code, events.at(-1)?.title]).toEqual([0, 'levels.txt'])
    expect(games(events).map(({ steps, end }) => [steps, end])).toEqual(
      new Array(4).fill([13, 'duration']),
    )
    const page = join(folder, 'levels.json')
    const found = join(folder, 'weaknesses.json')
    const told = await play('--level', file, '--seed', '1', '--replay', page, '--weaknesses', found)
    expect(told.events.at(-1)?.weaknesses).toHaveLength(11)
    expect(JSON.parse(readFileSync(found, 'utf8'))).toMatchObject({
      ...{ format: 1, teams: ['bot', 'bot'] },
      games: [{ title: 'levels.txt, far', seed: 1, found: [{}, {}] }],
    })
    const { about } = JSON.parse(readFileSync(page, 'utf8'))
    expect(about).toMatchObject({ title: 'levels.txt, far', teams: [{ roles: ['GK', 'CF'] }, {}] })
    writeFileSync(file, `${level('near', 0.7)}  CF 3 0\n`)
    const bad = await play('--level', file)
    expect([bad.code, bad.events[0].code]).toEqual([2, 'level/invalid'])
    expect(bad.events[0].place).toMatch(/levels\.txt, line 9/)
  })

  it.each([
    [['--left', 'nobody'], 'play/seat'],
    [['--left', join(folder, 'none.onnx')], 'policy/missing'],
    [['--scenario', '12_vs_12'], 'football/scenario'],
    [['--level', join(folder, 'none.txt')], 'level/missing'],
    [['--replay', 'game.pdf'], 'usage/value'],
    [['--seat', 'left.11=idle'], 'play/seat'],
  ])('refuses %j', async (args, code) => {
    const { code: exit, events } = await play('--steps', '5', ...args)
    expect([exit, events.at(-1)?.code]).toEqual([2, code])
  })

  it('makes a page of the recorded episodes of a run, played again', async () => {
    const config = join(folder, 'run.yaml')
    writeFileSync(
      config,
      `env: { id: football, scenario: academy_empty_goal_close, gameDuration: 30 }
adversary: dr
student: { id: ppo, network: { hidden: 8 }, rollout: { envs: 2, steps: 8 } }
evaluation: { suite: 'random:1', final: { suite: 'random:2', episodes: 1 } }
budget: { gradientUpdates: 1 }
`,
    )
    const run = join(folder, 'run')
    expect((await jsonHere(['run', config, '--out', run])).code).toBe(0)
    const page = join(folder, 'run.html')
    const { code, events } = await jsonHere(['replay', run, '--out', page])
    expect(code).toBe(0)
    expect(events[0].games).toEqual([
      {
        title: 'random-0',
        teams: ['agent', 'bot'],
        score: [expect.any(Number), 0],
        steps: expect.any(Number),
      },
      expect.objectContaining({ title: 'random-1' }),
    ])
    // As many rows as were played when it was measured.
    const { slots } = JSON.parse(readFileSync(join(run, 'evaluation.json'), 'utf8'))
    const lengths = slots.agent.final.recordings.map(
      ({ actions }: { actions: number[] }) => actions.length,
    )
    expect((events[0].games as { steps: number }[]).map(({ steps }) => steps)).toEqual(lengths)
    const other = await jsonHere(['replay', folder, '--out', page])
    expect([other.code, other.events[0].code]).toEqual([2, 'replay/missing'])
  })

  it.skipIf(tizero === undefined)('seats a policy that others run, to the same games', async () => {
    const policies = join(folder, 'served')
    await jsonHere(['import', join(tizero!, 'tizero.onnx'), '--out', policies])
    const file = join(policies, 'tizero.onnx')
    const server = await serve(['serve', file, '--listen', '127.0.0.1:0'])
    const address = `kserve://${server.listening.address}/tizero`
    const far = await play('--left', address, '--steps', '30')
    await server.kill()
    const near = await play('--left', file, '--steps', '30')
    expect(far.code).toBe(0)
    expect(games(far.events)).toEqual(games(near.events))
  })

  it('refuses to record other than eleven a side', async () => {
    const args = ['--scenario', '5_vs_5', '--steps', '5', '--record', join(folder, 'five')]
    const { code, events } = await play(...args)
    expect([code, events.at(-1)?.code]).toEqual([2, 'replay/eleven'])
    const page = await play(
      '--scenario',
      '5_vs_5',
      '--steps',
      '5',
      '--replay',
      join(folder, '5.html'),
    )
    expect(page.code).toBe(0)
  })

  it.skipIf(tizero === undefined)('seats released policies, each in its own way', async () => {
    const policies = join(folder, 'policies')
    for (const file of ['tizero.onnx', 'reference-policies/beat_bot.onnx'])
      expect((await jsonHere(['import', join(tizero!, file), '--out', policies])).code).toBe(0)
    const [left, right] = ['tizero.onnx', 'beat_bot.onnx'].map((name) => join(policies, name))
    const kept = join(folder, 'released')
    const args = ['--left', left, '--right', right, '--steps', '120']
    const two = await play(...args, '--games', '2', '--record', kept)
    expect(two.events.at(-1)).toMatchObject({ teams: ['tizero', 'beat_bot'], games: 2 })
    const one = await play(...args, '--seed', '1', '--threads', '4')
    const { index: _, ...alone } = games(one.events)[0]
    expect(games(two.events)[1]).toMatchObject(alone)
    const rows = gunzipSync(readFileSync(join(kept, 'games/e00.f32.gz')))
    const trace = new Float32Array(new Uint8Array(rows).buffer)
    const done = (row: number) => [...trace.subarray(row * 215 + 193, row * 215 + 215)]
    expect([done(0)[0], done(0)[11]]).toEqual([19, 19])
    const chosen = new Set(Array.from({ length: 120 }, (_, row) => done(row)).flat())
    // Twenty outfield players run about: every direction is among what they did.
    for (const direction of [1, 2, 3, 4, 5, 6, 7, 8]) expect(chosen).toContain(direction)
  })
})
