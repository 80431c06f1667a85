import { defineEnvironment, type LevelSpace, type StepBuffers, type VectorEnv } from 'agon/envs'
import { z } from 'zod'

// Frames of 84 × 84 × 4 bytes that cost nothing to make: what a student's encoder takes is all that is measured.

const SHAPE = [84, 84, 4]
const SIZE = SHAPE.reduce((a, b) => a * b)

const levels: LevelSpace<number> = {
  sample: (stream) => stream.integer(256),
  mutate: (level) => ({ level: (level + 1) % 256, operator: 'next' }),
  key: String,
  encode: (level) => Uint8Array.of(level),
  decode: ([level]) => level,
  format: String,
  parse: Number,
  validate: () => null,
  features: () => ({}),
}

function vector(lanes: number): VectorEnv<number> {
  const frame = Uint8Array.from({ length: SIZE }, (_, i) => (i * 37) % 256)
  const show = (lane: number, out: StepBuffers['observations']): void =>
    (out.frame as Uint8Array).set(frame, lane * SIZE)
  return {
    slots: lanes,
    reset(chosen, _, out) {
      for (let i = 0; i < chosen.length; i++) show(chosen[i], out)
    },
    step(_, { observations, rewards, terminated, truncated }) {
      for (let lane = 0; lane < lanes; lane++) {
        rewards[lane] = lane % 2
        terminated[lane] = truncated[lane] = 0
        show(lane, observations)
      }
    },
    maxSteps: () => 10_000,
    save: () => new Uint8Array(),
    load: (lane, _, out) => show(lane, out),
  }
}

export const environment = defineEnvironment({
  id: 'frames',
  options: z.strictObject({}),
  create: () => ({
    spec: {
      id: 'frames',
      profile: 'bench',
      observations: { frame: { dtype: 'uint8', shape: SHAPE } },
      actions: { kind: 'discrete', count: 6 },
      agents: 1,
      seats: { agent: [0] },
    },
    levels,
    vector: ({ slots }) => vector(slots),
    suites: [],
    suite: () => {
      throw new Error('no suites')
    },
    solvedAbove: 0,
  }),
})
