import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AgonError } from '../../core/errors.ts'
import { actorLedger } from '../../run/actor-states.ts'
import { DEFAULT_HUB } from '../../run/config/default-hub.ts'
import type { ProgressEvent } from '../../run/contract.ts'
import { type agon, dial, EXPERIMENTS, readTokenFile, resolveTarget } from '../../wire/index.ts'
import { MOST_WAITING } from './news-stream.ts'
import { openRunHub, type RunHub } from './run-hub.ts'
import { deafWatcher } from './testing/deaf-watcher.ts'

const { get, list, stop, launch, watch } = EXPERIMENTS.methods
const spent = { cycles: 0, gradientUpdates: 0, envSteps: 0 }
const cycle = (cycles: number): ProgressEvent => ({
  kind: 'cycle',
  spent: { cycles, gradientUpdates: cycles, envSteps: cycles * 100 },
  done: cycles / 10,
  metrics: {
    cycle: cycles,
    gradient_updates: cycles,
    env_steps: cycles * 100,
    'agent/entropy': 1.5,
    'adversary/score': 0.25,
  },
  timings: { cycle: cycles, epoch: 1, cycle_ms: 1, wall_ms: 1 },
})

let folder = ''
let hub: RunHub
const open: (() => unknown)[] = []
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'agon-run-hub-'))
  hub = await openRunHub({
    config: DEFAULT_HUB,
    run: {
      id: 'abc123',
      name: 'first',
      directory: folder,
      created: '2026-01-02T03:04:05.000Z',
      budget: { cycles: 10 },
      spent,
    },
    actors: actorLedger(),
    services: [],
    env: {},
  })
  open.push(() => hub.close())
})
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
  rmSync(folder, { recursive: true })
})

function caller(stopped: () => void = () => {}) {
  const { file } = hub.publish(stopped)
  const connection = dial(resolveTarget(file, { env: {} }))
  open.push(() => connection.close())
  return connection
}

/** All events of a watch and how it ended. */
function watching(connection: ReturnType<typeof dial>, request: agon.v1.WatchRequest.$Properties) {
  const events: agon.v1.RunEvent[] = []
  let refused = false
  const stream = connection.serverStream(watch, request)
  const ended = new Promise<unknown>((resolve) => {
    stream.on('data', (event) => events.push(event))
    stream.on('error', (error) => {
      refused = true
      resolve(error)
    })
    stream.on('end', () => resolve(null))
  })
  return { events, ended, stream, refused: () => refused }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5))
}

describe('the hub of a run', () => {
  it('shows the run as it is', async () => {
    const connection = caller()
    hub.on(cycle(3))
    hub.actors.note('student/agent', { placement: 'local', state: 'working', epoch: 1 })
    const run = await connection.unary(get, {})
    expect(run).toMatchObject({
      id: 'abc123',
      name: 'first',
      directory: folder,
      status: 'running',
      cycles: 3,
      envSteps: 300,
      done: 0.3,
      solvedRate: null,
      createdMs: Date.parse('2026-01-02T03:04:05.000Z'),
      budget: { cycles: 10 },
      actors: [{ actor: 'student/agent', placement: 'local', state: 'working', epoch: 1 }],
    })
    expect((await connection.unary(list, {})).runs).toEqual([run])
    expect(await connection.unary(get, { run: 'abc123' })).toEqual(run)
  })

  it('refuses other runs and launching by name', async () => {
    const connection = caller()
    await expect(connection.unary(get, { run: 'other' })).rejects.toMatchObject({
      code: 'run/unknown',
    })
    await expect(connection.unary(launch, {})).rejects.toMatchObject({ code: 'control/no-launch' })
    const { ended } = watching(connection, { run: 'other' })
    expect(await ended).toMatchObject({ details: expect.stringMatching(/^run\/unknown: /) })
  })

  it('tells watchers what happens, first the state and last the end', async () => {
    const connection = caller()
    hub.on(cycle(1))
    const all = watching(connection, {})
    const some = watching(connection, { metrics: ['agent/', 'no-such'] })
    await until(() => all.events.length === 1 && some.events.length === 1)
    expect(all.events[0].run).toMatchObject({ status: 'running', cycles: 1 })
    hub.on(cycle(2))
    hub.actors.note('adversary', { placement: 'thread', state: 'lost', epoch: 1 })
    hub.on({ kind: 'warning', warning: { code: 'run/x', message: 'look', fields: { a: 1 } } })
    hub.on({ kind: 'cut', cycle: 2, path: join(folder, 'cuts/2') })
    hub.fail(new AgonError('learner/not-finite', 'the loss is NaN'))
    expect(await all.ended).toBe(null)
    expect(all.events.slice(1)).toMatchObject([
      {
        event: 'metrics',
        metrics: {
          cycle: 2,
          envSteps: 200,
          done: 0.2,
          values: { 'agent/entropy': 1.5, 'adversary/score': 0.25 },
        },
      },
      { event: 'actor', actor: { actor: 'adversary', state: 'lost' } },
      { event: 'warning', warning: { code: 'run/x', message: 'look', fieldsJson: '{"a":1}' } },
      { event: 'note', note: { kind: 'cut', text: 'cut of cycle 2' } },
      { event: 'run', run: { status: 'failed', cycles: 2, error: { code: 'learner/not-finite' } } },
    ])
    expect(await some.ended).toBe(null)
    expect(some.events[1].metrics?.values).toEqual({ 'agent/entropy': 1.5 })
  })

  it('stops when asked to', async () => {
    let stops = 0
    const connection = caller(() => {
      stops += 1
    })
    expect(await connection.unary(stop, {})).toMatchObject({ id: 'abc123', status: 'running' })
    expect(stops).toBe(1)
  })

  it('waits for no watcher that never reads', async () => {
    const connection = caller()
    const reading = watching(connection, {})
    const deaf = await deafWatcher(hub.address, readTokenFile(join(folder, 'hub.token')))
    await until(() => reading.events.length === 1)
    const rows = 5 * MOST_WAITING
    for (let i = 1; i <= rows; i++) {
      hub.on(cycle(i))
      if (i % 100 === 0) await new Promise(setImmediate)
    }
    hub.end('stopped')
    expect(await reading.ended).toBe(null)
    const cycles = reading.events.flatMap(({ metrics }) => metrics?.cycle ?? [])
    expect(cycles.at(-1)).toBe(rows)
    expect(reading.events.at(-1)?.run?.status).toBe('stopped')
    deaf.destroy()
  })

  it('takes so many watchers and no more', async () => {
    const connection = caller()
    const many = Array.from({ length: 64 }, () => watching(connection, {}))
    await until(() => many.every(({ events }) => events.length === 1))
    expect(await watching(connection, {}).ended).toMatchObject({
      details: expect.stringMatching(/^wire\/overloaded: /),
    })
    many[0].stream.cancel()
    // The hub hears of it a little later.
    let late = watching(connection, {})
    await until(() => {
      const left = late.refused()
      if (left) late = watching(connection, {})
      return late.events.length === 1
    })
    late.stream.cancel()
  })
})
