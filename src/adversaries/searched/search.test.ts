import { describe, expect, it } from 'vitest'
import { slotId } from '../../core/ids.ts'
import { stream } from '../../core/random.ts'
import type { EpisodeSummary, Outcome, Task, TaskBatch } from '../../learners/contract.ts'
import { adversary as cmaMe } from '../cma-me.ts'
import type { Adversary, AdversaryContext, AdversaryDefinition } from '../contract.ts'
import type { Attempt } from '../grid/contract.ts'
import { gridOf } from '../grid/insertion.ts'
import { adversary as madrid } from '../madrid.ts'
import { adversary as mapElites } from '../map-elites.ts'
import { adversary as random } from '../random.ts'
import { adversary as targeted } from '../targeted.ts'
import { countsOf } from '../testing/play.ts'
import { pointLevels } from '../testing/point-levels.ts'
import type { SearchOptions } from './options.ts'
import type { SearchRecord } from './search.ts'

const levels = pointLevels(3)
const AGENT = slotId('agent')
const AXES = [
  { name: 'x', low: -1, high: 1, bins: 6 },
  { name: 'x 2', low: -1, high: 1, bins: 3 },
]

function make(
  definition: AdversaryDefinition<SearchOptions>,
  options: object,
  context: Partial<AdversaryContext<Float64Array>> = {},
): Adversary<SearchRecord> {
  const parsed = definition.options.parse({ axes: AXES, ...options })
  return definition.create(parsed, {
    ...{ levels, slots: [AGENT], returnRange: [0, 1], ...context },
  }) as Adversary<SearchRecord>
}

const episode = (seat: string, value: number, finished = true): EpisodeSummary => ({
  ...{ episode: 0, seat, finished, solved: false, return: value, length: 4 },
  ...{ sumValue: 1, studentVersion: 0, extras: {} },
})

/** What comes of a task: what the level, the seed and who sits there say; now and then nothing. */
function play({ level, seed, seating }: Task): EpisodeSummary[] {
  const point = levels.decode(level)
  const chance = stream(seed, String(point), JSON.stringify(seating ?? {}))
  const value = Math.round(3 * (point[1] + chance.uniform()) - 1.5) / 2
  const finished = chance.integer(12) > 0
  if (seating === undefined)
    return [episode('left', value, finished), episode('right', -value / 2, finished)]
  return [episode('right', -value, finished)]
}

const attempt = (batch: TaskBatch): Outcome[] =>
  batch.tasks.map((task) => ({
    ...{ task: task.id, slot: batch.slot, repeat: task.repeat, artefacts: {}, measuredBy: 'test' },
    episodes: play(task),
  }))

function cycleOf(
  adversary: Adversary<SearchRecord>,
  record: SearchRecord,
  cycle: number,
  counts: Readonly<Record<string, number>> = { agent: 24 },
) {
  const draw = (...purpose: readonly (string | number)[]) => stream(1, cycle, ...purpose)
  const proposed = adversary.propose(record, { cycle, counts, random: draw })
  const batches = proposed.batches ?? []
  const outcomes = batches.flatMap(attempt)
  const observed = adversary.observe(proposed.record, { cycle, outcomes, random: draw })
  const { attempts = [], metrics = {}, levels: reports = [] } = observed
  return { record: observed.record, batches, attempts, metrics, reports }
}

function playAll(adversary: Adversary<SearchRecord>, cycles: number, counts = { agent: 24 }) {
  let record = adversary.init()
  const played = Array.from({ length: cycles }, (_, cycle) => {
    const one = cycleOf(adversary, record, cycle, counts)
    record = one.record
    return one
  })
  return { record, played, attempts: played.flatMap(({ attempts }) => attempts) }
}

const REFERENCES = { signal: 'cross-play', references: ['weak', 'bot'] }
const KINDS: readonly (readonly [string, AdversaryDefinition<SearchOptions>, object])[] = [
  ['map-elites, mutation', mapElites, { signal: 'optimal' }],
  ['map-elites, a score', mapElites, { signal: 'max-mc', repeats: 2 }],
  [
    'map-elites, several emitters',
    mapElites,
    {
      ...{ signal: 'bound', initial: 9 },
      emitters: [{ kind: 'gaussian' }, { kind: 'iso-line', count: 2 }, { kind: 'random' }],
    },
  ],
  ['cma-me', cmaMe, { signal: 'bound', repeats: 1 }],
  ['madrid, one reference', madrid, { ...REFERENCES, repeats: 2, initial: 8 }],
  ['madrid, all references', madrid, { ...REFERENCES, repeats: 1, initial: 8, against: 'all' }],
  ['targeted', targeted, { ...REFERENCES, repeats: 2 }],
  ['random', random, { signal: 'bound' }],
]

describe.each(KINDS)('%s', (_, definition, options) => {
  const adversary = make(definition, options)
  const { record, attempts, played } = playAll(adversary, 14)
  const { axes } = definition.grid!(definition.options.parse({ axes: AXES, ...options }))!

  it('has the grid that is the fold of its attempts, each with an id of its own', () => {
    expect(gridOf(axes, attempts)).toEqual(record.grid)
    expect(new Set(attempts.map(({ id }) => id)).size).toBe(attempts.length)
    expect(record.grid.filled.length).toBeGreaterThan(3)
    const best = new Map<string, number>()
    const again = attempts.map(({ cell, objective }): Attempt['status'] => {
      if (cell === null || objective === null) return 'unscored'
      const before = best.get(cell.join())
      if (before !== undefined && objective <= before) return 'kept-out'
      best.set(cell.join(), objective)
      return before === undefined ? 'new' : 'better'
    })
    expect(attempts.map(({ status }) => status)).toEqual(again)
  })

  it('goes on from a snapshot of any cycle bit for bit', () => {
    let copy = make(definition, options).init()
    for (const [cycle, { batches, attempts: found, metrics }] of played.entries()) {
      const other = make(definition, options)
      const snapshot = structuredClone(other.snapshot(copy))
      expect(JSON.parse(JSON.stringify(snapshot.state))).toEqual(snapshot.state)
      const one = cycleOf(other, other.restore(snapshot), cycle)
      expect(one.batches).toEqual(batches)
      expect(one.attempts).toEqual(found)
      expect(one.metrics).toEqual(metrics)
      copy = one.record
    }
    expect(adversary.snapshot(copy)).toEqual(adversary.snapshot(record))
  })

  it('says in each attempt what it takes to play it again', () => {
    for (const { batches, attempts: found } of played) {
      const tasks = new Map(
        batches.flatMap((batch) => batch.tasks.map((task) => [`${task.id} ${task.repeat}`, task])),
      )
      const told = found.flatMap((one) => one.tasks.map((task) => ({ ...task, level: one.level })))
      for (const { task, repeat, seed, seating, level } of told)
        expect(tasks.get(`${task} ${repeat}`)).toMatchObject({
          ...{ seed, level },
          ...(seating === undefined ? {} : { seating }),
        })
      expect(new Set(told.map(({ task, repeat }) => `${task} ${repeat}`)).size).toBe(tasks.size)
    }
  })

  it('shows its best elites', () => {
    const shown = adversary.gallery(record, 3)
    const best = record.grid.filled
      .map((cell) => record.grid.objectives[cell])
      .sort((a, b) => b - a)
    expect(shown.map(({ score }) => score)).toEqual(best.slice(0, 3))
    for (const { ancestry, id, level } of shown) expect(ancestry[0]).toMatchObject({ id, level })
  })
})

describe('a candidate against references', () => {
  const batchOf = (options: object) =>
    cycleOf(make(madrid, { ...REFERENCES, ...options }), make(madrid, REFERENCES).init(), 0)

  it('is played in cross-play and in self-play, as often each, with the same seeds', () => {
    const { batches, attempts } = batchOf({ repeats: 3, initial: 100 })
    const [{ tasks, autoReset }] = batches
    expect(autoReset).toBe('none')
    expect(tasks).toHaveLength(24)
    const seatings = tasks.map(({ seating }) => seating?.left ?? 'self')
    expect(seatings.slice(0, 12)).toEqual([
      ...['bot', 'bot', 'bot', 'self', 'self', 'self'],
      ...['weak', 'weak', 'weak', 'self', 'self', 'self'],
    ])
    expect(tasks.slice(0, 3).map(({ seed }) => seed)).toEqual(
      tasks.slice(3, 6).map(({ seed }) => seed),
    )
    expect(tasks.every(({ train }) => !train)).toBe(true)
    const [{ tasks: own, values, objective, descriptor }] = attempts
    const mean = (some: readonly (number | null)[]) => {
      const found = some.flatMap((value) => value ?? [])
      return found.reduce((sum, value) => sum + value, 0) / found.length
    }
    const returns = own.map((task) => task.return)
    expect(values).toEqual({
      cross_play: mean(returns.slice(0, 3)),
      self_play: mean(returns.slice(3)),
    })
    expect(objective).toBe(values.cross_play - values.self_play)
    expect(descriptor).toMatchObject({ reference: 'bot' })
  })

  it('shares self-play where it meets all', () => {
    const { batches, attempts } = batchOf({ repeats: 2, against: 'all', initial: 100 })
    expect(batches[0].tasks).toHaveLength(24)
    expect(attempts).toHaveLength(8)
    const [first, second] = attempts
    expect(first.level).toEqual(second.level)
    expect([first, second].map(({ descriptor }) => descriptor.reference)).toEqual(['weak', 'bot'])
    expect(first.tasks.slice(2)).toEqual(second.tasks.slice(2))
    expect(first.values.self_play).toBe(second.values.self_play)
  })

  it('reads the reference’s own seat where the student’s policy is seated by name', () => {
    const adversary = make(madrid, { ...REFERENCES, repeats: 1, target: 'target', initial: 9 })
    const draw = (...purpose: readonly (string | number)[]) => stream(1, ...purpose)
    const { record, batches = [] } = adversary.propose(adversary.init(), {
      ...{ cycle: 0, counts: countsOf([AGENT], 2), random: draw },
    })
    const [batch] = batches
    expect(batch.tasks.map(({ seating }) => seating)).toEqual([
      { left: 'bot', right: 'target' },
      undefined,
    ])
    const outcomes = batch.tasks.map(
      ({ id, repeat, seating }): Outcome => ({
        ...{ task: id, slot: AGENT, repeat, artefacts: {}, measuredBy: 'test' },
        episodes: seating
          ? [episode('left', 0.75), episode('right', 0.25)]
          : [episode('left', 0.5), episode('right', 0.125)],
      }),
    )
    const { attempts } = adversary.observe(record, { cycle: 0, outcomes, random: draw })
    expect(attempts![0]).toMatchObject({
      values: { cross_play: 0.75, self_play: 0.5 },
      objective: 0.25,
    })
  })

  it('has emitters for each reference, which see the elites found against it', () => {
    const { attempts } = playAll(make(madrid, { ...REFERENCES, repeats: 1, initial: 20 }), 30)
    const byId = new Map(attempts.map((one) => [one.id, one]))
    const children = attempts.filter(({ emitter }) => emitter.startsWith('cma-me/'))
    expect(new Set(children.map(({ emitter }) => emitter)).size).toBe(8)
    expect(children.some(({ parents }) => parents.length > 0)).toBe(true)
    for (const { parents, descriptor } of children)
      for (const parent of parents)
        expect(byId.get(parent)?.descriptor.reference).toBe(descriptor.reference)
  })
})

describe('what a level is worth', () => {
  const attemptsOf = (signal: string, more: object = {}) =>
    playAll(make(mapElites, { signal, repeats: 2, ...more }), 4).attempts

  it('optimal: how far the return stays below the best; levels without one are not scored', () => {
    const attempts = attemptsOf('optimal')
    const unsolvable = attempts.filter(({ level }) => levels.decode(level)[0] < -0.5)
    expect(unsolvable.length).toBeGreaterThan(0)
    for (const { objective, values, status, level } of attempts) {
      if (levels.decode(level)[0] < -0.5) expect([objective, status]).toEqual([null, 'unscored'])
      else if (objective !== null) expect(objective).toBe(values.optimal_return - values.return)
    }
  })

  it('only first episodes count for it, however many a rollout has room for', () => {
    const search = make(mapElites, { signal: 'optimal', repeats: 2, autoReset: 'same-level' })
    const record = search.init()
    const random = (...purpose: (string | number)[]) => stream(5, ...purpose)
    const counts = countsOf([AGENT], 8)
    const { batches = [] } = search.propose(record, { cycle: 0, counts, random })
    expect(batches[0]).toMatchObject({ autoReset: 'same-level' })
    expect(batches[0].tasks.every(({ train }) => !train)).toBe(true)
    const outcomes = attempt(batches[0]).map((outcome) => ({
      ...outcome,
      episodes: [0.5, 1, 1].map((value, i) => ({ ...episode('left', value), episode: i })),
    }))
    const { attempts = [] } = search.observe(record, { cycle: 0, outcomes, random })
    const scored = attempts.filter(({ objective }) => objective !== null)
    expect(scored.length).toBeGreaterThan(0)
    for (const { objective, values } of scored)
      expect([objective, values.return]).toEqual([0.5, 0.5])
  })

  it('bound: how far it stays below the most that the environment pays', () => {
    for (const { objective, values } of attemptsOf('bound'))
      if (objective !== null) expect(objective).toBe(1 - values.return)
  })

  it('a score: the student learns from what it attempts, one level after the other', () => {
    const { played, attempts } = playAll(make(mapElites, { signal: 'negative-return' }), 2)
    expect(played[0].batches[0]).toMatchObject({ autoReset: 'same-level' })
    expect(played[0].batches[0].tasks.every(({ train }) => train)).toBe(true)
    for (const { objective, values } of attempts)
      if (objective !== null) expect(objective).toBeCloseTo(-values.return, 12)
    expect(mapElites.trainShare(mapElites.options.parse({ axes: AXES }))).toBe(1)
    expect(mapElites.trainShare(mapElites.options.parse({ axes: AXES, train: false }))).toBe(0)
  })
})

describe('several students', () => {
  const slots = ['a', 'b', 'c'].map(slotId)

  it('share the candidates, so that a search is the same on one', () => {
    const several = make(cmaMe, { signal: 'bound', repeats: 2 }, { slots })
    const { batches, attempts } = cycleOf(several, several.init(), 0, { a: 6, b: 2, c: 5 })
    expect(batches.map(({ slot, tasks }) => [slot, tasks.length])).toEqual([
      ...[
        ['a', 6],
        ['b', 2],
        ['c', 4],
      ],
    ])
    expect(attempts.flatMap(({ tasks }) => tasks.map(({ slot }) => slot)).join('')).toBe(
      'aaaaaabbcccc',
    )
    const one = make(cmaMe, { signal: 'bound', repeats: 2 })
    const alone = cycleOf(one, one.init(), 0, { agent: 12 })
    expect(attempts.map(({ level }) => level)).toEqual(alone.attempts.map(({ level }) => level))
    const seeds = (all: readonly TaskBatch[]) =>
      all.flatMap(({ tasks }) => tasks.map(({ seed }) => seed))
    expect(seeds(batches)).toEqual(seeds(alone.batches))
  })
})

describe('what it tells', () => {
  it('the archive as it changes, and metrics of the grid and of what was attempted', () => {
    const options = { signal: 'bound', repeats: 2, emitters: [{ kind: 'random' }] }
    const { played } = playAll(make(mapElites, options), 20)
    const held = new Set<string>()
    for (const { reports, metrics, attempts } of played) {
      const [{ archive, score, slots }] = reports
      expect([score, slots]).toEqual(['bound', ['agent']])
      for (const id of archive!.dropped) expect(held.delete(id)).toBe(true)
      for (const { id } of archive!.entries) held.add(id)
      expect(held.size).toBe(archive!.size)
      expect(metrics.grid_cells).toBe(held.size)
      const objectives = attempts.flatMap(({ objective }) => objective ?? [])
      const sum = objectives.reduce((so, one) => so + one, 0)
      expect(metrics.attempted_mean).toBeCloseTo(sum / objectives.length, 12)
      expect(metrics.attempted_scored).toBe(objectives.length / attempts.length)
    }
    expect(played.some(({ reports }) => reports[0].archive!.dropped.length > 0)).toBe(true)
  })

  it('counts of tasks that do not come out even', () => {
    const options = madrid.options.parse({ ...REFERENCES, repeats: 4 })
    expect(madrid.tasksPerCycle(options, 20)).toBe(16)
    expect(madrid.tasksPerCycle(options, 3)).toBe(8)
    expect(madrid.notes?.(options, 20)).toEqual([
      '20 tasks of a cycle are taken as 16: a candidate takes 8',
    ])
    expect(madrid.notes?.(options, 16)).toEqual([])
  })
})

describe('what it refuses', () => {
  const code = (name: string) => expect.objectContaining({ code: name })
  it.each([
    ['adversary/axis', { axes: [{ name: 'height', low: 0, high: 1, bins: 2 }] }],
    ['adversary/axis', { axes: [AXES[0], AXES[0]] }],
    ['adversary/axis', { axes: [{ name: 'reference', values: ['weak'] }] }],
    ['adversary/signal', { signal: 'cross-play' }],
    ['adversary/signal', { signal: 'cross-play', references: ['weak', 'weak'] }],
    ['adversary/score', { signal: 'perfect-regret' }],
    ['adversary/operator', { emitters: [{ kind: 'mutation', operator: 'hop' }] }],
  ])('%s: %j', (name, options) => {
    expect(() => make(mapElites, options)).toThrow(code(name))
  })

  it('a bound that the environment does not know, snapshots of others, cycles out of order', () => {
    expect(() => make(mapElites, { signal: 'bound' }, { returnRange: undefined })).toThrow(
      code('adversary/signal'),
    )
    const planned = (run: object) => () => make(madrid, REFERENCES, run)
    const policies = ['weak', 'bot']
    expect(planned({ seats: ['left', 'right'], policies })).not.toThrow()
    expect(planned({ seats: ['left'], policies })).toThrow(/a seat 'right'/)
    expect(planned({ seats: ['left', 'right'], policies: ['weak'] })).toThrow(/no policy 'bot'/)
    const one = make(mapElites, { signal: 'bound' })
    const snapshot = one.snapshot(one.init())
    expect(() => make(cmaMe, { signal: 'bound' }).restore(snapshot)).toThrow(
      code('snapshot/foreign'),
    )
    const others = { signal: 'bound', emitters: [{ kind: 'random' }] }
    expect(() => make(mapElites, others).restore(snapshot)).toThrow(code('snapshot/foreign'))
    const draw = (...purpose: readonly (string | number)[]) => stream(1, ...purpose)
    const { record } = one.propose(one.init(), {
      cycle: 3,
      counts: countsOf([AGENT], 8),
      random: draw,
    })
    expect(() => one.snapshot(record)).toThrow(code('snapshot/mid-cycle'))
    expect(() => one.observe(record, { cycle: 4, outcomes: [], random: draw })).toThrow(
      code('adversary/out-of-order'),
    )
  })
})
