import { describe, expect, it } from 'vitest'
import { type StartedRun, type SweepEvent, type SweptEnd, startSweep } from './sweep.ts'

const runs = [1, 2, 3, 4].map((seed) => ({ seed, dir: `out/seed-${seed}` }))
const FINISHED: SweptEnd = { status: 'finished', error: null }

/** Runs that end when they are told to. */
function sweeping(jobs: number) {
  const events: SweepEvent[] = []
  const end = new Map<number, (end: SweptEnd) => void>()
  const stops: number[] = []
  const sweep = startSweep({
    runs,
    jobs,
    onEvent: (event) => events.push(event),
    start: ({ seed }): StartedRun => ({
      ended: new Promise((resolve) => end.set(seed, resolve)),
      stop() {
        stops.push(seed)
      },
    }),
  })
  const settle = () => new Promise((resolve) => setTimeout(resolve, 0))
  const ends = async (seed: number, how = FINISHED): Promise<void> => {
    end.get(seed)?.(how)
    await settle()
  }
  return { sweep, events, end, stops, ends }
}

describe('a sweep', () => {
  it('has so many runs going on at a time, and gives their ends in order', async () => {
    const { sweep, end, ends } = sweeping(2)
    expect([...end.keys()]).toEqual([1, 2])
    await ends(2)
    expect([...end.keys()]).toEqual([1, 2, 3])
    for (const seed of [1, 3, 4]) await ends(seed)
    expect((await sweep.result).map(({ seed, status }) => [seed, status])).toEqual(
      runs.map(({ seed }) => [seed, 'finished']),
    )
  })

  it('goes on where one fails', async () => {
    const { sweep, events, ends } = sweeping(1)
    const error = { code: 'run/exists', message: 'not empty' }
    await ends(1, { status: 'failed', error })
    for (const seed of [2, 3, 4]) await ends(seed)
    const statuses = (await sweep.result).map(({ status }) => status)
    expect(statuses).toEqual(['failed', 'finished', 'finished', 'finished'])
    expect(events).toContainEqual({ kind: 'ended', ...runs[0], status: 'failed', error })
  })

  it('that is stopped begins no more, and stops what is going on each time it is told', async () => {
    const { sweep, stops, ends } = sweeping(2)
    sweep.stop()
    sweep.stop()
    expect(stops).toEqual([1, 2, 1, 2])
    await ends(1, { status: 'stopped', error: null })
    await ends(2, { status: 'stopped', error: null })
    const statuses = (await sweep.result).map(({ status }) => status)
    expect(statuses).toEqual(['stopped', 'stopped', 'left', 'left'])
  })
})
