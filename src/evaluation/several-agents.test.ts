import { describe, expect, it } from 'vitest'
import { loadExport } from '../core/module.ts'
import { stream } from '../core/random.ts'
import type { EnvironmentDefinition } from '../envs/contract.ts'
import type { ActBatch, Policy } from '../inference/contract.ts'
import { type EpisodeJob, playEpisodes } from './episodes.ts'

const MODULE = new URL('../learners/fixtures/two-doors.mjs', import.meta.url).href

/** Takes the door of its cue; the second agent of a lane errs every other level. */
function pointing(wrong: (row: number) => boolean): Policy {
  const card = { mask: true, state: {} } as Policy['card']
  return {
    card,
    async act({ rows, observations, mask }: ActBatch) {
      const cue = observations.cue.data as Int32Array
      const action = Int32Array.from(cue, (door, row) => (wrong(row) ? (door + 2) % 3 : door))
      for (let row = 0; row < rows; row++) expect(mask?.data[row * 3 + action[row]]).toBe(1)
      return { action, logProb: new Float32Array(rows), logits: new Float32Array(0), state: {} }
    },
    async release() {},
  }
}

async function play(policy: Policy, count = 40) {
  const definition = await loadExport<EnvironmentDefinition<unknown, unknown>>(
    MODULE,
    'environment',
  )
  const made = definition.create({})
  const lanes: number[] = []
  const environment: typeof made = {
    ...made,
    vector(asked) {
      lanes.push(asked.slots)
      return made.vector!(asked)
    },
  }
  const jobs = Array.from(
    { length: count },
    (_, i): EpisodeJob<unknown> => ({
      name: `level-${i}`,
      level: () => environment.levels.sample(stream('doors', i)),
      noise: () => stream('noise', i),
      dynamics: () => stream('dynamics', i),
      record: true,
    }),
  )
  return { played: await playEpisodes(policy, environment, jobs), slots: lanes }
}

describe('an evaluation of an environment of two agents', () => {
  it('plays both with the policy, under the mask, and records the actions of both', async () => {
    const { played, slots: lanes } = await play(pointing(() => false))
    expect([played.length, lanes]).toEqual([40, [32]])
    for (const episode of played) {
      expect([episode.return, episode.length, episode.solved]).toEqual([1, 1, true])
      expect(episode.recording?.actions).toEqual(episode.recording?.level)
    }
  })

  it('gives the seat the mean of its agents', async () => {
    const { played } = await play(pointing((row) => row % 2 === 1))
    for (const episode of played) expect([episode.return, episode.solved]).toEqual([0.5, false])
  })

  it('opens no more lanes than there are episodes, and shows the policy as many rows as ever', async () => {
    const rows: number[] = []
    const policy = pointing(() => false)
    const watched: Policy = {
      ...policy,
      act(batch) {
        rows.push(batch.rows)
        return policy.act(batch)
      },
    }
    const few = await play(watched, 3)
    expect([few.slots, rows]).toEqual([[3], [64]])
    expect(few.played).toEqual((await play(policy)).played.slice(0, 3))
  })
})
