import { parseArgs } from 'node:util'
import { stream } from '../../src/core/index.ts'
import type {
  Encoding,
  GameBatch,
  GameStepBuffers,
  NativeFootball,
} from '../../src/envs/football/native/contract.ts'
import { ENCODINGS } from '../../src/envs/football/native/encodings.ts'
import { nativeFootball } from '../../src/envs/football/native/native-football.ts'

/**
 * Games through the addon on the GPU and on the CPU: every output of every step, encodings, and the bytes of all games.
 * `node build/tests/football/device-bits.js [--games 1000] [--steps 400]`. Exit code 77 where there is no GPU.
 */
const NO_DEVICE = 77
const AGENTS = 20
/** Steps between two looks at the encodings. */
const LOOK = 50

const { values } = parseArgs({
  options: {
    games: { type: 'string', default: '1000' },
    steps: { type: 'string', default: '400' },
  },
})
const games = Number(values.games)
const steps = Number(values.steps)
const football = footballOnGpu()

const gpu = football.batch({ games, agents: [10, 10], threads: 1, device: 'cuda' })
const cpu = football.batch({ games, agents: [10, 10], threads: 16, device: 'cpu' })
const names = football.scenarios.filter((name) => name.startsWith('11_vs_11'))
for (let game = 0; game < games; game++) {
  const level = football.scenario(names[game % names.length], game)
  for (const batch of [gpu, cpu]) batch.reset(game, level, 99n + BigInt(game), game)
}
const differing = new Set<string>()
const actions = new Int32Array(games * AGENTS)
const [onGpu, onCpu] = [buffers(), buffers()]
for (let step = 0; step < steps; step++) {
  const draws = stream(8, 'hands', step)
  for (let i = 0; i < actions.length; i++) actions[i] = draws.integer(20)
  // Every other step off the event loop.
  if (step % 2 === 0) await gpu.stepLater(actions, onGpu)
  else gpu.step(actions, onGpu)
  cpu.step(actions, onCpu)
  for (const key of Object.keys(onGpu) as (keyof GameStepBuffers)[])
    if (!same(onGpu[key], onCpu[key])) differing.add(key)
  if (step % LOOK === LOOK - 1)
    for (const encoding of Object.keys(ENCODINGS) as Encoding[])
      if (!same(seen(gpu, encoding), seen(cpu, encoding))) differing.add(encoding)
}
let states = 0
for (let game = 0; game < games; game++) if (!same(gpu.save(game), cpu.save(game))) states += 1
crossed()
console.log(
  `${games} games of ${steps} steps on the GPU: ${states} differ from the CPU; outputs that differ: ${[...differing].join(', ') || 'none'}`,
)
gpu.close()
cpu.close()
process.exit(states === 0 && differing.size === 0 ? 0 : 1)

function footballOnGpu(): NativeFootball {
  try {
    const native = nativeFootball()
    const fault = native.cudaFault()
    if (fault === null) return native
    console.log(`no GPU here: ${fault}`)
  } catch (error) {
    console.log((error as Error).message)
  }
  process.exit(NO_DEVICE)
}

/** A game saved on each device goes on, with the same bits, on the other. */
function crossed(): void {
  const [fromGpu, fromCpu] = [gpu.save(0), cpu.save(1)]
  cpu.load(2, fromGpu)
  gpu.load(2, fromGpu)
  gpu.load(3, fromCpu)
  cpu.load(3, fromCpu)
  for (let step = 0; step < LOOK; step++) {
    gpu.step(actions, onGpu)
    cpu.step(actions, onCpu)
  }
  const rows = [gpu, cpu].map((batch) => {
    const row = new Float64Array(205)
    batch.watch(2, row)
    return row
  })
  if (!same(gpu.save(2), cpu.save(2)) || !same(gpu.save(3), cpu.save(3))) differing.add('load')
  if (!same(rows[0], rows[1])) differing.add('watch')
}

function buffers(): GameStepBuffers {
  return {
    scoring: new Float32Array(games * AGENTS),
    checkpoints: new Float32Array(games * AGENTS),
    terminated: new Uint8Array(games),
    truncated: new Uint8Array(games),
    score: new Int32Array(games * 2),
  }
}

function seen(batch: GameBatch, encoding: Encoding): ArrayBufferView {
  const { dtype, shape } = ENCODINGS[encoding]
  const size = games * AGENTS * shape.reduce((product: number, axis: number) => product * axis, 1)
  const Rows = { float64: Float64Array, float32: Float32Array, uint8: Uint8Array }[dtype]
  const out = new Rows(size)
  batch.observe(encoding, out)
  return out
}

/** Bit for bit. */
function same(a: ArrayBufferView, b: ArrayBufferView): boolean {
  return Buffer.from(a.buffer, a.byteOffset, a.byteLength).equals(
    Buffer.from(b.buffer, b.byteOffset, b.byteLength),
  )
}
