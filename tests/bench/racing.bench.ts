import type { AutoReset } from 'agon/envs'
import { createRacing, racingOptions } from 'agon/envs/racing'
import { boxRate } from './box-rate.ts'
import type { BenchRow } from './row.ts'

/** Steer anywhere, half of the gas, a little brake: cars that stay near their road for a while. */
const DRAW = [
  (uniform: number): number => 2 * uniform - 1,
  (uniform: number): number => 0.5 * uniform,
  (uniform: number): number => 0.1 * uniform,
]

/** Steps of cars under random actions, in this thread; a step is eight frames, each of them painted where rewards are shaped. */
export function benchRacing(): BenchRow[] {
  const row = (what: string, options: object, autoReset: AutoReset): BenchRow => {
    const world = createRacing(racingOptions.parse(options))
    const value = boxRate(world, autoReset, 1, (uniform, place) => DRAW[place](uniform))
    return { name: `racing, ${what}, one core`, unit: 'steps/s', value }
  }
  return [
    row('rewards of dcd, same level', {}, 'same-level'),
    row('rewards of dcd, a fresh track at every reset', {}, 'next-level'),
    row('plain rewards, same level', { shaping: false }, 'same-level'),
    row('one frame a step, same level', { actionRepeat: 1 }, 'same-level'),
  ]
}
