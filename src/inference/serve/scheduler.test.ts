import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { InPlace } from './in-place.ts'
import type { Job, JobBatch } from './job.ts'
import type { Lane } from './lane.ts'
import { Scheduler } from './scheduler.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const RULES = { maxBatch: 8, maxDelayMs: 10, maxQueueRows: 99, alone: false }

/** A lane that keeps what it is given; its thread never answers by itself. */
function fakeLane() {
  const taken: JobBatch[] = []
  const lane = {
    attach() {},
    lost: new Promise<never>(() => {}),
    get canTake() {
      return taken.length === 0
    },
    get busyRows() {
      return taken[0]?.rows ?? 0
    },
    inHand: taken,
    submit: (batch: JobBatch) => void taken.push(batch),
    async close() {},
  }
  return { lane: lane as unknown as Lane<JobBatch>, taken }
}

/** As {@link fakeLane}, for batches of up to two rows that run on the serving thread. */
function fakeInPlace() {
  const taken: JobBatch[] = []
  const inPlace = {
    mostRows: 2,
    get free() {
      return taken.length === 0
    },
    run: (batch: JobBatch) => void taken.push(batch),
    async close() {},
  }
  return { inPlace: inPlace as unknown as InPlace<JobBatch>, taken }
}

function schedulerWith(now: () => number, rules = RULES, inPlace?: InPlace<JobBatch>) {
  const nothing = (): never => {
    throw new Error('not asked for in this test')
  }
  const work = { fill: nothing, done: nothing, feeds: nothing, doneAlone: nothing, brokeDown() {} }
  const scheduler = new Scheduler(rules, { now }, work, nothing, inPlace)
  const { lane, taken } = fakeLane()
  scheduler.addLane(lane)
  return { scheduler, taken }
}

function job(arrived: number, rows = 1): Job {
  return {
    ...{ rows, arrived, inputs: [], shapes: [], wanted: [], id: '', sequence: undefined },
    ...{ alone: false, losses: 0, settled: false, handed: 0, resolve() {}, reject: vi.fn() },
  }
}

it('hands on a job that becomes due between two looks at the clock', () => {
  const times: number[] = []
  const { scheduler, taken } = schedulerWith(() => times.shift() ?? 10)
  times.push(9.999, 10)
  scheduler.submit(job(0))
  expect(taken).toHaveLength(0)
  vi.advanceTimersByTime(2)
  expect(taken).toHaveLength(1)
})

it('settles a job once, whoever gives it up', async () => {
  const { scheduler, taken } = schedulerWith(() => 0)
  const [waiting, other] = [job(0), job(0)]
  scheduler.submit(waiting)
  scheduler.submit(other)
  const error = Object.assign(new Error('gone'), { code: 'wire/cancelled' }) as never
  scheduler.cancel(waiting, error)
  scheduler.cancel(waiting, error)
  expect(waiting.reject).toHaveBeenCalledTimes(1)
  let idle = false
  void scheduler.idle().then(() => {
    idle = true
  })
  await scheduler.close()
  expect(other.reject).toHaveBeenCalledTimes(1)
  expect(taken).toHaveLength(0)
  await Promise.resolve()
  expect(idle).toBe(true)
  expect(() => scheduler.submit(job(0))).toThrow(/not served any more/)
})

it('runs small batches in place while no thread is at work, and large ones in a thread', async () => {
  const here = fakeInPlace()
  const { scheduler, taken } = schedulerWith(() => 0, { ...RULES, maxDelayMs: 0 }, here.inPlace)
  const submit = async (...jobs: readonly Job[]): Promise<void> => {
    for (const each of jobs) scheduler.submit(each)
    await vi.advanceTimersByTimeAsync(1)
  }
  const settle = (from: JobBatch[]): number =>
    from.splice(0).reduce((sum, { jobs }) => {
      for (const each of jobs) scheduler.answered(each)
      return sum + jobs.length
    }, 0)
  await submit(job(0))
  expect([settle(here.taken), settle(taken)]).toEqual([1, 0])
  await submit(job(0), job(0))
  expect([here.taken.length, settle(here.taken), settle(taken)]).toEqual([1, 2, 0])
  await submit(job(0), job(0), job(0))
  expect([settle(here.taken), taken.length]).toEqual([0, 1])
  // The thread is at the three; what comes now waits for it or another.
  await submit(job(0))
  expect(here.taken).toHaveLength(0)
  expect(settle(taken)).toBeGreaterThanOrEqual(3)
})
