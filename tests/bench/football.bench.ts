import { performance } from 'node:perf_hooks'
import { stream } from 'agon/core'
import type { GameBatch, NativeFootball } from '../../src/envs/football/native/contract.ts'
import { nativeFootball } from '../../src/envs/football/native/native-football.ts'
import type { BenchRow } from './row.ts'

const GAMES = 64
const DEVICE_GAMES = [4096, 16384, 65536]
const WARM_UP_STEPS = 50
const SECONDS = 2
const DEVICE_SECONDS = 3
/** Of the reference engine, 11_vs_11_stochastic without observations, one core of a small shared machine (medians of 5). */
const REFERENCE = 205
const TEAM = 10

interface Setting {
  readonly what: string
  /** Twenty agents under random hands, or the built-in AI for everybody. */
  readonly agents: boolean
  /** TiZero encodings and masks of the twenty before each step. */
  readonly encoded: boolean
  readonly bar: number
}
const SETTINGS: readonly Setting[] = [
  { what: 'built-in AI, no observations', agents: false, encoded: false, bar: 20_000 },
  { what: '20 agents, no observations', agents: true, encoded: false, bar: 20_000 },
  { what: '20 agents, TiZero encodings', agents: true, encoded: true, bar: 8_000 },
]

interface Rate {
  readonly perSecond: number
  /** By the processor time of the whole process, its stepping threads included. */
  readonly perCpuSecond: number
}

interface Place {
  readonly device: 'cpu' | 'cuda'
  readonly games: number
  readonly threads: number
  readonly seconds: number
}

/** Environment steps of 11_vs_11_stochastic. */
export function benchFootball(): BenchRow[] {
  let football: NativeFootball
  try {
    football = nativeFootball()
  } catch (error) {
    return [skipped('football', (error as Error).message)]
  }
  return [...onCpu(football), ...onGpu(football)]
}

function onCpu(football: NativeFootball): BenchRow[] {
  const rows: BenchRow[] = []
  for (const threads of [1, 2]) {
    for (const setting of SETTINGS) {
      const place = { device: 'cpu', games: GAMES, threads, seconds: SECONDS } as const
      const { perSecond, perCpuSecond } = rateOf(football, setting, place)
      const name = `${setting.what}, ${threads} thread${threads === 1 ? '' : 's'}`
      rows.push({ name, unit: 'steps/core s', value: perCpuSecond, bar: setting.bar })
      rows.push({ name: `${name}, by the clock`, unit: 'steps/s', value: perSecond })
      if (threads === 1 && !setting.encoded) {
        const ratio = `${name}, against the reference’s ${REFERENCE}`
        rows.push({ name: ratio, unit: 'times', value: perCpuSecond / REFERENCE, bar: 100 })
      }
    }
  }
  return rows
}

function onGpu(football: NativeFootball): BenchRow[] {
  const fault = football.cudaFault()
  if (fault !== null) return [skipped('football on a GPU', `no GPU here: ${fault}`)]
  return SETTINGS.map((setting) => {
    const rates = DEVICE_GAMES.map((games) => {
      const place = { device: 'cuda', games, threads: 1, seconds: DEVICE_SECONDS } as const
      return { games, rate: rateOf(football, setting, place).perSecond }
    })
    const best = rates.reduce((a, b) => (b.rate > a.rate ? b : a))
    const name = `GPU, ${setting.what}, best of ${DEVICE_GAMES} (${best.games})`
    return {
      name,
      unit: 'steps/s',
      value: best.rate,
      ...(setting.encoded ? {} : { bar: 5_000_000 }),
    }
  })
}

function skipped(name: string, reason: string): BenchRow {
  return { name, unit: '', value: 0, skipped: reason }
}

function rateOf(football: NativeFootball, setting: Setting, place: Place): Rate {
  const side = setting.agents ? TEAM : 0
  const { games, threads, device } = place
  const batch = football.batch({ games, agents: [side, side], threads, device })
  try {
    const round = rounds(football, batch, setting)
    for (let step = 0; step < WARM_UP_STEPS; step++) round()
    const start = performance.now()
    const worked = process.cpuUsage()
    let steps = 0
    while (performance.now() - start < place.seconds * 1000) {
      round()
      steps += games
    }
    const { user, system } = process.cpuUsage(worked)
    const seconds = (performance.now() - start) / 1000
    return { perSecond: steps / seconds, perCpuSecond: (steps * 1e6) / (user + system) }
  } finally {
    batch.close()
  }
}

/** One step of every game; a game that ends begins again. */
function rounds(football: NativeFootball, batch: GameBatch, setting: Setting): () => void {
  const agents = batch.agents[0] + batch.agents[1]
  const rows = batch.games * agents
  const level = levelOf(football, setting.agents)
  const begin = (game: number, episode: number) =>
    batch.reset(game, level, BigInt(7 + game), episode)
  for (let game = 0; game < batch.games; game++) begin(game, 0)
  const actions = new Int32Array(rows)
  const out = {
    scoring: new Float32Array(rows),
    checkpoints: new Float32Array(rows),
    terminated: new Uint8Array(batch.games),
    truncated: new Uint8Array(batch.games),
    score: new Int32Array(batch.games * 2),
  }
  const encodings = new Float32Array(setting.encoded ? rows * 330 : 0)
  const masks = new Float32Array(setting.encoded ? rows * 20 : 0)
  const hands = handsOf()
  let episode = 0
  return () => {
    if (setting.encoded) {
      batch.observe('tizero', encodings)
      batch.observe('tizero-mask', masks)
    }
    hands(actions)
    batch.step(actions, out)
    for (let game = 0; game < batch.games; game++)
      if (out.truncated[game] === 1) begin(game, ++episode)
  }
}

/** Mostly held directions, now and then another action; drawn once, so that drawing costs nothing. */
function handsOf(): (actions: Int32Array) => void {
  const draws = stream(3, 'hands')
  const pool = Int32Array.from({ length: 65_521 }, () =>
    draws.integer(8) === 0 ? draws.integer(19) : 0,
  )
  let first = 0
  return (actions) => {
    // Each step begins elsewhere in the pool, so that no agent repeats himself.
    first = (first + 7919) % pool.length
    for (let at = 0, from = first; at < actions.length; from = 0) {
      const part = pool.subarray(from, from + actions.length - at)
      actions.set(part, at)
      at += part.length
    }
  }
}

function levelOf(football: NativeFootball, agents: boolean) {
  const level = football.scenario('11_vs_11_stochastic', 0)
  if (!agents) return level
  const team = (side: 'left' | 'right') =>
    level[side].map((player, k) => ({ ...player, controllable: k > 0 }))
  return { ...level, left: team('left'), right: team('right') }
}
