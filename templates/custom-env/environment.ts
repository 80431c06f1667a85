import { AgonError, defineEnvironment, z } from 'agon'
import type { RandomStream } from 'agon/core'
import { type StepBuffers, unknownSuite, type VectorEnv, type VectorOptions } from 'agon/envs'

// A walk along a corridor to a door. Change the level, the rules in `step`, and what the walker sees in `#observe`.

/** A level: where the walker begins and where the door is, from 0. */
interface Level {
  readonly start: number
  readonly door: number
}
type Observations = StepBuffers['observations']

const SUITE = 'corridor/ends'

const options = z.strictObject({
  length: z.int().min(2).max(250).default(12).describe('Cells of the corridor.'),
  maxSteps: z.int().min(1).max(250).default(40).describe('Steps until an episode is cut off.'),
})
type Options = z.output<typeof options>

/** What an adversary searches: pure functions, every draw from the stream given. */
function levelSpace({ length }: Options) {
  const validate = ({ start, door }: Level): string | null => {
    if (![start, door].every((at) => at >= 0 && at < length)) return `places are 0 … ${length - 1}`
    return start === door ? 'the walker stands at the door' : null
  }
  const sample = (stream: RandomStream): Level => {
    const level = { start: stream.integer(length), door: stream.integer(length) }
    return validate(level) === null ? level : sample(stream)
  }
  const format = ({ start, door }: Level): string => `${start} to ${door}`
  return {
    sample,
    validate,
    format,
    key: format,
    mutate(level: Level, stream: RandomStream) {
      const moved = { ...level, door: level.door + (stream.integer(2) === 0 ? -1 : 1) }
      return { level: validate(moved) === null ? moved : level, operator: 'move-door' }
    },
    encode: ({ start, door }: Level): Uint8Array => Uint8Array.of(start, door),
    decode(bytes: Uint8Array): Level {
      if (bytes.length !== 2) throw new AgonError('level/corrupt', 'a level has 2 bytes')
      return { start: bytes[0], door: bytes[1] }
    },
    parse(text: string): Level {
      const found = /^\s*(\d+) to (\d+)\s*$/.exec(text)
      if (found === null)
        throw new AgonError('level/invalid', `'${text.trim()}' is no level`, {
          remedy: 'write start and door as in 0 to 11',
        })
      return { start: Number(found[1]), door: Number(found[2]) }
    },
    features: ({ start, door }: Level) => ({ distance: Math.abs(start - door) }),
  }
}

/** Many episodes side by side, in flat arrays made once: a step allocates nothing. */
class Corridors implements VectorEnv<Level> {
  readonly slots: number
  readonly #options: Options
  readonly #request: VectorOptions<Level>
  readonly #levels: Level[]
  readonly #place: Int32Array
  readonly #time: Int32Array
  /** 0 running, 1 terminated, 2 truncated; other than 0 only without auto-reset. */
  readonly #ended: Uint8Array

  constructor(given: Options, request: VectorOptions<Level>) {
    this.slots = request.slots
    this.#options = given
    this.#request = request
    this.#levels = new Array(request.slots)
    this.#place = new Int32Array(request.slots)
    this.#time = new Int32Array(request.slots)
    this.#ended = new Uint8Array(request.slots)
  }

  reset(lanes: ArrayLike<number>, levels: readonly Level[], out: Observations): void {
    for (let i = 0; i < lanes.length; i++) {
      this.#begin(lanes[i], levels[i])
      this.#observe(lanes[i], out)
    }
  }

  step(actions: Int32Array, out: StepBuffers): void {
    for (let lane = 0; lane < this.slots; lane++) {
      out.rewards[lane] = this.#ended[lane] === 0 ? this.#move(lane, actions[lane]) : 0
      const ended = this.#ended[lane]
      out.terminated[lane] = ended === 1 ? 1 : 0
      out.truncated[lane] = ended === 2 ? 1 : 0
      if (ended !== 0) this.#follow(lane)
      this.#observe(lane, out.observations)
    }
  }

  maxSteps(): number {
    return this.#options.maxSteps
  }

  /** Start, door, place, time, ended: everything that the lane goes on from. */
  save(lane: number): Uint8Array {
    const { start, door } = this.#levels[lane]
    return Uint8Array.of(start, door, this.#place[lane], this.#time[lane], this.#ended[lane])
  }

  load(lane: number, state: Uint8Array, out: Observations): void {
    if (state.length !== 5) throw new AgonError('state/corrupt', 'a state has 5 bytes')
    this.#begin(lane, { start: state[0], door: state[1] })
    this.#place[lane] = state[2]
    this.#time[lane] = state[3]
    this.#ended[lane] = state[4]
    this.#observe(lane, out)
  }

  #begin(lane: number, level: Level): void {
    this.#levels[lane] = level
    this.#place[lane] = level.start
    this.#time[lane] = 0
    this.#ended[lane] = 0
  }

  /** @returns the reward: 1 at the door, less the later it is reached */
  #move(lane: number, action: number): number {
    const { length, maxSteps } = this.#options
    const to = this.#place[lane] + (action === 0 ? -1 : 1)
    this.#place[lane] = Math.min(Math.max(to, 0), length - 1)
    const time = ++this.#time[lane]
    const there = this.#place[lane] === this.#levels[lane].door
    if (there) this.#ended[lane] = 1
    else if (time >= maxSteps) this.#ended[lane] = 2
    return there ? 1 - (0.9 * time) / maxSteps : 0
  }

  /** What comes after the end of an episode is the run's choice. */
  #follow(lane: number): void {
    const { autoReset, nextLevel } = this.#request
    if (autoReset === 'same-level') this.#begin(lane, this.#levels[lane])
    else if (autoReset === 'next-level' && nextLevel !== undefined)
      this.#begin(lane, nextLevel(lane))
  }

  /** `way` `[1]`: how far the door is to the right, in corridors. */
  #observe(lane: number, out: Observations): void {
    out.way[lane] = (this.#levels[lane].door - this.#place[lane]) / this.#options.length
  }
}

export const environment = defineEnvironment({
  id: 'corridor',
  options,
  create: (given) => {
    const last = given.length - 1
    const ends: Readonly<Record<string, Level>> = {
      rightwards: { start: 0, door: last },
      leftwards: { start: last, door: 0 },
    }
    return {
      spec: {
        id: 'corridor',
        profile: 'plain',
        observations: { way: { dtype: 'float32', shape: [1], low: -1, high: 1 } },
        actions: { kind: 'discrete', count: 2, names: ['left', 'right'] },
        agents: 1,
        seats: { agent: [0] },
      },
      levels: levelSpace(given),
      vector: (request: VectorOptions<Level>) => new Corridors(given, request),
      suites: [SUITE],
      suite: (id) => {
        if (id !== SUITE) throw unknownSuite(id, [SUITE])
        const entries = Object.entries(ends).map(([name, level]) => ({ name, level: () => level }))
        return { id, about: 'from one end to the other', entries }
      },
      solvedAbove: 0,
      returnRange: [0, 1],
    }
  },
})
