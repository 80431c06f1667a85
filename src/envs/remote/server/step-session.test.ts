import { afterEach, describe, expect, it } from 'vitest'
import { stream } from '../../../core/random.ts'
import { agon, ENVIRONMENTS } from '../../../wire/index.ts'
import type { Environment } from '../../contract.ts'
import { environment as endless } from '../../fixtures/endless.ts'
import type { MazeLevel } from '../../maze/index.ts'
import { allocateStepBuffers } from '../../step-buffers.ts'
import { orderedAsks } from '../ordered-asks.ts'
import { openSteps } from '../step-caller.ts'
import { maze, serveMazes } from './testing/served-mazes.ts'

const { methods } = ENVIRONMENTS
const { levels } = maze
const { connect, close } = serveMazes()
afterEach(close)

const refusal = (code: string) => expect.objectContaining({ code })

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
    for (const open of [{ finals: true }, { departures: true }])
      await expect(caller.ask({ open: { slots: 1, ...open } })).rejects.toEqual(
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

  it('keeps the code of a refusal that is no error of this package, and goes on', async () => {
    const shaped = (code: string) => Object.assign(new Error('not so'), { code, remedy: 'do so' })
    let code = 'state/unsupported'
    const refusing: Environment<unknown> = {
      ...(maze as Environment<unknown>),
      vector(options) {
        const env = maze.vector(options as never)
        return Object.assign(env, {
          save() {
            throw shaped(code)
          },
        }) as never
      },
    }
    const connection = await connect({}, { maze: refusing })
    const caller = openSteps(connection)
    await caller.ask({ open: { slots: 1 } })
    await caller.ask({ reset: { slots: [0], levels: encoded([start(0)]) } })
    for (let round = 0; round < 2; round++)
      await expect(caller.ask({ save: { slot: 0 } })).rejects.toMatchObject({
        ...{ code, message: 'not so', remedy: 'do so' },
      })
    // A code that the contract of environments has no meaning for is what failed.
    code = 'storage/full'
    await expect(caller.ask({ save: { slot: 0 } })).rejects.toMatchObject({
      code: 'environment/broken',
    })
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
