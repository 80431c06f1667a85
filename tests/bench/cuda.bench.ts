import { fork } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { prepareCuda, providers } from 'agon/inference'
import { nativeFootball } from '../../src/envs/football/native/native-football.ts'
import { benchBus } from './cuda/bus.ts'
import { benchGames } from './cuda/football-rate.ts'
import type { Comparison, Opening } from './cuda/measure.process.ts'
import { benchServe } from './cuda/serve-load.ts'
import { subjects } from './cuda/subjects.ts'
import type { BenchRow } from './row.ts'

/** The most that a log-probability may differ from the CPU's without tf32. */
const LOG_PROB = 1e-5
const TEAM_ROWS = 22
const GAMES = [16, 512]

/**
 * Policies on the CPU and on a GPU in one run: what a call takes, whether both agree, `agon serve` and football with both.
 * Skipped where CUDA does not work. A second GPU is used where there is one.
 */
export async function benchCuda(): Promise<BenchRow[]> {
  prepareCuda()
  const cuda = (await providers()).find(({ name }) => name === 'cuda')
  if (cuda?.available !== true)
    return [{ name: 'cuda', unit: '', value: 0, skipped: cuda?.reason ?? 'no CUDA' }]
  const exact = await measured([])
  const rounded = await measured(['--tf32'])
  return [
    ...exact.flatMap((row) => table(row, true)),
    ...rounded.flatMap((row) => table(row, false)),
    ...(await benchBus()),
    ...(await serving()),
    ...(await football()),
  ]
}

/** What a process of its own says of all policies. */
async function measured(options: readonly string[]): Promise<readonly (Comparison | Opening)[]> {
  const entry = fileURLToPath(new URL('./cuda/measure.process.js', import.meta.url))
  // tf32 is settled in the environment of this process.
  const env = { ...process.env, NVIDIA_TF32_OVERRIDE: undefined }
  const child = fork(entry, [String(availableParallelism()), ...options], { env })
  const said: (Comparison | Opening)[] = []
  child.on('message', (row) => said.push(row as Comparison | Opening))
  const code = await new Promise((resolve) => child.on('exit', resolve))
  if (code !== 0) throw new Error(`the process that measures ended with ${code}`)
  return said
}

function table(row: Comparison | Opening, exact: boolean): BenchRow[] {
  const name = `cuda, ${row.policy}${exact ? '' : ', tf32'}`
  if ('open' in row) return [{ name: `${name}, to open`, unit: 'ms', value: row.open }]
  const { rows, cpu, cpuAll, cuda, greedy, sampled, logProb, anyLogProb } = row
  const at = `${name}, ${rows} rows`
  const all = availableParallelism()
  return [
    { name: `${at}, CPU, 1 thread`, unit: 'ms', value: cpu },
    { name: `${at}, CPU, ${all} threads`, unit: 'ms', value: cpuAll },
    { name: `${at}, CUDA`, unit: 'ms', value: cuda },
    { name: `${at}, best action the same`, unit: '', value: greedy, ...(exact ? { bar: 1 } : {}) },
    { name: `${at}, drawn action the same`, unit: '', value: sampled },
    {
      name: `${at}, its log-probability`,
      unit: 'difference',
      value: logProb,
      ...(exact ? { limit: LOG_PROB } : {}),
    },
    { name: `${at}, any log-probability`, unit: 'difference', value: anyLogProb },
  ]
}

async function serving(): Promise<BenchRow[]> {
  const rows: BenchRow[] = []
  const threads = String(Math.max(1, Math.floor(availableParallelism() / 2)))
  for (const { name, file } of await subjects()) {
    if (name === 'student of the demo') continue
    const sides = [
      ['--device', 'cpu', '--workers', threads],
      ['--device', 'cuda'],
      ['--device', 'cuda', '--workers', '4'],
      ['--device', 'auto'],
    ]
    for (const side of sides) rows.push(...(await benchServe(name, file, TEAM_ROWS, side)))
    try {
      rows.push(...(await benchServe(name, file, TEAM_ROWS, ['--device', 'cuda:0,cuda:1'])))
    } catch {
      rows.push({ name: 'serve on two GPUs', unit: '', value: 0, skipped: 'there is one GPU' })
    }
  }
  return rows
}

async function football(): Promise<BenchRow[]> {
  const tizero = (await subjects()).find(({ name }) => name === 'TiZero')
  if (tizero === undefined)
    return [{ name: 'football', unit: '', value: 0, skipped: 'AGON_DATA has no tizero' }]
  const games =
    nativeFootball().cudaFault() === null ? (['cpu', 'cuda'] as const) : ['cpu' as const]
  const rows: BenchRow[] = []
  const threads = availableParallelism()
  for (const count of GAMES)
    for (const device of ['cpu', 'cuda', 'auto'])
      for (const on of games)
        rows.push(await benchGames(tizero.file, count, threads, { device, games: on }))
  return rows
}
