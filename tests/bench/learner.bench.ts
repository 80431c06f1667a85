import { slotId, stream, taskId, tensor } from 'agon/core'
import { environment } from 'agon/envs/maze'
import { createGraph, input, matmul, toOnnx } from 'agon/graph'
import { openSession, type PolicyFile } from 'agon/inference'
import { type PpoStudent, ppo, type TaskBatch } from 'agon/learners'

export interface LearnerBenchRow {
  readonly name: string
  readonly unit: string
  readonly value: number
  /** The least that is accepted. */
  readonly bar?: number
  /** The most that is accepted. */
  readonly limit?: number
}

/** Work of one environment step of the default student: acting, and five epochs forward and backward. */
const FLOP_PER_STEP = 14e6
const CYCLES = 4
const SLOT = slotId('agent')
const OPTIONS = environment.options.parse({ nWalls: 60 })
const MAZE = environment.create(OPTIONS)
const MODULE = import.meta.resolve('agon/envs/maze')

function batch(cycle: number, count: number): TaskBatch {
  const tasks = Array.from({ length: count }, (_, i) => ({
    id: taskId(cycle, SLOT, i),
    level: MAZE.levels.encode(MAZE.levels.sample(stream('bench', cycle, i))),
    seed: cycle * count + i,
    train: true,
    repeat: 0,
    lineage: { parents: [], operator: 'generate', generation: 0 },
  }))
  return { cycle, slot: SLOT, tasks, autoReset: 'next-level', probes: [] }
}

function startStudent(workers: number, shards: number): Promise<PpoStudent> {
  return ppo.create(ppo.options.parse({ shards }), {
    slot: SLOT,
    seed: 1,
    environment: { module: MODULE, options: OPTIONS },
    spec: MAZE.spec,
    workers,
    training: {},
  })
}

/** Float32 2048³ MatMul of ONNX Runtime on one thread, GFLOP/s: best of `rounds`. */
export async function matmulRate(rounds = 4): Promise<number> {
  const graph = createGraph()
  const shape = [2048, 2048]
  const product = matmul(input(graph, 'a', 'float32', shape), input(graph, 'b', 'float32', shape))
  const session = await openSession(toOnnx(graph, { y: product }))
  const square = (value: number) => {
    const made = tensor('float32', shape)
    made.data.fill(value)
    return made
  }
  const feeds = { a: square(0.5), b: square(0.25) }
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < rounds; round++) {
    const start = performance.now()
    await session.run(feeds)
    best = Math.min(best, performance.now() - start)
  }
  await session.release()
  return (2 * 2048 ** 3) / best / 1e6
}

interface Cycles {
  /** Best wall milliseconds of one attempt and its update, and of the update alone. */
  readonly cycleMs: number
  readonly learnMs: number
  /** Share of the best cycle that was not spent inside ONNX Runtime; means something for one worker only. */
  readonly outside: number
  readonly policy: PolicyFile
}

/** Some cycles of the default student after one that warms up. */
async function runCycles(workers: number, shards: number): Promise<Cycles> {
  const student = await startStudent(workers, shards)
  let [cycleMs, learnMs, outside] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 0]
  for (let cycle = 0; cycle <= CYCLES; cycle++) {
    const tasks = batch(cycle, 32)
    const start = performance.now()
    const attempt = await student.attempt(tasks)
    const learned = await student.learn()
    const ms = performance.now() - start
    if (cycle === 0 || ms >= cycleMs) continue
    const { gradient_ort_ms, apply_ort_ms, learn_ms } = learned.timings
    cycleMs = ms
    learnMs = learn_ms
    outside = 1 - (attempt.timings.act_ort_ms + gradient_ort_ms + apply_ort_ms) / ms
  }
  const policy = await student.exportPolicy()
  await student.close()
  return { cycleMs, learnMs, outside, policy }
}

/** Microseconds of one acting step by number of rows, with the exported policy file. */
async function actRows({ onnx, card }: PolicyFile): Promise<LearnerBenchRow[]> {
  const session = await openSession(onnx)
  const measured: LearnerBenchRow[] = []
  for (const rows of [32, 256, 2048]) {
    const inputs = { ...card.observations, ...card.state }
    const feeds = Object.fromEntries(
      Object.entries(inputs).map(([name, { dtype, shape }]) => [
        name,
        tensor(dtype, [rows, ...shape]),
      ]),
    )
    feeds.noise = tensor('float32', [rows])
    const fetches = Object.fromEntries(
      session.outputs.map(({ name, dtype, shape }) => [
        name,
        tensor(dtype, [rows, ...shape.slice(1).map(Number)]),
      ]),
    )
    const runs = Math.ceil(16_384 / rows)
    let best = Number.POSITIVE_INFINITY
    for (let round = 0; round < 4; round++) {
      const start = performance.now()
      for (let run = 0; run < runs; run++) await session.run(feeds, fetches)
      best = Math.min(best, (performance.now() - start) / runs)
    }
    measured.push({ name: `act, batch ${rows}`, unit: 'µs', value: best * 1000 })
  }
  await session.release()
  return measured
}

/**
 * The learner's part of `npm run bench`: the default student (32 × 256, conv → LSTM 256, 5 epochs) on 60-wall domain
 * randomisation. Best of some rounds each; the yardstick is taken before and after.
 */
export async function benchLearner(): Promise<LearnerBenchRow[]> {
  const before = await matmulRate()
  const one = await runCycles(1, 2)
  const unsharded = await runCycles(1, 1)
  const two = await runCycles(2, 2)
  const yardstick = Math.max(before, await matmulRate())
  const steps = 32 * 256
  const rate = (cycle: Cycles) => (steps / cycle.cycleMs) * 1000
  const share = (rate(one) * FLOP_PER_STEP) / 1e9 / yardstick
  return [
    { name: 'ONNX Runtime MatMul 2048³, float32, one core', unit: 'GFLOP/s', value: yardstick },
    ...(await actRows(one.policy)),
    { name: 'update, 1 shard, 1 worker', unit: 's', value: unsharded.learnMs / 1000 },
    { name: 'update, 2 shards, 1 worker', unit: 's', value: one.learnMs / 1000 },
    { name: 'update, 2 shards, 2 workers', unit: 's', value: two.learnMs / 1000 },
    { name: 'end to end, 1 worker', unit: 'env steps/s', value: rate(one) },
    { name: 'end to end, 2 workers', unit: 'env steps/s', value: rate(two) },
    { name: 'end to end against MatMul, 1 worker', unit: '×', value: share, bar: 0.5 },
    { name: '2 workers against 1', unit: '×', value: rate(two) / rate(one), bar: 1.6 },
    { name: 'outside ONNX Runtime', unit: 'share', value: one.outside, limit: 0.1 },
  ]
}
