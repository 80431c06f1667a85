import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type PolicyFile, writePolicyFile } from 'agon/inference'
import { agon } from '../../support/command.ts'
import type { BenchRow } from '../row.ts'

/** A short match and a longer one: what both begin with falls out of their difference. */
const SHORT = 20
const LEAST_STEPS = 150
const LEAST_GAME_STEPS = 20_000

/** `agon play`: TiZero against the built-in AI, environment steps a second. */
export async function benchGames(
  file: PolicyFile,
  games: number,
  threads: number,
  on: { readonly device: string; readonly games: string },
): Promise<BenchRow> {
  const path = join(mkdtempSync(join(tmpdir(), 'agon-bench-')), 'tizero.onnx')
  await writePolicyFile(path, file)
  const times: number[] = []
  const more = Math.max(LEAST_STEPS, Math.ceil(LEAST_GAME_STEPS / games))
  for (const steps of [SHORT, SHORT + more]) {
    const began = performance.now()
    const sides = ['--left', path, '--right', 'bot:0.95']
    const size = ['--games', games, '--slots', games, '--threads', threads, '--steps', steps]
    const devices = ['--device', on.device, '--games-device', on.games]
    const args = ['play', 'football', ...sides, ...size.map(String), ...devices]
    const { code, stderr } = await agon(args)
    if (code !== 0) throw new Error(stderr)
    times.push((performance.now() - began) / 1000)
  }
  return {
    name: `play, TiZero against bot 0.95, ${games} games, policy on ${on.device}, games on ${on.games}, ${threads} threads`,
    unit: 'steps/s',
    value: (games * more) / (times[1] - times[0]),
  }
}
