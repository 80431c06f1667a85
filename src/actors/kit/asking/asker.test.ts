import { describe, expect, it } from 'vitest'
import { AgonError } from '../../../core/errors.ts'
import { askMetrics, askTimings } from './spent.ts'
import { createWorld, settled } from './testing/world.ts'

const passing = (): AgonError => new AgonError('service/busy', 'later', { fields: { retry: true } })
const codeOf = (asked: Promise<unknown>): Promise<unknown> =>
  asked.then(
    () => 'answered',
    (error) => error.code ?? error.message,
  )

describe('the turns', () => {
  it('asks so many at a time, the others in the order of asking', async () => {
    const { calls, ask } = createWorld({ concurrency: 2 })
    const all = ['a', 'b', 'c', 'd'].map((key) => ask(key))
    await settled()
    expect(calls.map(({ key }) => key)).toEqual(['a', 'b'])
    calls[1].answer()
    await settled()
    expect(calls.map(({ key }) => key)).toEqual(['a', 'b', 'c'])
    calls[0].answer()
    calls[2].answer()
    await settled()
    calls[3].answer()
    expect((await Promise.all(all)).map(({ text }) => text)).toEqual(['a', 'b', 'c', 'd'])
  })

  it('lets a question be taken back while it waits and while it is asked', async () => {
    const { calls, ask } = createWorld({ concurrency: 1 })
    const asked = new AbortController()
    const waits = new AbortController()
    const first = codeOf(ask('a', asked.signal))
    const second = codeOf(ask('b', waits.signal))
    const third = ask('c')
    await settled()
    waits.abort(new Error('not needed'))
    expect(await second).toBe('not needed')
    asked.abort(new Error('nor this'))
    expect(await first).toBe('nor this')
    expect(calls[0].signal.aborted).toBe(true)
    await settled()
    expect(calls.map(({ key }) => key)).toEqual(['a', 'c'])
    calls[1].answer()
    expect((await third).text).toBe('c')
  })

  it('ends all with the reason when it is closed, and asks nothing from then on', async () => {
    const { calls, ask, asker } = createWorld({ concurrency: 1 })
    const all = Promise.all(['a', 'b', 'c'].map((key) => codeOf(ask(key))))
    await settled()
    asker.close(new AgonError('run/over', 'the run is over'))
    expect(await all).toEqual(['run/over', 'run/over', 'run/over'])
    expect(await codeOf(ask('d'))).toBe('run/over')
    expect(calls.map(({ key }) => key)).toEqual(['a'])
  })

  it('waits for someone to ask, and holds no deadline against that', async () => {
    let come = (): void => {}
    const present = new Promise<void>((resolve) => {
      come = resolve
    })
    const world = createWorld({ deadlineSeconds: 1 }, { present: () => present })
    const asked = world.ask('a')
    await world.advance(5000)
    expect(world.calls).toEqual([])
    come()
    await settled()
    world.calls[0].answer()
    expect((await asked).text).toBe('a')
    expect(world.asker.spent().seconds).toBe(0)
  })
})

describe('the deadline', () => {
  it('fires for a call that looks at nothing, frees its turn and asks again', async () => {
    const world = createWorld({ concurrency: 1, deadlineSeconds: 10, retries: 1 })
    const asked = world.ask('a')
    await world.advance(9900)
    expect(world.calls[0].signal.aborted).toBe(false)
    await world.advance(100)
    expect(world.calls[0].signal.aborted).toBe(true)
    await world.advance(500)
    expect(world.calls.map(({ key }) => key)).toEqual(['a', 'a'])
    // What comes too late is nobody's answer any more.
    world.calls[0].answer({ tokens: 100 })
    world.calls[1].answer({ tokens: 1 })
    await asked
    expect(world.asker.spent()).toMatchObject({ calls: 1, retries: 1, tokens: 1 })
  })

  it('ends with its name once the retries are used up', async () => {
    const world = createWorld({ deadlineSeconds: 1, retries: 2 })
    const asked = world.ask('a').catch((error: AgonError) => error)
    await world.advance(10_000)
    expect(await asked).toMatchObject({
      code: 'service/deadline',
      place: 'services.judge.limits.deadlineSeconds',
      message: "service 'judge' has not answered 'a' within 1 s; it was asked 3 times",
    })
    expect(world.asker.spent()).toMatchObject({ calls: 0, retries: 3 })
  })
})

describe('retries', () => {
  it('asks again after the loss of the service and what says that another try may mend it', async () => {
    const world = createWorld({ retries: 2 })
    const asked = world.ask('a')
    await settled()
    world.calls[0].fail(new AgonError('actor/lost', 'gone'))
    await world.advance(500)
    world.calls[1].fail(passing())
    await world.advance(1000)
    world.calls[2].answer()
    expect((await asked).text).toBe('a')
    const pauses = [world.calls[1].at, world.calls[2].at - world.calls[1].at]
    expect(pauses[0]).toBeGreaterThanOrEqual(250)
    expect(pauses[0]).toBeLessThanOrEqual(500)
    expect(pauses[1]).toBeGreaterThanOrEqual(500)
    expect(pauses[1]).toBeLessThanOrEqual(1000)
  })

  it('does not ask again after anything else', async () => {
    const world = createWorld({ retries: 2 })
    const asked = codeOf(world.ask('a'))
    await settled()
    world.calls[0].fail(new AgonError('service/refused', 'no'))
    expect(await asked).toBe('service/refused')
    await world.advance(5000)
    expect(world.calls).toHaveLength(1)
  })

  it('waits as long for the same question in every run, and not the same for two', async () => {
    const pauseOf = async (key: string): Promise<number> => {
      const world = createWorld()
      void world.ask(key)
      await settled()
      world.calls[0].fail(passing())
      await world.advance(600)
      return world.calls[1].at
    }
    expect(await pauseOf('a')).toBe(await pauseOf('a'))
    const many = new Set(await Promise.all(['a', 'b', 'c', 'd', 'e'].map(pauseOf)))
    expect(many.size).toBeGreaterThan(1)
  })

  it('is cut short while it waits to ask again', async () => {
    const world = createWorld()
    const asked = codeOf(world.ask('a'))
    await settled()
    world.calls[0].fail(passing())
    await settled()
    world.asker.close(new Error('over'))
    expect(await asked).toBe('over')
  })
})

describe('when too much is asked', () => {
  const busy = (more: object = {}): AgonError =>
    new AgonError('model/busy', 'slower', { fields: { retry: true, slowDown: true, ...more } })

  it('asks nobody for as long as it is told, then half as many at a time', async () => {
    const world = createWorld({ concurrency: 4, retries: 5 })
    const all = ['a', 'b', 'c', 'd', 'e', 'f'].map((key) => world.ask(key))
    await settled()
    expect(world.calls).toHaveLength(4)
    for (const call of world.calls) call.fail(busy({ retryAfterSeconds: 20 }))
    await world.advance(19_900)
    expect(world.calls).toHaveLength(4)
    await world.advance(1000)
    // Four failed together: that halves it once.
    expect(world.calls).toHaveLength(6)
    expect(world.calls[4].at).toBeGreaterThanOrEqual(20_000)
    for (let met = 4; met < world.calls.length; met++) {
      world.calls[met].answer()
      await world.advance(600)
    }
    expect((await Promise.all(all)).map(({ text }) => text).sort()).toEqual([...'abcdef'])
    expect(world.asker.spent()).toMatchObject({ calls: 6, retries: 4 })
  })

  it('asks as many as before once answers come', async () => {
    const world = createWorld({ concurrency: 4, retries: 9 })
    const keys = Array.from({ length: 24 }, (_, i) => `q${i}`)
    const all = Promise.all(keys.map((key) => world.ask(key)))
    await settled()
    world.calls[0].fail(busy())
    const under = new Set(world.calls.slice(1, 4))
    for (const call of under) call.answer()
    let met = 4
    let most = 0
    for (let step = 0; step < 40; step++) {
      await world.advance(600)
      const now = world.calls.slice(met)
      most = Math.max(most, now.length)
      met = world.calls.length
      for (const call of now) call.answer()
    }
    await all
    expect(most).toBe(4)
  })

  it('rests a minute at most, and never below one call at a time', async () => {
    const world = createWorld({ concurrency: 1, retries: 9 })
    const asked = world.ask('a')
    await settled()
    world.calls[0].fail(busy({ retryAfterSeconds: 86_400 }))
    await world.advance(61_000)
    world.calls[1].fail(busy({ retryAfterSeconds: -1 }))
    await world.advance(2000)
    world.calls[2].answer()
    expect((await asked).text).toBe('a')
  })

  it('lets go of who rests when the question is taken back', async () => {
    const world = createWorld({ concurrency: 1 })
    const first = codeOf(world.ask('a'))
    await settled()
    world.calls[0].fail(busy({ retryAfterSeconds: 50 }))
    await world.advance(2000)
    world.asker.close(new Error('over'))
    expect(await first).toBe('over')
  })

  it('counts against the caps what a failure may have cost, and not among what answers cost', async () => {
    const world = createWorld({ tokens: 100, retries: 3 })
    const asked = codeOf(world.ask('a'))
    await settled()
    world.calls[0].fail(
      new AgonError('model/garbled', 'cut', { fields: { retry: true, cost: { tokens: 100 } } }),
    )
    await world.advance(1000)
    expect(await asked).toBe('service/cap')
    expect(world.asker.spent()).toMatchObject({ calls: 0, tokens: 0 })
    const other = createWorld({ tokens: 100, retries: 3 })
    const mended = codeOf(other.ask('a'))
    await settled()
    const nonsense = { tokens: Number.NaN, money: 'much' }
    other.calls[0].fail(new AgonError('x/y', '', { fields: { retry: true, cost: nonsense } }))
    await other.advance(1000)
    other.calls[1].answer({ tokens: 5 })
    expect(await mended).toBe('answered')
  })
})

describe('the caps', () => {
  it('ends before the call that would go over, and counts those that are sent again', async () => {
    const world = createWorld({ concurrency: 4, calls: 3, retries: 1 })
    const [first, second, third] = ['a', 'b', 'c'].map((key) => world.ask(key))
    const fourth = await world.ask('d').catch((error: AgonError) => error)
    expect(fourth).toMatchObject({
      code: 'service/cap',
      message: "service 'judge' has reached its cap on calls: 3 of 3",
      place: 'services.judge.limits.calls',
      fields: { service: 'judge', cap: 'calls', spent: 3, limit: 3 },
    })
    world.calls[0].answer()
    world.calls[1].answer()
    world.calls[2].fail(passing())
    const again = codeOf(third)
    await world.advance(500)
    expect(await again).toBe('service/cap')
    expect(world.calls).toHaveLength(3)
    await Promise.all([first, second])
  })

  it.each([
    ['tokens', { tokens: 100 }, { tokens: 60 }, '120 of 100'],
    ['money', { money: 0.5 }, { money: 0.3 }, '0.6 of 0.5'],
  ] as const)('ends at the first call after the %s are spent', async (cap, limits, cost, shown) => {
    const world = createWorld(limits)
    for (const key of ['a', 'b']) {
      const asked = world.ask(key)
      await settled()
      world.calls.at(-1)?.answer(cost)
      await asked
    }
    const error = await world.ask('c').catch((thrown: AgonError) => thrown)
    expect(error).toMatchObject({ code: 'service/cap', fields: { cap } })
    expect((error as AgonError).message).toContain(shown)
    expect(world.calls).toHaveLength(2)
  })

  it('ends a call that takes the last of the seconds, and every later one', async () => {
    const world = createWorld({ concurrency: 2, seconds: 4, deadlineSeconds: 60 })
    const first = world.ask('a')
    await world.advance(3000)
    world.calls[0].answer()
    await first
    const second = codeOf(world.ask('b'))
    await world.advance(900)
    expect(world.calls[1].signal.aborted).toBe(false)
    await world.advance(100)
    expect(await second).toBe('service/cap')
    expect(await codeOf(world.ask('c'))).toBe('service/cap')
    expect(world.calls).toHaveLength(2)
  })

  it('holds across a resume: the counts go on, and what was kept is counted without being asked', async () => {
    const before = createWorld({ calls: 2 })
    const first = before.ask('a')
    await settled()
    before.calls[0].answer({ tokens: 5, money: 0.1 })
    const answer = await first
    const resumed = createWorld({ calls: 2 }, { spent: createWorld().asker.spent() })
    resumed.asker.recall(answer)
    expect(resumed.asker.spent()).toEqual(before.asker.spent())
    const second = resumed.ask('b')
    await settled()
    resumed.calls[0].answer()
    await second
    expect(await codeOf(resumed.ask('c'))).toBe('service/cap')
  })

  it('forgets nothing that was paid when the run goes back to a cut', async () => {
    const world = createWorld({ calls: 2 })
    const cut = world.asker.spent()
    const first = world.ask('a')
    await settled()
    world.calls[0].answer({ money: 0.25 })
    const answer = await first
    world.asker.restore(cut)
    expect(world.asker.spent()).toMatchObject({ calls: 0, nanoMoney: 0 })
    world.asker.recall(answer)
    const second = world.ask('b')
    await settled()
    world.calls[1].answer()
    await second
    expect(world.asker.spent()).toMatchObject({ calls: 2, nanoMoney: 250_000_000 })
    expect(await codeOf(world.ask('c'))).toBe('service/cap')
  })
})

describe('the counts', () => {
  it('are rows of metrics where they are exact, and of timings where the world decides', async () => {
    const world = createWorld()
    const asked = world.ask('a')
    await world.advance(1500)
    world.calls[0].answer({ tokens: 12, money: 0.1 })
    await asked
    expect(askMetrics(world.asker.spent())).toEqual({ calls: 1, tokens: 12, money: 0.1 })
    expect(askTimings(world.asker.spent())).toEqual({ retries: 0, seconds: 1.5 })
  })

  it.each([{ tokens: -1 }, { tokens: 1.5 }, { money: Number.NaN }, { money: -0.1 }])(
    'refuses a cost of %j',
    async (cost) => {
      const world = createWorld()
      const asked = codeOf(world.ask('a'))
      await settled()
      world.calls[0].answer(cost)
      expect(await asked).toBe('service/cost')
    },
  )
})
