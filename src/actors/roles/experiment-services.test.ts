import { beforeEach, describe, expect, it } from 'vitest'
// @ts-expect-error: a fixture in plain JavaScript
import { observed, replies } from '../../../tests/fixtures/toy/asking-adversary.mjs'
// @ts-expect-error: a fixture in plain JavaScript
import { asked } from '../../../tests/fixtures/toy/service.mjs'
import { type KeptReply, trial } from '../../../tests/support/experiment-trial.ts'
import { type ActorId, actorId } from '../../core/ids.ts'
import { stream } from '../../core/random.ts'

const [STUDENT, ADVERSARY, JUDGE] = ['student/agent', 'adversary', 'service/judge'].map(actorId)
const calm = { services: { judge: {} }, cycles: 6 }
const keysOf = (cycle: number): string[] => [
  ...['before-0', 'before-1', 'before-2', 'again'].map((key) => `${cycle} ${key}`),
  ...['after-0', 'after-1', 'after-2'].map((key) => `${cycle} ${key}`),
]

beforeEach(() => {
  for (const list of [asked, replies, observed]) list.length = 0
})

describe('an adversary that asks', () => {
  it('stays in a phase until all is answered, and hears answers in the order of asking', async () => {
    const { result, rows, journal } = await trial(calm)
    expect(result).toMatchObject({ status: 'finished', spent: { cycles: 6 } })
    expect(replies).toEqual([1, 2, 3, 4, 5, 6].flatMap(keysOf))
    expect(asked).toHaveLength(42)
    expect(asked[0]).toBe('judge 1/adversary/before-0')
    const { metrics } = JSON.parse(rows.get(6) as string)
    expect(metrics).toMatchObject({
      'service/judge/calls': 42,
      'service/judge/tokens': 126,
      'service/judge/money': 4.2,
    })
    expect(journal.filter(({ kind }) => kind === 'reply')).toHaveLength(42)
  })

  it('comes to the same rows when actors are lost anywhere, and asks nothing twice that was kept', async () => {
    const quiet = await trial({ ...calm, cycles: 9 })
    for (let schedule = 0; schedule < 8; schedule++) {
      asked.length = 0
      const draw = stream('services', schedule)
      const kept = new Map<string, KeptReply>()
      const stormy = await trial({
        ...calm,
        ...{ cycles: 9, replies: kept, restarts: 10_000, services: { judge: { turns: 2 } } },
        onCycle: (cycle, kill) => {
          if (draw.uniform() > 0.4) return
          const victim = [STUDENT, ADVERSARY, JUDGE][draw.integer(3)] as ActorId
          let turns = draw.integer(30)
          const later = (): void => {
            if (turns-- === 0) kill(victim)
            else setImmediate(later)
          }
          later()
          expect(cycle).toBeLessThan(10)
        },
      })
      expect(stormy.result).toEqual(quiet.result)
      expect([...stormy.rows]).toEqual([...quiet.rows])
      const journalled = stormy.journal.filter(({ kind }) => kind === 'reply')
      expect(new Set(journalled.map(({ key }) => key)).size).toBe(journalled.length)
      expect(journalled).toHaveLength(63)
    }
  })

  it('reads what an earlier run kept instead of asking', async () => {
    const kept = new Map<string, KeptReply>()
    const first = await trial({ ...calm, replies: kept })
    asked.length = 0
    const second = await trial({ ...calm, replies: kept })
    expect(asked).toEqual([])
    expect([...second.rows]).toEqual([...first.rows])
  })

  it('goes on counting the seconds and what was sent again, so that their cap is of the run', async () => {
    const kept = new Map<string, KeptReply>()
    await trial({ ...calm, cycles: 1, replies: kept })
    for (const [key, reply] of kept) kept.set(key, { ...reply, seconds: 9, retries: 2 })
    const { result, journal } = await trial({ ...calm, replies: kept, limits: { seconds: 10 } })
    expect(result.status).toBe('finished')
    expect(journal.find(({ kind }) => kind === 'reply')).toMatchObject({ seconds: 9, retries: 2 })
    const capped = await trial({ ...calm, cycles: 7, replies: kept, limits: { seconds: 9 } })
    expect(capped.result.limited).toMatchObject({ code: 'service/cap', fields: { cap: 'seconds' } })
    expect(capped.result.spent.cycles).toBe(6)
  })

  it('asks a service with state again from its cut, which gives the same', async () => {
    const shape = { ...calm, services: { judge: { stateful: true } }, limits: { concurrency: 1 } }
    const quiet = await trial(shape)
    expect(Object.keys(quiet.cuts[0].snapshots)).toContain('service/judge')
    let struck = false
    const stormy = await trial({
      ...shape,
      onCycle: (cycle, kill) => {
        if (cycle !== 5 || struck) return
        struck = true
        setImmediate(() => kill(JUDGE))
      },
    })
    expect(struck).toBe(true)
    expect(stormy.restarts).toEqual([JUDGE])
    expect([...stormy.rows]).toEqual([...quiet.rows])
    expect(stormy.cuts.at(-1)?.snapshots).toEqual(quiet.cuts.at(-1)?.snapshots)
  })

  it('asks again after a failure that another try may mend', async () => {
    const shape = { services: { judge: { fail: 'once' } }, adversary: { questions: 1 }, cycles: 1 }
    const { result } = await trial(shape)
    expect(result.status).toBe('finished')
    expect(asked.filter((key: string) => key.endsWith('before-0'))).toHaveLength(2)
  })

  it.each([
    [
      'a failure that nothing mends',
      { services: { judge: { fail: 'refuse' } } },
      'module/threw',
      'service/judge',
      'it will not',
    ],
    [
      'a service that is not there',
      { adversary: { service: 'jude' } },
      'service/unknown',
      'adversary',
      "asks for the service 'jude'",
    ],
    [
      'a grader, which hides what it knows',
      { graders: ['judge'] },
      'service/grader',
      'adversary',
      'which grades',
    ],
  ])('ends with the name of %s', async (_, more, code, actor, message) => {
    const { result } = await trial({ ...calm, ...more })
    expect(result).toMatchObject({ status: 'failed', error: { code, fields: { actor } } })
    expect(result.error?.message).toContain(message)
  })

  it('says which service is meant', async () => {
    const { result } = await trial({ ...calm, adversary: { service: 'jude' } })
    expect(result.error?.remedy).toContain("did you mean 'judge'?")
  })
})

describe('a cap', () => {
  // Of 7 calls a cycle, in the middle of the fifth; the last cut of its own accord is of the third.
  const capped = { ...calm, limits: { calls: 31 } }

  it('ends the run with the cycles that were whole, and asks for none of them again', async () => {
    const whole = await trial(calm)
    asked.length = 0
    const kept = new Map<string, KeptReply>()
    const { result, rows, cuts } = await trial({ ...capped, replies: kept })
    expect(result).toMatchObject({
      ...{ status: 'finished', spent: { cycles: 4 } },
      limited: { code: 'service/cap', fields: { cap: 'calls', spent: 31, limit: 31 } },
    })
    expect(result).not.toHaveProperty('error')
    expect(asked).toHaveLength(31)
    expect(new Set(asked).size).toBe(31)
    const metrics = (of: typeof rows) =>
      [1, 2, 3, 4].map((cycle) => JSON.parse(of.get(cycle) as string).metrics)
    expect(metrics(rows)).toEqual(metrics(whole.rows))
    expect([...rows.keys()]).toEqual([1, 2, 3, 4])
    expect(cuts.at(-1)).toMatchObject({ cycle: 4 })
    expect(kept.size).toBe(31)
  })

  it('may be raised: nothing that was answered is asked again', async () => {
    const whole = await trial(calm)
    asked.length = 0
    const kept = new Map<string, KeptReply>()
    const first = await trial({ ...capped, replies: kept })
    const again = await trial({ ...capped, replies: kept, from: first })
    expect(again.result).toMatchObject({ status: 'finished', spent: { cycles: 4 } })
    expect(asked).toHaveLength(31)
    const raised = await trial({ ...calm, replies: kept, from: again })
    expect(raised.result).toEqual(whole.result)
    expect(asked).toHaveLength(42)
    expect(new Set(asked).size).toBe(42)
    expect(raised.cuts.at(-1)?.snapshots).toEqual(whole.cuts.at(-1)?.snapshots)
  })

  it('ends it with the last cut where the service has state, and so has to hear all again', async () => {
    const judge = { services: { judge: { stateful: true } } }
    const limits = { calls: 31, concurrency: 1 }
    const { result, cuts } = await trial({ ...calm, ...judge, limits })
    expect(result.error).toBeUndefined()
    const last = cuts.filter(({ cycle }) => cycle <= 4).at(-1)
    expect(result).toMatchObject({ status: 'finished', limited: { code: 'service/cap' } })
    expect(result.spent.cycles).toBe(last?.cycle)
  })

  it('that allows no cycle at all leaves the run where it began', async () => {
    const { result, rows } = await trial({ ...calm, limits: { calls: 5 } })
    expect(result).toMatchObject({
      ...{ status: 'finished', spent: { cycles: 0 } },
      limited: { message: expect.stringContaining('5 of 5') },
    })
    expect(rows.size).toBe(0)
  })
})

describe('a student that asks', () => {
  it('hears what it asked, once over losses, and two may ask under one key', async () => {
    const shape = {
      ...{ slots: ['left', 'right'], student: { asks: 'judge' }, services: { judge: {} } },
      ...{ adversary: { questions: 1 }, cycles: 4 },
    }
    const quiet = await trial(shape)
    expect(quiet.result.status).toBe('finished')
    const own = asked.filter((key: string) => key.includes('/student/'))
    expect(own.sort()).toEqual(
      [1, 2, 3, 4].flatMap((cycle) =>
        ['left', 'right'].map((slot) => `judge ${cycle}/student/${slot}/attempt`),
      ),
    )
    let struck = false
    const stormy = await trial({
      ...shape,
      onCycle: (cycle, kill) => {
        if (cycle === 4 || struck) return
        struck = true
        setImmediate(() => kill(actorId('student/left')))
      },
    })
    expect(stormy.restarts).toEqual(['student/left'])
    const read = (rows: Map<number, string>) => [...rows.values()].map((row) => JSON.parse(row))
    expect(read(stormy.rows)).toEqual(read(quiet.rows))
  })
})

describe('graders', () => {
  it('add to the outcomes what they say openly; what they seal is in metrics and journal alone', async () => {
    const { result, rows, journal, told } = await trial({
      ...{ slots: ['left', 'right'], services: { judge: {}, jury: { secret: true } } },
      ...{ graders: ['jury'], cycles: 2 },
    })
    expect(result.status).toBe('finished')
    expect(asked.filter((key: string) => key.startsWith('jury'))).toEqual([
      'jury 1/experiment/grade/jury',
      'jury 2/experiment/grade/jury',
    ])
    expect(observed.length).toBeGreaterThan(0)
    for (const extras of observed) expect(extras.graded).toBeGreaterThan(0)
    // Whatever was sent to anyone but the grader itself.
    for (const [actor, messages] of told)
      expect(JSON.stringify(messages), actor).not.toContain('hidden_truth')
    expect(JSON.stringify(told.get(ADVERSARY))).toContain('graded')
    const { metrics } = JSON.parse(rows.get(2) as string)
    expect(metrics['sealed/jury/hidden_truth']).toBe(41.5)
    expect(journal.filter(({ kind }) => kind === 'sealed')).toHaveLength(2)
  })
})
