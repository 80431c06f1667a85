import { expect, it } from 'vitest'
import { stream } from '../core/random.ts'
import { adversary as robust } from './robust-plr.ts'
import { adversary as samplr } from './samplr.ts'
import { attempt } from './testing/fake-student.ts'
import { AGENT, countsOf, make, play, SMALL } from './testing/play.ts'

const OPTIONS = { ...SMALL, score: 'positive-value-loss' }

it('chooses the levels of robust PLR, and has every batch attempted under the posterior', () => {
  const sampled = play(make(samplr, SMALL), 30).played
  const plain = play(make(robust, OPTIONS), 30).played
  const tasks = (played: typeof sampled) => played.map(({ batches }) => batches[0].tasks)
  expect(tasks(sampled)).toEqual(tasks(plain))
  for (const { batches } of sampled) {
    expect(batches[0].probes).toMatchObject([{ name: 'posterior', levels: [] }])
    const trains = batches[0].tasks.map(({ train }) => train)
    const replays = batches[0].tasks.map(({ lineage }) => lineage.operator === 'replay')
    expect(trains).toEqual(replays)
  }
  expect(make(samplr, SMALL).probes).toEqual(['posterior'])
})

it('tells the mean of fictitious returns, and the share of steps without a level that fits', () => {
  const adversary = make(samplr, SMALL)
  const random = (...purpose: readonly (string | number)[]) => stream(1, ...purpose)
  const { record, batches = [] } = adversary.propose(adversary.init(), {
    ...{ cycle: 0, counts: countsOf(AGENT, 2), random },
  })
  const [first, second] = attempt(batches[0])
  const [template] = first.episodes
  const episode = (finished: boolean, length: number, fictitious: number, unmatched: number) => ({
    ...{ ...template, finished, length },
    extras: { 'posterior/fictitious_return': fictitious, 'posterior/unmatched_steps': unmatched },
  })
  const outcomes = [
    { ...first, episodes: [episode(true, 4, 3, 0), episode(false, 2, 50, 1)] },
    { ...second, episodes: [episode(true, 6, -1, 2)] },
  ]
  const { metrics } = adversary.observe(record, { cycle: 0, outcomes, random })
  // Finished episodes: (3 − 1) / 2; all steps: (1 + 2) / 12.
  expect(metrics).toMatchObject({ fictitious_return_mean: 1, unmatched_share: 0.25 })
})
