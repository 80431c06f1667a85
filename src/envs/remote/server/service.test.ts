import { afterEach, describe, expect, it } from 'vitest'
import { stream } from '../../../core/random.ts'
import { agon, type Connection, dial, ENVIRONMENTS, listen, newToken } from '../../../wire/index.ts'
import type { Environment } from '../../contract.ts'
import { environment as endless } from '../../fixtures/endless.ts'
import { phrases } from '../../fixtures/phrases.ts'
import { createMaze, type MazeLevel, mazeOptions } from '../../maze/index.ts'
import { allocateStepBuffers } from '../../step-buffers.ts'
import { decodeDescription } from '../description.ts'
import { orderedAsks } from '../ordered-asks.ts'
import { openSteps } from '../step-caller.ts'
import { encodeStream } from '../stream-state.ts'
import { environmentsService, type ServiceOptions } from './service.ts'

const { methods } = ENVIRONMENTS
const maze = createMaze(mazeOptions.parse({ height: 5, width: 6, nWalls: 9 }))
const { levels } = maze

const open: (() => unknown)[] = []
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})

async function connect(
  options: ServiceOptions = {},
  environments: Readonly<Record<string, Environment<unknown>>> = {
    maze: maze as Environment<unknown>,
    other: maze as Environment<unknown>,
  },
): Promise<Connection> {
  const token = newToken()
  const listener = await listen({
    address: { host: '127.0.0.1', port: 0 },
    security: { kind: 'plain' },
    token,
    services: [
      environmentsService(environments, {
        default: 'maze',
        made: { maze: { nWalls: 9 } },
        ...options,
      }),
    ],
  })
  open.push(() => listener.close(0))
  const connection = dial({
    address: `127.0.0.1:${listener.address.port}`,
    token,
    security: { kind: 'plain' },
  })
  open.push(() => connection.close())
  return connection
}

const refusal = (code: string) => expect.objectContaining({ code })

describe('what an environment is', () => {
  it('is told of one without steps too, and of one with actions and no observations refused', async () => {
    const connection = await connect({}, { maze: phrases as Environment<unknown> })
    const told = await connection.unary(methods.describe, {})
    expect(decodeDescription(told, 'there').spec).toEqual(phrases.spec)
    const odd = { ...told, actions: { count: 2, names: [] } }
    expect(() => decodeDescription(odd, 'there')).toThrow(/has no observations/)
  })

  it('arrives as it was told, and an unknown one is named', async () => {
    const connection = await connect()
    const told = await connection.unary(methods.describe, {})
    const { spec, solvedAbove, suites, ...rest } = decodeDescription(told, 'there')
    expect(spec).toEqual(maze.spec)
    expect(solvedAbove).toBe(0)
    expect(suites.map(({ id }) => id)).toEqual(maze.suites)
    expect(suites[0].entries).toEqual(maze.suite(maze.suites[0]).entries.map(({ name }) => name))
    expect(rest).toMatchObject({
      returnRange: [0, 1],
      optionsJson: '{"nWalls":9}',
      drawsStates: true,
    })
    await expect(connection.unary(methods.describe, { environment: 'mase' })).rejects.toMatchObject(
      {
        code: 'environment/unknown',
        fields: { known: ['maze', 'other'], nearest: 'maze' },
      },
    )
  })
})

describe('levels', () => {
  it('are drawn from the stream that the request names, bit for bit', async () => {
    const connection = await connect()
    const here = stream(7, 'adversary', 3)
    here.uniform()
    const answer = await connection.unary(methods.sampleLevels, {
      count: 5,
      stream: encodeStream(here),
    })
    const wanted = Array.from({ length: 5 }, () => levels.encode(levels.sample(here)))
    expect(answer.levels.map((one) => [...one])).toEqual(wanted.map((one) => [...one]))
    expect(answer.streamState).toEqual([...here.save()])
    const simple = { seed: 4, path: ['a', 'b'] }
    const first = await connection.unary(methods.sampleLevels, { count: 2, stream: simple })
    const more = await connection.unary(methods.sampleLevels, { count: 3, stream: simple })
    expect(more.levels.slice(0, 2)).toEqual(first.levels)
    expect(first.streamState).toEqual([])
  })

  it('are changed, described, parsed and drawn as here', async () => {
    const connection = await connect()
    const drawn = Array.from({ length: 4 }, (_, i) => levels.sample(stream('levels', i)))
    const bytes = drawn.map(levels.encode)
    const there = stream(1, 'edit')
    const changed = await connection.unary(methods.mutateLevels, {
      levels: bytes,
      stream: encodeStream(stream(1, 'edit')),
    })
    const wanted = drawn.map((level) => levels.mutate(level, there))
    expect(changed.levels.map((one) => [...one])).toEqual(
      wanted.map(({ level }) => [...levels.encode(level)]),
    )
    expect(changed.operators).toEqual(wanted.map(({ operator }) => operator))
    const described = await connection.unary(methods.describeLevels, {
      levels: [...bytes, Uint8Array.of(1, 2)],
      pictures: true,
    })
    expect(described.levels.slice(0, 4)).toEqual(
      drawn.map((level) =>
        expect.objectContaining({
          obstacle: '',
          key: levels.key(level),
          text: levels.format(level),
          features: levels.features(level),
          picture: levels.draw?.(level),
        }),
      ),
    )
    expect(described.levels[4].obstacle).toMatch(/bytes/)
    const text = drawn.map((level, i) => `name: n${i}\n${levels.format(level)}`).join('\n')
    const parsed = await connection.unary(methods.parseLevels, { text })
    expect(parsed.names).toEqual(['n0', 'n1', 'n2', 'n3'])
    expect(parsed.levels.map((one) => [...one])).toEqual(bytes.map((one) => [...one]))
  })

  it('of a suite are those of its entry and episode', async () => {
    const connection = await connect()
    const [suite] = maze.suites
    const entry = maze.suite(suite).entries[0]
    const { levels: found } = await connection.unary(methods.sampleLevels, {
      count: 1,
      stream: encodeStream(stream('suite')),
      entry: { suite, entry: entry.name, episode: 3 },
    })
    expect([...found[0]]).toEqual([...levels.encode(entry.level(stream('suite'), 3))])
  })

  it('are refused by name', async () => {
    const connection = await connect()
    const { sampleLevels, mutateLevels, parseLevels, drawStates } = methods
    const cases = [
      [connection.unary(sampleLevels, { count: 10_001 }), 'environment/count'],
      [connection.unary(sampleLevels, { stream: { state: [1, 2] } }), 'environment/stream'],
      [
        connection.unary(sampleLevels, { stream: { state: [1, 2, 3, 4, 5, 6, 5] } }),
        'environment/stream',
      ],
      [connection.unary(sampleLevels, { count: 1, entry: { suite: 'no' } }), 'suite/unknown'],
      [
        connection.unary(sampleLevels, { count: 1, entry: { suite: maze.suites[0], entry: 'x' } }),
        'suite/entry/unknown',
      ],
      [connection.unary(mutateLevels, { levels: [Uint8Array.of(9)] }), 'level/corrupt'],
      [connection.unary(parseLevels, { text: '>.?G\n' }), 'level/invalid'],
      [connection.unary(drawStates, { states: [Uint8Array.of(9)] }), 'state/corrupt'],
    ] as const
    for (const [call, code] of cases) await expect(call).rejects.toEqual(refusal(code))
  })
})

describe('a stream of steps', () => {
  const start = (slot: number, round = 0): MazeLevel => levels.sample(stream('start', slot, round))
  const encoded = (of: readonly MazeLevel[]): Uint8Array[] => of.map(levels.encode)
  const actionBytes = (actions: Int32Array): Uint8Array => new Uint8Array(actions.slice().buffer)

  it('answers requests that are sent ahead one for one, in order, as the environment would', async () => {
    const connection = await connect()
    const caller = openSteps(connection)
    const slots = 5
    const here = maze.vector({
      slots,
      autoReset: 'next-level',
      nextLevel: (slot) => levels.sample(stream('next', slot)),
    })
    const buffers = allocateStepBuffers(maze.spec, slots)
    const all = [0, 1, 2, 3, 4]
    const random = stream('actions')
    const actions = Array.from({ length: 300 }, () =>
      Int32Array.from({ length: slots }, () => random.integer(3)),
    )
    const asked = [
      caller.ask({ open: { slots, autoReset: 3 } }),
      caller.ask({
        reset: {
          slots: all,
          levels: encoded(all.map((slot) => start(slot))),
          nextLevels: encoded(all.map((slot) => levels.sample(stream('next', slot)))),
        },
      }),
      ...actions.map((row) =>
        caller.ask({
          act: {
            actions: actionBytes(row),
            nextSlots: all,
            nextLevels: encoded(all.map((slot) => levels.sample(stream('next', slot)))),
          },
        }),
      ),
    ]
    const [opened, reset, ...acted] = await Promise.all(asked)
    expect(opened.rows).toBe(slots)
    here.reset(
      all,
      all.map((slot) => start(slot)),
      buffers.observations,
    )
    const image = (of: agon.v1.StepReply) => [...(of.observations[1].tensor?.data ?? [])]
    expect(reset.observations.map(({ name }) => name)).toEqual(['direction', 'image'])
    expect(image(reset)).toEqual([...buffers.observations.image])
    let began = 0
    acted.forEach((reply, t) => {
      here.step(actions[t], buffers)
      expect(image(reply)).toEqual([...buffers.observations.image])
      expect([...reply.terminated]).toEqual([...buffers.terminated])
      expect(reply.maxSteps).toEqual(reply.began.map((slot) => here.maxSteps(slot)))
      expect(reply.began).toEqual(all.filter((slot) => buffers.terminated[slot] === 1))
      began += reply.began.length
    })
    expect(began).toBeGreaterThan(0)
    caller.close()
  })

  it('gives what was seen last of an episode that is cut, whatever follows, where it is asked for', async () => {
    const clocked = { endless: endless.create({ steps: 3, clock: true, finals: true }) }
    const connection = await connect({ default: 'endless' }, clocked as never)
    const played = async (autoReset: number, finals: boolean) => {
      const caller = openSteps(connection)
      await caller.ask({ open: { slots: 2, autoReset, finals } })
      await caller.ask({ reset: { slots: [0, 1], levels: [Uint8Array.of(2), Uint8Array.of(3)] } })
      const replies: agon.v1.StepReply[] = []
      for (let t = 1; t <= 3; t++)
        replies.push(await caller.ask({ act: { actions: actionBytes(Int32Array.of(1, t % 2)) } }))
      caller.close()
      return replies.map((reply) =>
        reply.finals.map(({ tensor }) => [
          tensor?.shape,
          [...new Float32Array(Uint8Array.from(tensor?.data ?? []).buffer)],
        ]),
      )
    }
    const second = [
      [
        [1, 2],
        [1, 1],
      ],
    ]
    for (const autoReset of [2, 3])
      expect(await played(autoReset, true)).toEqual([
        [],
        second,
        [
          [
            [1, 2],
            [1, 1],
          ],
        ],
      ])
    // A slot that stays ended still says what was seen last there.
    expect(await played(1, true)).toEqual([
      [],
      second,
      [
        [
          [2, 2],
          [1, 1, 1, 1],
        ],
      ],
    ])
    expect(await played(2, false)).toEqual([[], [], []])
    const without = { endless: endless.create({ steps: 3, clock: true, finals: false }) }
    const caller = openSteps(await connect({ default: 'endless' }, without as never))
    await expect(caller.ask({ open: { slots: 1, finals: true } })).rejects.toEqual(
      refusal('environment/unsupported'),
    )
  })

  it('refuses in band and goes on', async () => {
    const connection = await connect({ maxSlots: 8, maxSlotsInAll: 12 })
    const caller = openSteps(connection)
    const refused = async (request: Parameters<typeof caller.ask>[0], code: string) =>
      expect(caller.ask(request), JSON.stringify(request)).rejects.toEqual(refusal(code))
    await refused({ act: { actions: new Uint8Array(8) } }, 'environment/not-open')
    await refused({}, 'environment/request')
    await refused({ open: { slots: 0 } }, 'environment/slots')
    await refused({ open: { slots: 9 } }, 'environment/slots')
    await refused({ open: { slots: 2, environment: 'x' } }, 'environment/unknown')
    await refused({ open: { slots: 2, streams: [{}] } }, 'environment/slots')
    await refused({ open: { slots: 2, autoReset: 9 as never } }, 'environment/request')
    await caller.ask({ open: { slots: 2 } })
    await refused({ open: { slots: 2 } }, 'environment/not-open')
    await refused({ act: { actions: new Uint8Array(8) } }, 'environment/not-reset')
    await refused({ save: { slot: 0 } }, 'environment/not-reset')
    const [level] = encoded([start(0)])
    await refused({ reset: { slots: [0, 0], levels: [level, level] } }, 'environment/slots')
    await refused({ reset: { slots: [2], levels: [level] } }, 'environment/slots')
    await refused({ reset: { slots: [0], levels: [] } }, 'environment/slots')
    await refused({ reset: { slots: [0], levels: [Uint8Array.of(1)] } }, 'level/corrupt')
    const wall = levels.encode({ ...start(0), goal: start(0).agent })
    await refused({ reset: { slots: [0], levels: [wall] } }, 'level/invalid')
    await caller.ask({ reset: { slots: [1, 0], levels: [level, level] } })
    const before = await caller.ask({ save: { slot: 0 } })
    await refused({ act: { actions: new Uint8Array(7) } }, 'environment/actions')
    await refused({ act: { actions: actionBytes(Int32Array.of(0, 7)) } }, 'environment/actions')
    await refused(
      { act: { actions: new Uint8Array(8), nextSlots: [0], nextLevels: [level] } },
      'environment/request',
    )
    await refused({ load: { slot: 0, state: Uint8Array.of(4) } }, 'state/corrupt')
    await refused({ save: { slot: 7 } }, 'environment/slots')
    expect(await caller.ask({ save: { slot: 0 } })).toEqual(before)
    const second = openSteps(connection)
    await second.ask({ open: { slots: 8 } })
    const third = openSteps(connection)
    await expect(third.ask({ open: { slots: 4 } })).rejects.toEqual(refusal('wire/overloaded'))
    second.close()
    await expect
      .poll(
        () =>
          third.ask({ open: { slots: 4 } }).then(
            ({ rows }) => rows,
            () => 0,
          ),
        { timeout: 20_000 },
      )
      .toBe(4)
  })

  it('steps no further than the answers are read', async () => {
    let steps = 0
    const counted: Environment<unknown> = {
      ...(maze as Environment<unknown>),
      vector(options) {
        const env = maze.vector(options as never)
        const step = env.step.bind(env)
        return Object.assign(env, {
          step(...given: Parameters<typeof step>) {
            steps++
            step(...given)
          },
        }) as never
      },
    }
    const connection = await connect({}, { maze: counted })
    const stream = connection.bidi(methods.step)
    stream.on('error', () => {})
    // Until it reads for the first time, the library reads on its behalf.
    stream.once('data', () => stream.pause())
    const slots = 4000
    const all = Array.from({ length: slots }, (_, slot) => slot)
    const [level] = encoded([start(0)])
    stream.write({ open: { slots } })
    stream.write({ reset: { slots: all, levels: all.map(() => level) } })
    // 340 KB each.
    for (let i = 0; i < 400; i++) stream.write({ act: { actions: new Uint8Array(4 * slots) } })
    await expect.poll(() => steps, { timeout: 20_000 }).toBeGreaterThan(0)
    let before = -1
    await expect
      .poll(
        () => {
          const still = steps === before
          before = steps
          return still
        },
        { interval: 300, timeout: 20_000 },
      )
      .toBe(true)
    expect(steps).toBeLessThan(100)
    stream.cancel()
    await expect(connection.unary(methods.describe, {})).resolves.toMatchObject({ id: 'maze' })
  })

  it('ends with a name where the environment itself fails, and frees its slots', async () => {
    const failing: Environment<unknown> = {
      ...(maze as Environment<unknown>),
      vector(options) {
        const env = maze.vector(options as never)
        return Object.assign(env, {
          step() {
            throw new TypeError('of its own')
          },
        }) as never
      },
    }
    const connection = await connect({ maxSlotsInAll: 2 }, { maze: failing })
    for (let round = 0; round < 3; round++) {
      const caller = openSteps(connection)
      await caller.ask({ open: { slots: 2 } })
      const [level] = encoded([start(0)])
      await caller.ask({ reset: { slots: [0, 1], levels: [level, level] } })
      await expect(caller.ask({ act: { actions: new Uint8Array(8) } })).rejects.toMatchObject({
        code: 'environment/broken',
        message: expect.stringContaining('of its own'),
      })
    }
  })

  it('outlives garbage and what is too long', async () => {
    const connection = await connect()
    const random = stream('garbage')
    const raw = {
      ...methods.step,
      request: { encode: (bytes: Uint8Array) => ({ finish: () => Buffer.from(bytes) }) },
    } as never
    const good = agon.v1.StepRequest.encode({ open: { slots: 3 } }).finish()
    for (let i = 0; i < 300; i++) {
      const bytes = Uint8Array.from(good)
      for (let flips = 0; flips <= random.integer(3); flips++)
        bytes[random.integer(bytes.length)] = random.integer(256)
      const asks = orderedAsks<Uint8Array, agon.v1.StepReply>(connection, raw, () => null)
      // Answered in band, or the stream is closed by name.
      await asks.ask(bytes).catch(({ code }) => expect(code).toBe('wire/garbled'))
      asks.close()
    }
    const long = openSteps(connection)
    const level = new Uint8Array(65 * 2 ** 20)
    await expect(long.ask({ reset: { slots: [0], levels: [level] } })).rejects.toEqual(
      refusal('wire/oversize'),
    )
    await expect(connection.unary(methods.describe, {})).resolves.toMatchObject({ id: 'maze' })
  })
})
