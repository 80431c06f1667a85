import type { AutoReset } from 'agon/envs'
import { createWalker, walkerOptions } from 'agon/envs/walker'
import { boxRate } from '../box-rate.ts'

export interface WalkerCourse {
  readonly options: object
  readonly autoReset: AutoReset
}

/** Steps per second of random walks. */
export const walkerRate = ({ options, autoReset }: WalkerCourse, seed: number): number =>
  boxRate(createWalker(walkerOptions.parse(options)), autoReset, seed, (uniform) => 2 * uniform - 1)
