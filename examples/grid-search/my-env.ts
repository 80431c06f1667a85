import { AgonError, defineEnvironment, z } from 'agon'
import type { RandomStream } from 'agon/core'
import { type StepBuffers, unknownSuite, type VectorEnv, type VectorOptions } from 'agon/envs'

/** A level: where the agent starts and where the beacon stands, on a square without walls. */
interface Level {
  readonly start: Cell
  readonly beacon: Cell
}
type Cell = readonly [x: number, y: number]
type Observations = StepBuffers['observations']

const MOVES: readonly Cell[] = [
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, -1],
]
const SUITE = 'beacon/corners'

const options = z.strictObject({
  side: z.int().min(3).max(100).default(9).describe('Cells of one side of the square.'),
  maxSteps: z.int().min(1).max(60_000).default(30).describe('Steps until an episode is cut off.'),
})
type Options = z.output<typeof options>

const distance = ({ start, beacon }: Level): number =>
  Math.abs(start[0] - beacon[0]) + Math.abs(start[1] - beacon[1])

function levelSpace({ side }: Options) {
  const cell = (stream: RandomStream): Cell => [stream.integer(side), stream.integer(side)]
  const validate = (level: Level): string | null => {
    const inside = [...level.start, ...level.beacon].every((at) => at >= 0 && at < side)
    if (!inside) return `coordinates are 0 … ${side - 1}`
    return distance(level) === 0 ? 'the agent stands on the beacon' : null
  }
  const sample = (stream: RandomStream): Level => {
    const level = { start: cell(stream), beacon: cell(stream) }
    return distance(level) === 0 ? sample(stream) : level
  }
  const encode = ({ start, beacon }: Level): Uint8Array => Uint8Array.of(...start, ...beacon)
  const format = ({ start, beacon }: Level): string => `${start} to ${beacon}`
  return {
    sample,
    validate,
    encode,
    format,
    key: format,
    mutate(level: Level, stream: RandomStream) {
      const [dx, dy] = MOVES[stream.integer(4)]
      const beacon: Cell = [level.beacon[0] + dx, level.beacon[1] + dy]
      const moved = { ...level, beacon }
      return { level: validate(moved) === null ? moved : level, operator: 'move-beacon' }
    },
    decode(bytes: Uint8Array): Level {
      if (bytes.length !== 4)
        throw new AgonError('level/corrupt', `a level has 4 bytes, not ${bytes.length}`)
      return { start: [bytes[0], bytes[1]], beacon: [bytes[2], bytes[3]] }
    },
    parse(text: string): Level {
      const found = /^\s*(\d+),(\d+) to (\d+),(\d+)\s*$/.exec(text)
      if (found === null)
        throw new AgonError('level/invalid', `'${text.trim()}' is no level`, {
          remedy: 'write start and beacon as in 0,0 to 8,8',
        })
      const [a, b, c, d] = found.slice(1).map(Number)
      return { start: [a, b], beacon: [c, d] }
    },
    features: (level: Level) => ({ distance: distance(level) }),
    draw: (level: Level) => picture(side, level.beacon, level.start),
  }
}

/** All slots in flat arrays made once: a step allocates nothing. */
class Beacons implements VectorEnv<Level> {
  readonly slots: number
  readonly #options: Options
  readonly #request: VectorOptions<Level>
  readonly #levels: Level[]
  readonly #position: Int32Array
  readonly #time: Int32Array
  /** 0 running, 1 terminated, 2 truncated; other than 0 only without auto-reset. */
  readonly #ended: Uint8Array

  constructor(given: Options, request: VectorOptions<Level>) {
    this.slots = request.slots
    this.#options = given
    this.#request = request
    this.#levels = new Array(request.slots)
    this.#position = new Int32Array(2 * request.slots)
    this.#time = new Int32Array(request.slots)
    this.#ended = new Uint8Array(request.slots)
  }

  reset(slots: ArrayLike<number>, levels: readonly Level[], out: Observations): void {
    for (let i = 0; i < slots.length; i++) {
      this.#begin(slots[i], levels[i])
      this.#observe(slots[i], out)
    }
  }

  step(actions: Int32Array, out: StepBuffers): void {
    for (let slot = 0; slot < this.slots; slot++) {
      out.rewards[slot] = this.#ended[slot] === 0 ? this.#move(slot, actions[slot]) : 0
      const ended = this.#ended[slot]
      out.terminated[slot] = ended === 1 ? 1 : 0
      out.truncated[slot] = ended === 2 ? 1 : 0
      if (ended !== 0) this.#restart(slot)
      this.#observe(slot, out.observations)
    }
  }

  maxSteps(): number {
    return this.#options.maxSteps
  }

  /** Level (4 bytes), position (2), time (2), ended (1). */
  save(slot: number): Uint8Array {
    const { start, beacon } = this.#levels[slot]
    const time = this.#time[slot]
    const [x, y] = this.#position.subarray(2 * slot)
    return Uint8Array.of(...start, ...beacon, x, y, time & 255, time >> 8, this.#ended[slot])
  }

  load(slot: number, state: Uint8Array, out: Observations): void {
    this.#begin(slot, { start: [state[0], state[1]], beacon: [state[2], state[3]] })
    this.#position.set(state.subarray(4, 6), 2 * slot)
    this.#time[slot] = state[6] + 256 * state[7]
    this.#ended[slot] = state[8]
    this.#observe(slot, out)
  }

  #begin(slot: number, level: Level): void {
    this.#levels[slot] = level
    this.#position[2 * slot] = level.start[0]
    this.#position[2 * slot + 1] = level.start[1]
    this.#time[slot] = 0
    this.#ended[slot] = 0
  }

  /** @returns the reward: 1 for a beacon reached at once, falling to 0.1 at the last step */
  #move(slot: number, action: number): number {
    const { side, maxSteps } = this.#options
    const { beacon } = this.#levels[slot]
    let there = true
    for (let axis = 0; axis < 2; axis++) {
      const at = this.#position[2 * slot + axis] + MOVES[action][axis]
      const inside = at < 0 ? 0 : at >= side ? side - 1 : at
      this.#position[2 * slot + axis] = inside
      there &&= inside === beacon[axis]
    }
    const time = ++this.#time[slot]
    if (there) this.#ended[slot] = 1
    else if (time >= maxSteps) this.#ended[slot] = 2
    return there ? 1 - (0.9 * time) / maxSteps : 0
  }

  #restart(slot: number): void {
    const { autoReset, nextLevel } = this.#request
    if (autoReset === 'same-level') this.#begin(slot, this.#levels[slot])
    else if (autoReset === 'next-level' && nextLevel !== undefined)
      this.#begin(slot, nextLevel(slot))
  }

  /** `way` `[2]`: the beacon as seen from the agent, in sides. */
  #observe(slot: number, out: Observations): void {
    const { beacon } = this.#levels[slot]
    for (let axis = 0; axis < 2; axis++)
      out.way[2 * slot + axis] =
        (beacon[axis] - this.#position[2 * slot + axis]) / this.#options.side
  }
}

function picture(side: number, beacon: Cell, agent: Cell): string {
  const dot = ([x, y]: Cell, colour: string) =>
    `<circle cx="${x + 0.5}" cy="${y + 0.5}" r="0.4" fill="${colour}"/>`
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" width="160" height="160">` +
    `<rect width="${side}" height="${side}" fill="#eee"/>${dot(beacon, '#d80')}${dot(agent, '#06c')}</svg>`
  )
}

export const environment = defineEnvironment({
  id: 'beacon',
  options,
  create: (given) => {
    const { side } = given
    const last = side - 1
    const corners: readonly Level[] = [
      { start: [0, 0], beacon: [last, last] },
      { start: [last, last], beacon: [0, 0] },
      { start: [0, last], beacon: [last, 0] },
      { start: [last, 0], beacon: [0, last] },
    ]
    return {
      spec: {
        id: 'beacon',
        profile: 'plain',
        observations: { way: { dtype: 'float32', shape: [2], low: -1, high: 1 } },
        actions: { kind: 'discrete', count: 4, names: ['right', 'down', 'left', 'up'] },
        agents: 1,
        seats: { agent: [0] },
      },
      levels: levelSpace(given),
      vector: (request: VectorOptions<Level>) => new Beacons(given, request),
      suites: [SUITE],
      suite: (id) => {
        if (id !== SUITE) throw unknownSuite(id, [SUITE])
        const entries = corners.map((level, i) => ({ name: `corner-${i}`, level: () => level }))
        return { id, about: 'from each corner to the opposite one', entries }
      },
      solvedAbove: 0,
      returnRange: [0, 1],
      drawState: (state) => picture(side, [state[2], state[3]], [state[4], state[5]]),
    }
  },
})
