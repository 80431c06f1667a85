import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { BenchRow } from './row.ts'
import { type WalkerCourse, walkerRate } from './walker/rate.ts'

const PLAIN: WalkerCourse = { options: { profile: 'gymnasium' }, autoReset: 'same-level' }
const EASY: WalkerCourse = { options: { generator: 'easy' }, autoReset: 'next-level' }
const FULL: WalkerCourse = { options: {}, autoReset: 'next-level' }
const BAR = 20_000

/** Steps of walkers under random actions, in this thread and in two at once. */
export async function benchWalker(): Promise<BenchRow[]> {
  const one = (what: string, course: WalkerCourse): BenchRow => ({
    name: `walker, ${what}, one core`,
    unit: 'steps/s',
    value: walkerRate(course, 1),
  })
  return [
    one('plain ground, same level', PLAIN),
    one('easy levels, fresh at every reset', EASY),
    one('levels of the whole range, fresh at every reset', FULL),
    {
      name: 'walker, easy levels, fresh at every reset, two cores',
      unit: 'steps/s',
      value: await together(EASY, 2),
      bar: BAR,
    },
  ]
}

/** The sum over threads that run at the same time. */
async function together(course: WalkerCourse, threads: number): Promise<number> {
  const rates = Array.from({ length: threads }, async (_, seed) => {
    const file = new URL('./walker/rate.worker.js', import.meta.url)
    const worker = new Worker(file, { workerData: { course, seed } })
    const [rate] = (await once(worker, 'message')) as [number]
    return rate
  })
  return (await Promise.all(rates)).reduce((sum, rate) => sum + rate, 0)
}
