import { afterEach, describe, expect, it } from 'vitest'
import { stream } from '../../../core/random.ts'
import { dial, listen } from '../../../wire/index.ts'
import type { Environment, StepBuffers, VectorEnv } from '../../contract.ts'
import { environment as endless } from '../../fixtures/endless.ts'
import { hiddenPrize } from '../../fixtures/hidden-prize.ts'
import { environment as pads } from '../../fixtures/pads.ts'
import { phrases } from '../../fixtures/phrases.ts'
import { createMaze, type MazeLevel, mazeOptions } from '../../maze/index.ts'
import { createRacing, racingOptions } from '../../racing/index.ts'
import { allocateStepBuffers } from '../../step-buffers.ts'
import { createWalker, walkerOptions } from '../../walker/index.ts'
import { environmentsService } from '../server/service.ts'
import { type CheckResult, environmentConformance } from './index.ts'

const prizes = hiddenPrize.levels.genome as NonNullable<typeof hiddenPrize.levels.genome>
const maze = createMaze(mazeOptions.parse({ height: 4, width: 5, nWalls: 6, maxSteps: 12 }))
/** The start of some level, whatever has happened since. */
const STATE = (() => {
  const env = maze.vector({ slots: 1, autoReset: 'none' })
  env.reset(
    [0],
    [maze.levels.sample(stream('state'))],
    allocateStepBuffers(maze.spec, 1).observations,
  )
  return env.save(0)
})()

const open: (() => unknown)[] = []
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})

async function examined<L>(environment: Environment<L>): Promise<CheckResult[]> {
  const security = { kind: 'plain' } as const
  const listener = await listen({
    address: { host: '127.0.0.1', port: 0 },
    security,
    token: null,
    services: [environmentsService({ maze: environment as Environment<unknown> })],
  })
  open.push(() => listener.close(0))
  const connection = dial({ address: `127.0.0.1:${listener.address.port}`, security })
  open.push(() => connection.close())
  const results: CheckResult[] = []
  for await (const result of environmentConformance(connection)) results.push(result)
  return results
}

const failures = (results: readonly CheckResult[]) => results.filter(({ ok }) => !ok)

describe('environmentConformance', () => {
  it('finds nothing wrong with the maze', async () => {
    const results = await examined(maze)
    expect(failures(results)).toEqual([])
    expect(results.length).toBeGreaterThan(25)
    expect(new Set(results.map(({ name }) => name)).size).toBe(results.length)
  })

  it('finds nothing wrong with the walker', async () => {
    const results = await examined(createWalker(walkerOptions.parse({ maxSteps: 12 })))
    expect(failures(results)).toEqual([])
    expect(results.length).toBeGreaterThan(25)
  })

  it('finds nothing wrong with car racing', async () => {
    const results = await examined(
      createRacing(racingOptions.parse({ maxSteps: 4, frames: 1, grey: true, crop: true })),
    )
    expect(failures(results)).toEqual([])
    expect(results.length).toBeGreaterThan(25)
  })

  it('finds nothing wrong with several choices at once', async () => {
    const results = await examined(pads.create({}))
    expect(failures(results)).toEqual([])
    expect(results.length).toBeGreaterThan(25)
  })

  const clocked = endless.create({ steps: 5, clock: true, finals: true })

  it('finds nothing wrong with one whose episodes are cut', async () => {
    expect(failures(await examined(clocked))).toEqual([])
  })

  it('names what is wrong with one that gives the first observation for the last', async () => {
    const late: typeof clocked = {
      ...clocked,
      vector(options) {
        const env = clocked.vector?.(options) as VectorEnv<number>
        const step = env.step.bind(env)
        return Object.assign(env, {
          step(actions: Int32Array, out: StepBuffers) {
            step(actions, out)
            out.finals?.seen.set(out.observations.seen as never)
          },
        })
      },
    }
    const failed = failures(await examined(late))
    expect(failed).toEqual([
      expect.objectContaining({
        name: 'finals: an episode that is cut is seen to its last, whatever follows',
        sent: 'act at a cut under same-level',
        expected: expect.stringContaining('as under NONE'),
      }),
    ])
  })

  it('finds nothing wrong with one that hides something and whose levels are points', async () => {
    expect(failures(await examined(hiddenPrize))).toEqual([])
  })

  it.each<[string, Partial<typeof hiddenPrize>, RegExp]>([
    [
      'draws again what is seen',
      { resample: (_, random) => hiddenPrize.levels.sample(random) },
      /^resample: /,
    ],
    [
      'has points that are other levels',
      {
        levels: {
          ...hiddenPrize.levels,
          genome: { ...prizes, toVector: () => Float64Array.of(2, 0) },
        },
      },
      /^genome: /,
    ],
    [
      'takes any operator',
      {
        levels: {
          ...hiddenPrize.levels,
          operators: ['move-prize', 'other'],
        },
      },
      /^operators: /,
    ],
  ])('names what is wrong with one that %s', async (_, changes, wrong) => {
    const failed = failures(await examined({ ...hiddenPrize, ...changes }))
    expect(failed.map(({ name }) => name)).toEqual([expect.stringMatching(wrong)])
  })

  it('examines one without steps by its levels, and that it opens no stream', async () => {
    const results = await examined(phrases)
    expect(failures(results)).toEqual([])
    expect(
      results.map(({ name }) => name).filter((name) => /^(stream|steps|epis)/.test(name)),
    ).toEqual(['stream: an environment without steps opens none'])
  })

  const { levels } = maze
  const withLevels = (changes: Partial<typeof levels>): Environment<MazeLevel> => ({
    ...maze,
    levels: { ...levels, ...changes },
  })
  /** The maze with something done to it after each step. */
  const withSteps = (
    spoil: (out: StepBuffers, slots: number) => void,
    changes: Partial<VectorEnv<MazeLevel>> = {},
  ): Environment<MazeLevel> => ({
    ...maze,
    vector(options) {
      const env = maze.vector(options)
      return {
        slots: env.slots,
        reset: env.reset.bind(env),
        maxSteps: env.maxSteps.bind(env),
        save: env.save.bind(env),
        load: env.load.bind(env),
        step(actions, out) {
          env.step(actions, out)
          spoil(out, env.slots)
        },
        ...changes,
      }
    },
  })
  let draws = 0

  it.each<[string, Environment<MazeLevel>, RegExp]>([
    [
      'draws from no stream',
      withLevels({ sample: () => levels.sample(stream(draws++)) }),
      /^levels: the same request gets the same levels/,
    ],
    [
      'encodes a level in two ways',
      withLevels({ format: (level) => levels.format({ ...level, maxSteps: 3 }) }),
      /^levels: the text form/,
    ],
    [
      'edits a level into one that cannot be attempted',
      withLevels({
        mutate: (level) => ({ level: { ...level, goal: level.agent }, operator: 'edit' }),
      }),
      /^levels: changed ones can be attempted/,
    ],
    [
      'has a feature that is no number',
      withLevels({ features: () => ({ walls: Number.NaN }) }),
      /^levels: features are finite/,
    ],
    [
      'announces bounds that it does not keep',
      {
        ...maze,
        spec: {
          ...maze.spec,
          observations: {
            ...maze.spec.observations,
            direction: { dtype: 'int32', shape: [], low: 0, high: 1 },
          },
        },
      },
      /^steps: replies have the rows, types and bounds/,
    ],
    [
      'calls one end by both names',
      withSteps((out) => out.truncated.set(out.terminated)),
      /^steps: replies have|^episodes: /,
    ],
    [
      'writes the rows in another order',
      withSteps((out) => (out.observations.image as Uint8Array).reverse()),
      /^steps: a row belongs to its slot/,
    ],
    ['never ends', withSteps((out) => out.terminated.fill(0)), /^episodes: end within/],
    [
      'saves but a part of its state',
      withSteps(() => {}, { save: () => STATE }),
      /^episodes: a saved slot goes on/,
    ],
    [
      'shows the end of an episode instead of the next beginning',
      withSteps((out, slots) => {
        for (let slot = 0; slot < slots; slot++)
          if (out.terminated[slot] === 1) (out.observations.direction as Int32Array)[slot] ^= 1
      }),
      /^episodes: (SAME|NEXT)_LEVEL begins/,
    ],
    [
      'seats an agent twice',
      { ...maze, spec: { ...maze.spec, seats: { agent: [0], other: [0] } } },
      /^description: every agent sits in one seat/,
    ],
  ])('names what is wrong with one that %s', async (_, environment, wrong) => {
    const failed = failures(await examined(environment))
    expect(failed.map(({ name }) => name)).toContainEqual(expect.stringMatching(wrong))
    for (const { sent, expected, received } of failed)
      expect([sent, expected, received].every((text) => text !== '')).toBe(true)
  })
})
