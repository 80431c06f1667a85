import { describe, expect, it } from 'vitest'
// @ts-expect-error: a fixture in plain JavaScript
import { living } from '../../../tests/fixtures/toy/student.mjs'
import { trial } from '../../../tests/support/experiment-trial.ts'
import { manualClock } from '../../core/clock.ts'
import { AgonError } from '../../core/errors.ts'
import { type ActorId, actorId } from '../../core/ids.ts'
import { stream } from '../../core/random.ts'

const [STUDENT, ADVERSARY, EVALUATOR] = ['student/agent', 'adversary', 'evaluator'].map(actorId)

/** Does `work` after so many turns of the event loop. */
const later = (turns: number, work: () => void): void => {
  setImmediate(turns === 0 ? work : () => later(turns - 1, work))
}
describe('actors lost in any state', () => {
  const shape = { cycles: 9, evaluateEvery: 2, student: { slow: 2 } }

  it('come to the same rows, cuts and measurements, and none outlives the run', async () => {
    const calm = await trial(shape)
    for (let schedule = 0; schedule < 24; schedule++) {
      const draw = stream('faults anywhere', schedule)
      const stormy = await trial({
        ...shape,
        writing: () => draw.integer(4),
        onStart: (kill) => {
          // Bursts, so that one loss falls into the handling of another.
          for (
            let turn = draw.integer(20);
            turn < 400;
            turn += 1 + draw.integer(draw.integer(60) + 1)
          )
            later(turn, () => kill([STUDENT, ADVERSARY, EVALUATOR][draw.integer(3)]))
        },
        restarts: 10_000,
      })
      expect(stormy.result).toEqual(calm.result)
      expect(stormy.restarts.length).toBeGreaterThan(0)
      expect([...stormy.rows]).toEqual([...calm.rows])
      expect({ ...stormy.cuts.at(-1), epoch: 0 }).toEqual({ ...calm.cuts.at(-1), epoch: 0 })
      expect(new Set(stormy.stored)).toEqual(new Set(calm.stored))
      expect(living.size).toBe(0)
    }
  })

  it('lost together count once, and nothing is opened in a cast that is let go', async () => {
    let struck = false
    const { result, opened, restarts } = await trial({
      evaluateEvery: 1,
      cycles: 3,
      onCycle: (cycle, kill) => {
        if (cycle !== 2 || struck) return
        struck = true
        for (const actor of [STUDENT, ADVERSARY, EVALUATOR]) kill(actor)
      },
    })
    expect(result.status).toBe('finished')
    expect(restarts).toEqual([STUDENT])
    expect(opened).toEqual([STUDENT, ADVERSARY, EVALUATOR, STUDENT, ADVERSARY, EVALUATOR])
  })

  it('while a student is still being made: it is closed before the next one is', async () => {
    let most = 0
    let over = false
    const watch = (): void => {
      most = Math.max(most, living.size)
      if (!over) setImmediate(watch)
    }
    const { result } = await trial({
      student: { slow: 8 },
      cycles: 2,
      onStart: (kill) => {
        later(3, () => kill(ADVERSARY))
        watch()
      },
    })
    over = true
    expect(result.status).toBe('finished')
    expect(most).toBe(1)
    expect(living.size).toBe(0)
  })

  it('lets go of those that were opened before one that cannot be', async () => {
    const { result, opened } = await trial({
      onOpen: (actor) => {
        if (actor === ADVERSARY) throw new AgonError('placement/full', 'there is no place for it')
      },
    })
    expect(opened).toEqual([STUDENT])
    expect(result).toMatchObject({ status: 'failed', error: { code: 'placement/full' } })
    expect(living.size).toBe(0)
  })

  it('names the first loss of those within the window, not one of long ago', async () => {
    const clock = manualClock()
    const { result } = await trial({
      clock,
      restarts: 2,
      cycles: 50,
      onCycle: (cycle, kill) => {
        if (cycle === 1 && clock.now() === 0) {
          clock.advance(1)
          later(0, () => kill(STUDENT))
        }
        if (cycle < 5) return
        if (clock.now() === 1) clock.advance(100_000)
        later(0, () => kill(ADVERSARY))
      },
    })
    expect(result.status).toBe('failed')
    expect(result.error?.fields).toMatchObject({ actor: ADVERSARY })
    expect(result.error?.message).toContain('adversary was killed')
  })
})

describe('losses that bring nothing new', () => {
  /** Kills an actor in each try of a cycle, each later than the restart window is long. */
  const slowly = (actor: ActorId, cycle: number, clock = manualClock()) => ({
    clock,
    restarts: 4,
    cycles: 9,
    onCycle: (at: number, kill: (who: ActorId) => void) => {
      if (at !== cycle) return
      clock.advance(1_000_000)
      later(0, () => kill(actor))
    },
  })

  it.each([
    [STUDENT, 1, null],
    [ADVERSARY, 5, 3],
  ])('of %s after cycle %i end the run, however far apart', async (actor, cycle, lastCut) => {
    const { result, restarts, journal } = await trial(slowly(actor, cycle))
    expect(result.status).toBe('failed')
    expect(restarts).toHaveLength(4)
    expect(result.error).toMatchObject({
      code: 'worker/lost',
      fields: { actor, cycle: cycle + 1, lastCut },
    })
    expect(result.error?.message).toContain('given up after 4 restarts without anything new done')
    // The bound holds over the epochs that it makes.
    expect(journal.filter(({ kind }) => kind === 'resumed')).toHaveLength(4)
  })

  it('of the evaluator as well', async () => {
    const clock = manualClock()
    const { result } = await trial({
      clock,
      restarts: 4,
      cycles: 2,
      evaluateEvery: 1,
      onProgress: (kill) => {
        clock.advance(1_000_000)
        kill(EVALUATOR)
      },
    })
    expect(result.error).toMatchObject({ code: 'worker/lost', fields: { actor: EVALUATOR } })
  })

  it('are forgotten by each cycle that was never completed before', async () => {
    const clock = manualClock()
    const reached = new Set<number>()
    const { result, restarts } = await trial({
      clock,
      restarts: 1,
      cycles: 9,
      onCycle: (cycle, kill) => {
        if (reached.has(cycle)) return
        reached.add(cycle)
        clock.advance(1_000_000)
        later(0, () => kill(STUDENT))
      },
    })
    expect(result.status).toBe('finished')
    expect(restarts.length).toBeGreaterThan(6)
  })
})

describe('silence', () => {
  it('of an actor that is there counts as its loss, and ends the run when it lasts', async () => {
    const { result, restarts } = await trial({
      answerMs: 20,
      restarts: 2,
      cycles: 4,
      student: { silentAt: 2 },
    })
    expect(restarts).toEqual([STUDENT, STUDENT])
    expect(result.error).toMatchObject({ code: 'actor/lost', fields: { actor: STUDENT, cycle: 2 } })
    expect(result.error?.remedy).toContain('supervision.answerSeconds')
  })
})

describe('cuts that fail', () => {
  it('does not name one that could not be written as the last good one', async () => {
    const { result } = await trial({
      writing: (cycle) => {
        if (cycle === 9) throw new AgonError('cut/write', 'the disk is full')
        return 0
      },
    })
    expect(result.error).toMatchObject({ code: 'cut/write', fields: { lastCut: 6 } })
  })

  it('does not begin again from nothing when the cuts are gone', async () => {
    const { result } = await trial({
      load: () => null,
      onCycle: (cycle, kill) => {
        if (cycle === 5) kill(STUDENT)
      },
    })
    expect(result.error).toMatchObject({ code: 'cut/missing', fields: { lastCut: 3 } })
  })
})

describe('stop', () => {
  it('at any moment ends with a cut of what is spent, from which the run goes on the same', async () => {
    const shape = { cycles: 7, evaluateEvery: 2, student: { slow: 1 } }
    const calm = await trial(shape)
    const ends = new Set<string>()
    // How many turns a run takes depends on the machine: on until one is over before it is stopped.
    for (let turn = 0; turn < 4000 && !ends.has('finished'); turn += 8) {
      const draw = stream('stop and losses', turn)
      const stopped = await trial({
        ...shape,
        onStart: (kill, run) => {
          later(turn, () => run.stop())
          if (draw.integer(2) === 0)
            later(turn + draw.integer(8), () =>
              kill([STUDENT, ADVERSARY, EVALUATOR][draw.integer(3)]),
            )
        },
      })
      const { status, spent } = stopped.result
      ends.add(status)
      expect(stopped.cuts.at(-1)?.cycle ?? 0).toBe(spent.cycles)
      expect(living.size).toBe(0)
      if (status === 'finished') continue
      expect(status).toBe('stopped')
      const resumed = await trial({ ...shape, from: stopped })
      expect([...resumed.rows]).toEqual([...calm.rows])
      expect(resumed.result.status).toBe('finished')
    }
    expect([...ends].sort()).toEqual(['finished', 'stopped'])
  })

  it('leaves the final measurement for later', async () => {
    const { result, stored } = await trial({
      cycles: 3,
      evaluateEvery: 1000,
      onProgress: (_, run) => run.stop(),
    })
    expect(result).toMatchObject({ status: 'stopped', spent: { cycles: 3 }, solvedRate: {} })
    expect(stored).toEqual([])
    expect(living.size).toBe(0)
  })
})

it('a stop while an actor is still awaited ends the run', async () => {
  const { result } = await trial({
    student: { slow: 3000 },
    onStart: (_, run) => later(20, run.stop),
  })
  expect(result.status).toBe('stopped')
  expect(result.spent.cycles).toBe(0)
})
