import { afterEach, describe, expect, it } from 'vitest'
import { stream } from '../../../core/random.ts'
import type { TensorSpec } from '../../../core/tensor.ts'
import { type Connection, DM_ENV_RPC, dial, dmEnvRpc, listen } from '../../../wire/index.ts'
import type { Environment } from '../../contract.ts'
import { environment as endless } from '../../fixtures/endless.ts'
import { environment as pads } from '../../fixtures/pads.ts'
import { phrases } from '../../fixtures/phrases.ts'
import { createMaze, type MazeLevel, mazeOptions } from '../../maze/index.ts'
import { allocateStepBuffers } from '../../step-buffers.ts'
import { orderedAsks } from '../ordered-asks.ts'
import { dmEnvRpcBackend } from './backend.ts'
import { dialledSpecs } from './dialled-specs.ts'
import { dmEnvRpcService } from './service.ts'
import { encodeDmSpec } from './tensors.ts'

const maze = createMaze(mazeOptions.parse({ height: 4, width: 4, nWalls: 4, maxSteps: 9 }))
const { levels } = maze
const { RUNNING, TERMINATED, INTERRUPTED } = dmEnvRpc.v1.EnvironmentStateType
const open: (() => unknown)[] = []
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})

async function connect(
  maxWorlds?: number,
  world: Environment<unknown> = maze as Environment<unknown>,
): Promise<Connection> {
  const security = { kind: 'plain' } as const
  const listener = await listen({
    address: { host: '127.0.0.1', port: 0 },
    security,
    token: null,
    services: [dmEnvRpcService(world, maxWorlds === undefined ? {} : { maxWorlds })],
  })
  open.push(() => listener.close(0))
  const connection = dial({ address: `127.0.0.1:${listener.address.port}`, security })
  open.push(() => connection.close())
  return connection
}

type Request = dmEnvRpc.v1.EnvironmentRequest.$Properties
type Reply = dmEnvRpc.v1.EnvironmentResponse

/** A client that knows the protocol and nothing else: answers as they come, errors among them. */
function client(connection: Connection): (request: Request) => Promise<Reply> {
  const asks = orderedAsks<Request, Reply>(connection, DM_ENV_RPC.methods.process, () => null)
  open.push(() => asks.close())
  return (request) => asks.ask(request)
}

const levelOf = (seed: number): MazeLevel => levels.sample(stream('dm', seed))
const levelSetting = (level: MazeLevel) => {
  const array = levels.encode(level)
  return { level: { uint8s: { array }, shape: [array.length] } }
}
/** Ids: direction 1, image 2, reward 3, discount 4. */
const requestedObservations = [1, 2, 3, 4]
const step = (action?: number): Request => ({
  step: {
    requestedObservations,
    ...(action === undefined ? {} : { actions: { 1: { int32s: { array: [action] } } } }),
  },
})

describe('the served side', () => {
  it('makes no world where there is nothing to step', async () => {
    const ask = client(await connect(undefined, phrases as Environment<unknown>))
    const { error } = await ask({ createWorld: { settings: {} } })
    expect(error?.message).toMatch(/^env\/no-steps: the environment 'phrases' has levels and no/)
  })

  it('has the numbers of the protocol, byte for byte', async () => {
    const raw = {
      encode: (bytes: Uint8Array) => ({ finish: () => Buffer.from(bytes) }),
      decode: (bytes: Uint8Array) => Buffer.from(bytes).toString('hex'),
    }
    const connection = await connect()
    const { process } = DM_ENV_RPC.methods
    const asks = orderedAsks<Uint8Array, string>(
      connection,
      { ...process, request: raw, answer: raw } as never,
      () => null,
    )
    open.push(() => asks.close())
    const send = (hex: string): Promise<string> => asks.ask(Buffer.from(hex, 'hex'))
    const hex = (text: string): string => Buffer.from(text).toString('hex')
    const name = `0a07${hex('world-1')}`
    // create_world = 1 {} is answered with create_world = 1 { world_name = 1 }.
    expect(await send('0a00')).toBe(`0a09${name}`)
    // join_world = 2 { world_name = 1 }.
    const joined = await send(`1209${name}`)
    expect(joined).toMatch(/^12/)
    for (const one of ['action', 'direction', 'image', 'reward']) expect(joined).toContain(hex(one))
    // step = 3 { requested_observations = 2: [3] } → step = 3 { state = 1: RUNNING, observations = 2 { 3: floats } }.
    expect(await send('1a03120103')).toMatch(/^1a..0801.*12..0803/)
    // leave_world = 6 {}, destroy_world = 7 { world_name = 1 }.
    expect(await send('3200')).toBe('3200')
    expect(await send(`3a09${name}`)).toBe('3a00')
    // error = 16 { code = 1: NOT_FOUND, message = 2 }.
    const gone = await send(`3a09${name}`)
    expect(gone).toMatch(/^8201..0805/)
    expect(gone).toContain(hex('environment/world/unknown: '))
    // extension = 15 is UNIMPLEMENTED here.
    expect(await send('7a00')).toMatch(/^8201..080c/)
  })

  it('plays sequences as the maze does', async () => {
    const ask = client(await connect())
    const level = levelOf(1)
    const { createWorld } = await ask({ createWorld: { settings: levelSetting(level) } })
    const { joinWorld } = await ask({ joinWorld: { worldName: createWorld?.worldName } })
    expect(joinWorld?.specs?.actions).toMatchObject({
      1: { name: 'action', min: { int32: 0 }, max: { int32: 6 }, dtype: 4 },
    })
    expect(
      Object.values(joinWorld?.specs?.observations ?? {}).map(({ name, shape }) => [name, shape]),
    ).toEqual([
      ['direction', []],
      ['image', [5, 5, 3]],
      ['reward', []],
      ['discount', []],
    ])
    const here = maze.vector({ slots: 1, autoReset: 'none' })
    const out = allocateStepBuffers(maze.spec, 1)
    const random = stream('dm actions')
    let ends = 0
    let running = false
    for (let t = 0; t < 60; t++) {
      const action = random.integer(3)
      const { step: found } = await ask(step(action))
      if (running) here.step(Int32Array.of(action), out)
      else here.reset([0], [level], out.observations)
      if (!running) for (const result of [out.rewards, out.terminated]) result.fill(0)
      const over = out.terminated[0] === 1
      expect(found?.state).toBe(over ? TERMINATED : RUNNING)
      expect([...(found?.observations[2].uint8s?.array ?? [])]).toEqual([...out.observations.image])
      expect(found?.observations[1].int32s?.array).toEqual([...out.observations.direction])
      expect(found?.observations[3].floats?.array).toEqual([...out.rewards])
      expect(found?.observations[4].floats?.array).toEqual([over ? 0 : 1])
      running = !over
      ends += over ? 1 : 0
    }
    expect(ends).toBeGreaterThan(2)
  })

  it('resets, interrupts, leaves and destroys', async () => {
    const connection = await connect()
    const [ask, other] = [client(connection), client(connection)]
    const { createWorld } = await ask({
      createWorld: { settings: { seed: { int64s: { array: [5] } } } },
    })
    const worldName = createWorld?.worldName ?? ''
    await ask({ joinWorld: { worldName } })
    const image = (reply: Reply) => [...(reply.step?.observations[2].uint8s?.array ?? [])]
    const first = image(await ask(step()))
    await ask(step(2))
    expect((await ask({ reset: {} })).reset).not.toBeNull()
    expect((await ask(step())).step?.state).toBe(RUNNING)
    // The seed again: the sequence that it began with.
    await ask({ reset: { settings: { seed: { int32s: { array: [5] } } } } })
    expect(image(await ask(step()))).toEqual(first)
    const changed = await other({ resetWorld: { worldName, settings: levelSetting(levelOf(2)) } })
    expect(changed.resetWorld).not.toBeNull()
    expect((await ask(step(1))).step?.state).toBe(INTERRUPTED)
    expect((await ask(step(1))).step?.state).toBe(RUNNING)
    expect((await other({ joinWorld: { worldName } })).error).toMatchObject({ code: 9 })
    expect((await ask({ destroyWorld: { worldName } })).error).toMatchObject({ code: 9 })
    expect((await ask({ leaveWorld: {} })).leaveWorld).not.toBeNull()
    expect((await ask(step())).error).toMatchObject({ code: 9 })
    expect((await other({ joinWorld: { worldName } })).joinWorld).not.toBeNull()
    await other({ leaveWorld: {} })
    expect((await ask({ destroyWorld: { worldName } })).destroyWorld).not.toBeNull()
    expect((await ask({ joinWorld: { worldName } })).error).toMatchObject({ code: 5 })
  })

  it('answers what is wrong in band, by name', async () => {
    const ask = client(await connect(2))
    const refused = async (request: Request) => (await ask(request)).error?.message
    const text = (array: string[]) => ({ level: { strings: { array } } })
    expect(await refused({ createWorld: { settings: { size: {} } } })).toMatch(
      /^environment\/setting: /,
    )
    expect(await refused({ createWorld: { settings: { seed: {} } } })).toMatch(
      /^environment\/setting: /,
    )
    expect(await refused({ createWorld: { settings: text(['>?G']) } })).toMatch(/^level\/invalid: /)
    const bytes = { level: { uint8s: { array: Uint8Array.of(1) } } }
    expect(await refused({ createWorld: { settings: bytes } })).toMatch(/^level\/corrupt: /)
    await ask({ createWorld: { settings: text(['>..\n..G\n']) } })
    await ask({ joinWorld: { worldName: 'world-1' } })
    await ask(step())
    expect(await refused(step(7))).toMatch(/^environment\/actions: /)
    expect(await refused({ step: { actions: { 4: {} } } })).toMatch(/^environment\/actions: /)
    expect(await refused({ step: { actions: { 1: { floats: { array: [1] } } } } })).toMatch(
      /^wire\/tensor: /,
    )
    expect(await refused({ step: { requestedObservations: [9] } })).toMatch(
      /^environment\/observation: /,
    )
    expect(await refused({ readProperty: { keys: ['x'] } })).toMatch(
      /^environment\/property\/unknown: /,
    )
    expect((await ask({ listProperty: {} })).listProperty?.properties).toEqual({})
    await ask({ createWorld: {} })
    expect((await ask({ createWorld: {} })).error).toMatchObject({ code: 8 })
    expect((await ask(step(0))).step?.state).toBe(RUNNING)
  })
})

describe('the dialling side', () => {
  it('plays the served side as the maze itself', async () => {
    const backend = dmEnvRpcBackend(await connect())
    const told = await backend.call('describe', {})
    expect(told).toMatchObject({ id: 'dm_env_rpc', actions: { count: 7 }, agents: 1 })
    expect(Object.keys(told.observations ?? {}).sort()).toEqual(['direction', 'image'])
    const slots = [0, 1, 2]
    const starts = slots.map((slot) => levelOf(slot))
    const vector = await backend.open({ slots: 3, autoReset: 2 }, 3)
    const here = maze.vector({ slots: 3, autoReset: 'same-level' })
    const out = allocateStepBuffers(maze.spec, 3)
    here.reset(slots, starts, out.observations)
    const image = (reply: Awaited<ReturnType<typeof vector.ask>>) => [
      ...(reply.observations?.find(({ name }) => name === 'image')?.tensor?.data ?? []),
    ]
    const reset = await vector.ask({ reset: { slots, levels: starts.map(levels.encode) } })
    expect(image(reset)).toEqual([...out.observations.image])
    const random = stream('dialled')
    for (let t = 0; t < 50; t++) {
      const actions = Int32Array.from(slots, () => random.integer(3))
      const reply = await vector.ask({ act: { actions: new Uint8Array(actions.slice().buffer) } })
      here.step(actions, out)
      expect(image(reply)).toEqual([...out.observations.image])
      expect([...(reply.terminated ?? [])]).toEqual([...out.terminated])
      expect([...(reply.rewards ?? [])]).toEqual([...new Uint8Array(out.rewards.buffer)])
    }
    await expect(vector.ask({ save: { slot: 0 } })).rejects.toMatchObject({
      code: 'environment/unsupported',
    })
    await expect(
      vector.ask({ reset: { slots: [0], levels: [Uint8Array.of(1, 2)] } }),
    ).rejects.toMatchObject({ code: 'level/corrupt' })
    vector.close()
  })

  it('plays several choices and real numbers', async () => {
    const backend = dmEnvRpcBackend(await connect(1, pads.create({}) as Environment<unknown>))
    // One bound for all numbers of a tensor: the widest.
    expect(await backend.call('describe', {})).toMatchObject({ actions: { counts: [3, 3] } })
    const vector = await backend.open({ slots: 1, autoReset: 1 }, 1)
    const act = (...row: number[]) =>
      vector.ask({ act: { actions: new Uint8Array(Int32Array.from(row).buffer) } })
    await vector.ask({ reset: { slots: [0], levels: [Uint8Array.of(2, 1)] } })
    const { rewards } = await act(2, 1)
    expect(new Float32Array(Uint8Array.from(rewards ?? []).buffer)[0]).toBeCloseTo(1 / 3, 6)
    await expect(act(0, 2)).rejects.toMatchObject({
      code: 'environment/actions',
      message: expect.stringContaining('action 2 as component 1'),
    })
    vector.close()

    const reward = encodeDmSpec('reward', { dtype: 'float32', shape: [] })
    const dialled = (spec: TensorSpec) =>
      dialledSpecs({ actions: { 3: encodeDmSpec('move', spec) }, observations: { 1: reward } })
    const { action, description } = dialled({ dtype: 'float32', shape: [2], low: -1, high: 1 })
    expect(action).toMatchObject({ id: 3, space: { kind: 'box', low: [-1, -1], high: [1, 1] } })
    expect(description.actions).toMatchObject({ box: { low: [-1, -1], high: [1, 1] } })
    expect(dialled({ dtype: 'float64', shape: [] }).action.space).toMatchObject({
      low: [Number.NEGATIVE_INFINITY],
      high: [Number.POSITIVE_INFINITY],
    })
    expect(dialled({ dtype: 'int64', shape: [1], low: 5, high: 7 }).action).toMatchObject({
      first: 5,
      space: { kind: 'discrete', count: 3 },
    })
    expect(() => dialled({ dtype: 'int32', shape: [2] })).toThrow(/neither bounded integers/)
  })

  it('gives what an interrupted sequence showed last, before another begins', async () => {
    const clocked = endless.create({ steps: 2, clock: true, finals: true })
    const backend = dmEnvRpcBackend(await connect(2, clocked as Environment<unknown>))
    expect(await backend.call('describe', {})).toMatchObject({ givesFinals: true })
    for (const finals of [true, false]) {
      const vector = await backend.open({ slots: 1, autoReset: 2, finals }, 1)
      const { levels } = await backend.call('sampleLevels', { count: 1, stream: { seed: 1 } })
      await vector.ask({ reset: { slots: [0], levels } })
      const act = () => vector.ask({ act: { actions: new Uint8Array(Int32Array.of(1).buffer) } })
      expect((await act()).finals).toEqual([])
      const cut = await act()
      const floats = (of: typeof cut.finals) =>
        of?.map(({ tensor }) => [...new Float32Array(Uint8Array.from(tensor?.data ?? []).buffer)])
      expect(floats(cut.finals)).toEqual(finals ? [[1, 1]] : [])
      expect(floats(cut.observations)).toEqual([[0, 0]])
      expect([...(cut.truncated ?? [])]).toEqual([1])
      vector.close()
    }
  })

  it('takes seeds for levels', async () => {
    const backend = dmEnvRpcBackend(await connect())
    const drawn = await backend.call('sampleLevels', { count: 2, stream: { seed: 3 } })
    const again = await backend.call('sampleLevels', { count: 2, stream: { seed: 3 } })
    expect(again).toEqual(drawn)
    const [{ text, key }] =
      (await backend.call('describeLevels', { levels: drawn.levels })).levels ?? []
    expect(text).toMatch(/^seed: \d+\n$/)
    expect(key).toHaveLength(8)
    const parsed = await backend.call('parseLevels', { text })
    expect([...(parsed.levels?.[0] ?? [])]).toEqual([...(drawn.levels?.[0] ?? [])])
    const vector = await backend.open({ slots: 2, autoReset: 1 }, 2)
    const [level] = drawn.levels ?? []
    const reply = await vector.ask({ reset: { slots: [0, 1], levels: [level, level] } })
    const data = reply.observations?.[1].tensor?.data ?? new Uint8Array(0)
    expect([...data.subarray(0, 75)]).toEqual([...data.subarray(75)])
    vector.close()
  })
})
