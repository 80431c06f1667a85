import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AgonError } from '../../core/errors.ts'
import type { ExperimentsClient } from '../../launch/hub/experiments-client.ts'
import type { RunNews, RunView } from '../../launch/hub/run-view.ts'
import { EXIT } from '../../run/exit-codes.ts'
import type { RunListing } from '../../views/listing/run-listing.ts'
import { fake, fakeCommandLine } from '../testing/fake-context.ts'
import { launchCommand } from './launch/launch.ts'
import { psCommand } from './ps/ps.ts'
import { stopCommand } from './stop/stop.ts'
import { watchCommand } from './watch/watch.ts'

let live = ''
let silent = ''
let root = ''
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'agon-control-unit-'))
  live = join(root, 'live')
  silent = join(root, 'silent')
  for (const dir of [live, silent]) mkdirSync(dir)
  writeFileSync(join(live, 'hub.json'), '{}')
})
afterAll(() => rmSync(root, { recursive: true }))

const run: RunView = {
  id: 'ab12',
  name: 'toy',
  status: 'running',
  dir: 'runs/a',
  created: '2026-01-02T03:04:05.000Z',
  spent: { cycles: 3, gradientUpdates: 2, envSteps: 300 },
  budget: { cycles: 10 },
  done: 0.3,
  solvedRate: 0.5,
  epoch: 1,
  actors: [
    { actor: 'student/agent', placement: 'attach', state: 'working', name: 'numpy', epoch: 1 },
  ],
  error: null,
}
const began: RunNews = { kind: 'run', run }
const ended = (change: Partial<RunView>): RunNews => ({ kind: 'run', run: { ...run, ...change } })

/** A server that tells these news, and ends with an error where one is given. */
function server(news: readonly RunNews[], error?: unknown) {
  const calls: string[] = []
  const client: ExperimentsClient = {
    list: async () => [run],
    get: async () => run,
    async stop(id) {
      calls.push(`stop ${id}`)
      return run
    },
    async launch({ set, name }) {
      calls.push(`launch ${name} ${set?.join(' ')}`)
      return run
    },
    async watch(id, hear) {
      calls.push(`watch ${id}`)
      for (const one of news) {
        hear(one)
        await new Promise(setImmediate)
      }
      if (error !== undefined) throw error
    },
    close: () => calls.push('close'),
  }
  return { client, calls }
}

const found = (client: ExperimentsClient, listings: readonly Partial<RunListing>[]) => ({
  experiments: async () => client,
  listRuns: async () => listings as readonly RunListing[],
})
const line = (client: ExperimentsClient, listings: readonly Partial<RunListing>[] = []) =>
  fakeCommandLine([
    fake(watchCommand, { ...found(client, listings), pause: async () => {} }),
    fake(stopCommand, found(client, listings)),
    fake(psCommand, { experiments: async () => client }),
    fake(launchCommand, {
      experiments: async () => client,
      readConfigText: async () => ({ text: 'env: maze', name: 'toy' }),
    }),
  ])

const cycle: RunNews = {
  kind: 'cycle',
  spent: { cycles: 4, gradientUpdates: 3, envSteps: 400 },
  done: 0.4,
  metrics: { cycle: 4, gradient_updates: 3, env_steps: 400, 'agent/solve_rate': 0.25 },
}

describe('agon watch', () => {
  it('shows the run as agon run does, with what becomes of actors, and ends as it ends', async () => {
    const actor = { ...run.actors[0], state: 'lost' } as const
    const { client, calls } = server([
      began,
      cycle,
      { kind: 'actor', actor },
      { kind: 'actor', actor: { ...actor, state: 'opening' } },
      { kind: 'note', of: 'cut', text: 'cut of cycle 4' },
      { kind: 'warning', warning: { code: 'run/x', message: 'look' } },
      ended({ status: 'stopped' }),
    ])
    const command = line(client)
    expect(await command.agon('watch', live, '--run', 'ab12')).toBe(EXIT.stopped)
    expect(calls).toEqual(['watch ab12', 'close'])
    expect(command.terminal.stderr().trimEnd().split('\n')).toEqual([
      'run runs/a',
      'cycle 3/10 · 30 %',
      'student/agent (numpy) is lost, placement attach',
      'warning look [run/x]',
    ])
    expect(command.terminal.stdout().trimEnd().split('\n')).toEqual([
      'stopped    3 cycles, 2 gradient updates, 300 env steps',
      'solved     0.50',
      'directory  runs/a',
    ])
    expect(command.listening()).toBe(0)
  })

  it('ends with the error that the run failed with', async () => {
    const error = { code: 'learner/not-finite', message: 'the loss is NaN' }
    const command = line(server([began, ended({ status: 'failed', error })]).client)
    expect(await command.agon('watch', live, '--json')).toBe(EXIT.failed)
    expect(command.json().map(({ kind }) => kind)).toEqual(['run', 'run', 'error'])
    expect(command.json().at(-1)).toMatchObject(error)
  })

  it('looks for a hub that it has lost, and watches on where it is back', async () => {
    const gone = new AgonError('wire/unavailable', 'connection refused')
    const away = server([], new AgonError('wire/token', 'the token is that of an earlier start'))
    const servers = [
      server([began, cycle], gone),
      server([], gone),
      away,
      server([began, cycle, ended({ status: 'finished' })]),
    ]
    const pauses: number[] = []
    let dialled = 0
    const command = fakeCommandLine([
      fake(watchCommand, {
        experiments: async () => servers[dialled++].client,
        pause: async (ms) => void pauses.push(ms),
      }),
    ])
    expect(await command.agon('watch', live)).toBe(EXIT.ok)
    expect(command.terminal.stderr().trimEnd().split('\n')).toEqual([
      'run runs/a',
      'cycle 3/10 · 30 %',
      'warning runs/a: the stream from the hub broke — it is looked for again, for 10 s [control/broken]',
      'the hub is back',
    ])
    expect(pauses).toEqual([1000, 1000, 1000])
    expect(servers.map(({ calls }) => calls)).toEqual(Array(4).fill(['watch ', 'close']))
  })

  it('gives up after ten tries, and at once where the hub refuses', async () => {
    const gone = new AgonError('wire/unavailable', 'connection refused')
    const refused = new AgonError('wire/overloaded', '64 watch already')
    for (const [then, tries, code] of [
      [gone, 10, 'control/lost'],
      [refused, 1, 'wire/overloaded'],
    ] as const) {
      let dialled = 0
      const command = fakeCommandLine([
        fake(watchCommand, {
          experiments: async () =>
            dialled++ === 0 ? server([began], gone).client : server([], then).client,
          pause: async () => {},
          listRuns: async () => [],
        }),
      ])
      expect(await command.agon('watch', live, '--json')).toBe(EXIT.failed)
      expect(dialled).toBe(tries + 1)
      expect(command.json().map(({ kind }) => kind)).toEqual(['run', 'warning', 'error'])
      expect(command.json().at(-1)).toMatchObject({ code })
    }
  })

  it('says that the hub has gone, and looks at the files where it was never there', async () => {
    const gone = new AgonError('wire/unavailable', 'connection refused')
    const lost = line(server([began], gone).client)
    expect(await lost.agon('watch', live, '--json')).toBe(EXIT.failed)
    expect(lost.json().at(-1)).toMatchObject({ code: 'control/lost', place: 'runs/a' })

    const listing = { ...run, dir: live, status: 'finished' } as const
    const over = line(server([], gone).client, [listing as never])
    expect(await over.agon('watch', live)).toBe(EXIT.ok)
    expect(over.terminal.stdout()).toMatch(/^finished {3}3 cycles/)
    const interrupted = line(server([], gone).client, [
      { ...listing, status: 'interrupted' } as never,
    ])
    expect(await interrupted.agon('watch', live)).toBe(EXIT.failed)
    expect(interrupted.terminal.stderr()).toMatch(/agon resume/)
    expect(await line(server([], gone).client).agon('watch', 'host:1')).toBe(EXIT.failed)
    expect(await line(server([]).client).agon('watch', silent)).toBe(EXIT.usage)
  })

  it('leaves at Ctrl-C and lets the run go on', async () => {
    const { client, calls } = server([])
    const command = line({
      ...client,
      watch: (_, hear) => {
        hear(began)
        return new Promise(() => {})
      },
    })
    const code = command.agon('watch', live)
    await new Promise((resolve) => setTimeout(resolve, 20))
    command.pressCtrlC()
    expect(await code).toBe(EXIT.interrupted)
    expect(calls).toEqual(['close'])
  })
})

describe('agon stop', () => {
  it('watches before it asks, and tells how the run ended', async () => {
    const { client, calls } = server([began, cycle, ended({ status: 'stopped' })])
    const command = line(client)
    expect(await command.agon('stop', live, '--json')).toBe(EXIT.ok)
    expect(calls).toEqual(['watch ', 'stop ', 'close'])
    expect(command.json()).toMatchObject([{ kind: 'run', status: 'stopped' }])
  })

  it('asks and leaves', async () => {
    const { client, calls } = server([began])
    expect(await line(client).agon('stop', live, '--no-wait', '--run', 'x')).toBe(EXIT.ok)
    expect(calls).toEqual(['stop x', 'close'])
  })

  it('fails with what the server refuses, and not because the run ended meanwhile', async () => {
    const { client } = server([began, ended({ status: 'finished' })])
    const refused = (code: string): ExperimentsClient => ({
      ...client,
      stop: async () => {
        throw new AgonError(code, 'no')
      },
    })
    expect(await line(refused('wire/token')).agon('stop', live)).toBe(EXIT.usage)
    expect(await line(refused('wire/unavailable')).agon('stop', live)).toBe(EXIT.ok)
  })
})

describe('agon ps', () => {
  it('puts the actors under their run', async () => {
    const command = line(server([]).client)
    expect(await command.agon('ps', 'host:1')).toBe(EXIT.ok)
    expect(command.terminal.stdout().split('\n')).toEqual([
      'run     id    status   done  cycles  solved',
      'runs/a  ab12  running  30 %       3    0.50',
      '  student/agent  attach  working  numpy',
      '',
    ])
  })
})

describe('agon launch', () => {
  it('sends the config with the name of its file first, so that --set wins', async () => {
    const { client, calls } = server([])
    const command = line(client)
    const code = await command.agon(
      'launch',
      'toy.yaml',
      '--to',
      live,
      '--set',
      'name=x',
      '--name',
      'n',
    )
    expect(code).toBe(EXIT.ok)
    expect(calls).toEqual(['launch n name=toy name=x', 'close'])
    expect(command.terminal.stdout()).toContain(`agon watch ${live} --run ab12`)
    expect(await line(client).agon('launch', 'toy.yaml', '--to', silent)).toBe(EXIT.usage)
  })
})
