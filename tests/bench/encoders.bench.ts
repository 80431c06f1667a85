import { slotId, taskId } from 'agon/core'
import { ppo } from 'agon/learners'
import { environment } from './environments/frames.ts'
import type { BenchRow } from './row.ts'

const SLOT = slotId('agent')
const ENVS = 8
const STEPS = 32
/** The best of so many cycles, after one that warms up. */
const CYCLES = 3
export const ENCODERS = ['nature', 'impala'] as const
type Encoder = (typeof ENCODERS)[number]

/** Microseconds of ONNX Runtime on one core for a frame of 84 × 84 × 4: acting on eight at a time, and a gradient of 256. */
export interface EncoderCost {
  readonly act: number
  readonly gradient: number
}

export async function encoderCost(encoder: Encoder): Promise<EncoderCost> {
  const module = new URL('./environments/frames.js', import.meta.url).href
  const { spec } = environment.create({})
  const options = ppo.options.parse({
    network: { encoder, core: 'none', hidden: 512, headHidden: 256 },
    rollout: { envs: ENVS, steps: STEPS },
    ppo: { epochs: 1, minibatches: 1 },
    shards: 1,
  })
  const student = await ppo.create(options, {
    slot: SLOT,
    seed: 1,
    environment: { module, options: {} },
    spec,
    workers: 1,
    training: {},
  })
  const best = { act: Number.POSITIVE_INFINITY, gradient: Number.POSITIVE_INFINITY }
  for (let cycle = 0; cycle <= CYCLES; cycle++) {
    const tasks = Array.from({ length: ENVS }, (_, i) => ({
      id: taskId(cycle, SLOT, i),
      level: Uint8Array.of(i),
      seed: i,
      train: true,
      repeat: 0,
      lineage: { parents: [], operator: 'generate', generation: 0 },
    }))
    const batch = { cycle, slot: SLOT, tasks, autoReset: 'next-level', probes: [] } as const
    const attempt = await student.attempt(batch)
    const learned = await student.learn()
    if (cycle === 0) continue
    // The value after the last step is acted for as well.
    const act = (attempt.timings.act_ort_ms * 1000) / (ENVS * (STEPS + 1))
    const gradient = (learned.timings.gradient_ort_ms * 1000) / (ENVS * STEPS)
    best.act = Math.min(best.act, act)
    best.gradient = Math.min(best.gradient, gradient)
  }
  await student.close()
  return best
}

/** What a frame costs each named encoder, with the heads behind it. */
export async function benchEncoders(): Promise<BenchRow[]> {
  const rows: BenchRow[] = []
  for (const encoder of ENCODERS) {
    const { act, gradient } = await encoderCost(encoder)
    rows.push({ name: `${encoder}: act, 8 frames at a time`, unit: 'µs a frame', value: act })
    rows.push({ name: `${encoder}: gradient, 256 frames`, unit: 'µs a frame', value: gradient })
  }
  return rows
}
