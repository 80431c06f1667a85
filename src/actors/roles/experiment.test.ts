import { describe, expect, it } from 'vitest'
// @ts-expect-error: a fixture in plain JavaScript
import { attempted } from '../../../tests/fixtures/toy/student.mjs'
import { trial } from '../../../tests/support/experiment-trial.ts'
import { manualClock } from '../../core/clock.ts'
import { actorId } from '../../core/ids.ts'
import { stream } from '../../core/random.ts'
import type { Snapshot } from '../../core/snapshot.ts'

interface Attempted {
  readonly cycle: number
  readonly slot: string
  /** Level and seed of each. */
  readonly tasks: readonly (readonly [readonly number[], number])[]
}

describe('experiment', () => {
  it('runs its cycles, records each once and cuts where it should', async () => {
    const { rows, cuts, result } = await trial()
    expect(result).toMatchObject({
      status: 'finished',
      spent: { cycles: 12, gradientUpdates: 12, envSteps: 48 },
    })
    expect([...rows.keys()]).toEqual(Array.from({ length: 12 }, (_, i) => i + 1))
    expect(cuts.map((cut) => cut.cycle)).toEqual([3, 6, 9, 12])
    expect(Object.keys(cuts[0].snapshots).sort()).toEqual(['adversary', 'student/agent'])
    expect(cuts[0].gallery.length).toBe(1)
  })

  it('ends with attempts, or with the wall clock over its resumptions', async () => {
    const attempts = await trial({ budget: { evaluations: 18 } })
    expect(attempts.result).toMatchObject({
      status: 'finished',
      spent: { cycles: 5, envSteps: 20, evaluations: 20 },
    })
    const clock = manualClock()
    const passing = { clock, onCycle: () => clock.advance(400) }
    const first = await trial({ ...passing, budget: { seconds: 1.5 } })
    // The cycle at hand when a second and a half are over is the last.
    expect(first.result.spent).toMatchObject({ cycles: 5, seconds: 1.6 })
    const second = await trial({ ...passing, budget: { seconds: 3 }, from: first })
    expect(second.result.spent).toMatchObject({ cycles: 10, seconds: 3.2 })
    const third = await trial({ ...passing, cycles: 11, from: second })
    expect(third.result.spent.seconds).toBe(3.2)
  })

  it('begins as a later stage after its last cycle, with the record of another adversary', async () => {
    const before = await trial()
    const archive = before.cuts.at(-1)?.snapshots[actorId('adversary')]
    attempted.length = 0
    const stage = await trial({ cycles: 2, origin: { cycle: 12, archive: archive as Snapshot } })
    const seen = [...attempted] as readonly Attempted[]
    expect(seen.map(({ cycle }) => cycle)).toEqual([13, 14])
    expect(stage.result.spent.cycles).toBe(2)
    expect(stage.cuts.at(-1)?.cycle).toBe(14)
    const afresh = await trial({ cycles: 2, origin: { cycle: 12 } })
    expect([...stage.rows.values()]).not.toEqual([...afresh.rows.values()])
    const kinds = stage.journal.map(({ kind }) => kind)
    expect(kinds).not.toContain('resumed')
  })

  it('comes to the same rows and the same last cut when actors are lost at random cycles', async () => {
    const calm = await trial({ cycles: 20 })
    for (let schedule = 0; schedule < 10; schedule++) {
      const draw = stream('faults', schedule)
      let kills = 0
      const stormy = await trial({
        cycles: 20,
        onCycle: (_, kill) => {
          if (draw.uniform() > 0.2) return
          kills += 1
          const victim = draw.integer(2) === 0 ? 'adversary' : 'student/agent'
          // Not in this very turn: somewhere inside the next cycle.
          const turns = draw.integer(6)
          const later = (left: number): void => {
            if (left === 0) kill(actorId(victim))
            else setImmediate(() => later(left - 1))
          }
          later(turns)
        },
      })
      expect(stormy.result.status).toBe('finished')
      expect([...stormy.rows]).toEqual([...calm.rows])
      expect({ ...stormy.cuts.at(-1), epoch: 0 }).toEqual({ ...calm.cuts.at(-1), epoch: 0 })
      const went = stormy.journal.filter(({ kind }) => kind === 'resumed')
      if (kills > 0) expect(went.length).toBeGreaterThan(0)
    }
  })

  it('asks a new evaluator again when the old one is lost, and measures each thing once', async () => {
    const calm = await trial({ evaluateEvery: 3 })
    expect(calm.stored.map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
      'baseline agent',
      'final agent',
    ])
    expect(JSON.parse(calm.rows.get(3) as string).metrics).toHaveProperty(
      'evaluation/toy/all/solved_rate',
    )
    let kills = 0
    const stormy = await trial({
      evaluateEvery: 3,
      onProgress: (kill) => {
        if (++kills <= 4) kill(actorId('evaluator'))
      },
    })
    expect(kills).toBeGreaterThan(4)
    expect(stormy.opened.filter((actor) => actor === 'evaluator').length).toBeGreaterThan(1)
    expect([...stormy.rows]).toEqual([...calm.rows])
    expect(stormy.stored).toEqual(calm.stored)
  })

  it('gives up past the restart intensity and shows the first error', async () => {
    const { result } = await trial({
      restarts: 2,
      onCycle: (_, kill) => setImmediate(() => kill(actorId('student/agent'))),
    })
    expect(result.status).toBe('failed')
    expect(result.error).toMatchObject({ code: 'worker/lost', fields: { actor: 'student/agent' } })
  })

  it('does not try bad numbers again, and names cycle and last good cut', async () => {
    const { result, opened } = await trial({ student: { failAt: 8 } })
    expect(result.status).toBe('failed')
    expect(result.error).toMatchObject({ fields: { cycle: 8, lastCut: 6, actor: 'student/agent' } })
    expect(result.error?.message).toBe('cycle 8, student/agent: the loss is NaN')
    expect(result.error?.remedy).toContain('cycle 6')
    expect(opened).toEqual(['student/agent', 'adversary'])
  })

  it('gives two slots equal levels, or different ones', async () => {
    const played = async (equal: boolean) => {
      attempted.length = 0
      const { result } = await trial({
        slots: ['antagonist', 'protagonist'],
        adversary: { equal },
        cycles: 3,
      })
      expect(result.spent).toEqual({ cycles: 3, gradientUpdates: 3, envSteps: 24 })
      const seen = [...attempted] as readonly Attempted[]
      const tasksOf = (slot: string) =>
        seen.filter((one) => one.slot === slot).map(({ tasks }) => tasks)
      expect(seen.map(({ cycle }) => cycle)).toEqual([1, 1, 2, 2, 3, 3])
      return [tasksOf('antagonist'), tasksOf('protagonist')]
    }
    const [antagonist, protagonist] = await played(true)
    expect(antagonist).toEqual(protagonist)
    expect(antagonist.flat()).toHaveLength(12)
    const different = await played(false)
    for (const cycle of [0, 1, 2]) expect(different[0][cycle]).not.toEqual(different[1][cycle])
  })

  it('refuses a student without the statistics that the adversary needs, by name', async () => {
    const { result } = await trial({ student: { offers: ['length'] } })
    expect(result.error).toMatchObject({ code: 'run/incompatible' })
    expect(result.error?.message).toBe(
      "the adversary needs return, which the student in slot 'agent' does not offer",
    )
  })

  it('cuts and stops at the next cycle boundary when asked', async () => {
    const { result, cuts } = await trial({
      cycles: 1000,
      onCycle: (cycle, _, run) => {
        if (cycle === 5) run.stop()
      },
    })
    expect(result.status).toBe('stopped')
    expect(cuts.at(-1)?.cycle).toBe(result.spent.cycles)
    expect(result.spent.cycles).toBeLessThan(8)
  })
})
