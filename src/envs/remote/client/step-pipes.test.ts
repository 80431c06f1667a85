import { spawnSync } from 'node:child_process'
import { closeSync, constants, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AgonError } from '../../../core/errors.ts'
import type { EnvironmentSpec } from '../../contract.ts'
import { FAILED, HEAD_BYTES, MESSAGE, type PipePaths, STEP, TURN } from './pipe-paths.ts'
import { type PipeWatch, watchPipes } from './pipe-watch.ts'
import { sharedStep } from './shared-step.ts'
import { type NextLevels, type PipeBegin, type PipeEnd, StepPipes } from './step-pipes.ts'

const SPEC = {
  observations: {
    seen: { dtype: 'float32', shape: [2] },
    lit: { dtype: 'bool', shape: [] },
  },
  actions: { kind: 'discrete', count: 3 },
  agents: 1,
} as unknown as EnvironmentSpec

const SLOTS = 2
const folder = mkdtempSync(join(tmpdir(), 'agon-step-pipes-'))
afterAll(() => rmSync(folder, { recursive: true }))
let made = 0

/** The pipes of one vector, and the host's ends of them: what it is to answer is written before it is asked. */
function open(nextLevel = true, departures = false) {
  const names = ['requests', 'ready', 'data'].map((name) => join(folder, `${name}-${++made}`))
  expect(spawnSync('mkfifo', names).status).toBe(0)
  const [requests, ready, data] = names
  const paths: PipePaths = { requests, ready, data }
  const ends = names.map((name) => openSync(name, constants.O_RDWR | constants.O_NONBLOCK))
  const shared = sharedStep(SPEC, SLOTS, { finals: true, departures })
  const words = new Int32Array(new SharedArrayBuffer(8))
  const pipes = new StepPipes(paths, { spec: SPEC, shared, words, nextLevel })
  return { paths, pipes, shared, words, ends }
}

type Opened = ReturnType<typeof open>

function stepped(pipes: StepPipes, next: NextLevels | null): PipeBegin | PipeEnd {
  const begun = pipes.begin(next)
  return begun === 'begun' ? pipes.end() : begun
}

/** Bytes of a step; by name as the host sorts them: `lit`, then `seen`. */
function stepBytes({
  lit = [0, 1],
  seen = [1, 2, 3, 4],
  rewards = [0.5, -1],
  terminated = [0, 1],
  truncated = [1, 0],
  words = [1, 1, 40],
  departed = [] as number[],
  finals = [1, ...new Uint8Array(Float32Array.of(8, 9).buffer)],
} = {}): Buffer {
  return Buffer.concat([
    Buffer.from(lit),
    Buffer.from(Float32Array.from(seen).buffer),
    Buffer.from(Float32Array.from(rewards).buffer),
    Buffer.from([...terminated, ...truncated]),
    Buffer.from(Uint32Array.from(words).buffer),
    Buffer.from([...departed, ...finals]),
  ])
}

function head(size: number, kind: number): Buffer {
  return Buffer.from(Uint32Array.of(size, kind).buffer)
}

describe.skipIf(process.platform === 'win32')('steps over pipes', () => {
  let opened: Opened
  beforeEach(() => {
    opened = open()
  })
  afterEach(() => {
    opened.pipes.close()
    for (const end of opened.ends.splice(0)) closeSync(end)
  })
  const answer = (bytes: Buffer, kind = STEP): void => {
    writeSync(opened.ends[1], Buffer.concat([head(bytes.length, kind), bytes]))
  }

  it('write actions and next levels, and land what followed where whoever steps reads it', () => {
    const { pipes, shared, ends, words } = opened
    shared.actions.set([2, 1])
    answer(stepBytes())
    expect(stepped(pipes, { nextSlots: [1], nextLevels: [Buffer.from('ab')] })).toBe('taken')
    const asked = Buffer.alloc(64)
    const size = readSync(ends[0], asked)
    expect(asked.subarray(0, size)).toEqual(
      Buffer.concat([Buffer.from(Uint32Array.of(18, 2, 1, 1, 2).buffer), Buffer.from('ab')]),
    )
    const { observations, rewards, terminated, truncated, finals } = shared.buffers
    expect([...observations.seen]).toEqual([1, 2, 3, 4])
    expect([...observations.lit]).toEqual([0, 1])
    expect([[...rewards], [...terminated], [...truncated]]).toEqual([
      [0.5, -1],
      [0, 1],
      [1, 0],
    ])
    expect([...(finals?.seen ?? [])]).toEqual([8, 9, 0, 0])
    expect([shared.began[0], shared.began[1], shared.limits[0]]).toEqual([1, 1, 40])
    expect(words[TURN] & 1).toBe(0)
  })

  it('say who was cut alone, and what it saw last, where that is asked for', () => {
    const apart = open(true, true)
    const step = (of: Parameters<typeof stepBytes>[0]) => {
      const bytes = stepBytes({ terminated: [0, 0], truncated: [0, 0], words: [0], ...of })
      writeSync(apart.ends[1], Buffer.concat([head(bytes.length, STEP), bytes]))
      return stepped(apart.pipes, null)
    }
    expect(step({ departed: [1, 2] })).toBe('taken')
    const { departed, finals } = apart.shared.buffers
    expect([...(departed ?? [])]).toEqual([1, 2])
    expect([...(finals?.seen ?? [])]).toEqual([0, 0, 8, 9])
    expect(step({ departed: [0, 0], finals: [] })).toBe('taken')
    expect([...(departed ?? [])]).toEqual([0, 0])
    expect(() => step({ departed: [3, 0], finals: [] })).toThrow(/departed of slot 0 .* 3$/)
    expect(() => step({ terminated: [1, 0], departed: [2, 0] })).toThrow(
      /0 where the episode ended/,
    )
    expect(() => step({ departed: [], finals: [] })).toThrow(/bytes of a step or more/)
    apart.pipes.close()
    for (const end of apart.ends) closeSync(end)
  })

  it('pass over what only wakes, and take long answers from the other pipe', () => {
    const bytes = stepBytes()
    for (let i = 0; i < 5000; i++) writeSync(opened.ends[1], head(0, 0))
    writeSync(opened.ends[1], Buffer.concat([head(bytes.length, STEP + 1), head(0, 0)]))
    writeSync(opened.ends[2], bytes)
    expect(stepped(opened.pipes, null)).toBe('taken')
    answer(bytes)
    expect(stepped(opened.pipes, null)).toBe('taken')
  })

  it('hand on a message as it is', () => {
    answer(Buffer.from('refused'), MESSAGE)
    expect(stepped(opened.pipes, null)).toEqual(new Uint8Array(Buffer.from('refused')))
  })

  it.each([
    ['an unknown kind', head(4, 9), /of kind 9/],
    ['more bytes than a step has', head(10_000, STEP), /10000 of kind 1/],
    ['a long message', head(1 << 21, MESSAGE + 1), /2097152 of kind 4/],
  ])('refuse %s before it is read', (_, bytes, message) => {
    writeSync(opened.ends[1], bytes)
    expect(() => stepped(opened.pipes, null)).toThrow(message)
  })

  it.each([
    ['a bool that is none', stepBytes({ lit: [0, 2] }), /0 or 1 in 'lit'/],
    ['no finite reward', stepBytes({ rewards: [0, Number.NaN] }), /a finite reward of slot 1/],
    ['both ends at once', stepBytes({ terminated: [1, 1] }), /never both/],
    ['a slot that there is not', stepBytes({ words: [1, 7, 40] }), /slots from 0 to 1/],
    ['more slots than there are', stepBytes({ words: [3, 0, 1, 2, 9, 9, 9] }), /at most 2 slots/],
    ['no finals of what was cut', stepBytes({ finals: [] }), /bytes of a step or more/],
    ['finals of what was not', stepBytes({ truncated: [0, 0] }), /bytes of a step/],
    ['too few bytes', stepBytes().subarray(0, 20), /bytes of a step or more/],
  ])('refuse %s', (_, bytes, message) => {
    answer(bytes)
    expect(() => stepped(opened.pipes, null)).toThrow(message)
  })

  it('leave what is too long for a pipe to another way', () => {
    expect(stepped(opened.pipes, { nextSlots: [0], nextLevels: [new Uint8Array(20_000)] })).toBe(
      'too long',
    )
    expect(opened.words[TURN]).toBe(0)
  })

  it('are broken once the host is gone, and once they are closed', () => {
    for (const end of opened.ends.splice(0)) closeSync(end)
    expect(stepped(opened.pipes, null)).toBe('broken')
    opened.pipes.close()
    opened.pipes.close()
    expect(stepped(opened.pipes, null)).toBe('broken')
  })
})

describe.skipIf(process.platform === 'win32')('a watch over pipes', () => {
  let watch: PipeWatch
  const over = new AgonError('wire/unavailable', 'the stream is over')
  const late = (): AgonError => new AgonError('wire/deadline', 'late')
  afterEach(() => watch.close())

  function watched(timeoutMs: number, broken: Promise<AgonError>, waiting: boolean) {
    const opened = open()
    let time = 0
    watch = watchPipes({
      ...{ paths: opened.paths, words: opened.words, timeoutMs, broken, late },
      now: () => time++ * timeoutMs,
    })
    if (waiting) opened.words[TURN] = 1
    return opened
  }
  const read = (end: number): number => {
    try {
      return readSync(end, Buffer.alloc(4096))
    } catch {
      return 0
    }
  }
  const after = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

  it('wakes whoever waits now and then, and frees it once it is late', async () => {
    const { words, ends } = watched(20, new Promise(() => {}), true)
    await expect.poll(() => words[FAILED]).toBe(1)
    expect((await watch.why()).code).toBe('wire/deadline')
    expect(read(ends[1])).toBeGreaterThanOrEqual(HEAD_BYTES)
    expect(read(ends[2])).toBeGreaterThanOrEqual(HEAD_BYTES)
  })

  it('lets alone who does not wait', async () => {
    const { words, ends } = watched(20, new Promise(() => {}), false)
    await after(100)
    expect([words[FAILED], read(ends[1]), read(ends[2])]).toEqual([0, 0, 0])
  })

  it('frees whoever waits when the stream beside the pipes ends, with what it ended with', async () => {
    const { words, ends } = watched(60_000, Promise.resolve(over), true)
    await expect.poll(() => words[FAILED]).toBe(1)
    expect(await watch.why()).toBe(over)
    expect(read(ends[1])).toBeGreaterThanOrEqual(HEAD_BYTES)
  })
})
