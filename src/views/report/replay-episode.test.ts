import { describe, expect, it } from 'vitest'
import { stream } from '../../core/random.ts'
import type { Environment } from '../../envs/contract.ts'
import { frameAt } from './frame-store.ts'
import { replayAll } from './replay-all.ts'
import { replayEpisode } from './replay-episode.ts'
import { base64, fakeEvaluation, walk } from './testing/fake-run.ts'

const recording = { name: 'walk', level: base64(2), actions: [1, 0, 1], return: 1, solved: true }
const played = { slot: 'agent', when: 'final' } as const

describe('replayEpisode', () => {
  it('draws the state before the first step and after each', () => {
    const replay = replayEpisode(walk(), recording, played)
    expect(replay).toMatchObject({
      actions: ['right', 'stay', 'right'],
      returns: [0, 0, 0, 1],
      faithful: true,
      solved: true,
    })
    const frames = [0, 1, 2, 3].map((t) => replay && frameAt(replay.frames, t))
    expect(frames.map((frame) => frame?.match(/cx="(\d+)"/)?.[1])).toEqual(['0', '1', '1', '2'])
  })

  it('plays on with the luck of the recorded episode', () => {
    const drawn: number[] = []
    const environment: Environment<number> = {
      ...walk(),
      vector(options) {
        drawn.push(options.stream?.(0).uint32() ?? -1)
        return walk().vector(options)
      },
    }
    replayEpisode(environment, { ...recording, dynamics: stream('luck').save() }, played)
    replayEpisode(environment, recording, played)
    expect(drawn).toEqual([stream('luck').uint32(), -1])
  })

  it('sees that an episode ends otherwise than it was recorded', () => {
    const other = replayEpisode(walk(), { ...recording, return: 0.5 }, played)
    expect(other?.faithful).toBe(false)
  })

  it('plays several numbers a step, and tells them by their names or by themselves', () => {
    const seen: number[][] = []
    const arm = (names?: readonly string[]): Environment<number> => {
      const { spec, ...rest } = walk()
      const actions = { kind: 'box', shape: [2], low: [-1, -1], high: [1, 1], names } as const
      const vector: Environment<number>['vector'] = (options) => {
        const inner = walk().vector(options)
        const step: typeof inner.step = (row, out) => {
          seen.push([...row])
          inner.step(Int32Array.of(row[0] > 0 ? 1 : 0), out)
        }
        return { ...inner, step }
      }
      return { ...rest, spec: { ...spec, actions }, vector }
    }
    const two = { ...recording, actions: [0.25, -1, -0.5, 1 / 3, 1, 0] }
    const replay = replayEpisode(arm(['gas', 'wheel']), two, played)
    expect(replay).toMatchObject({
      actions: ['gas 0.25, wheel -1', 'gas -0.5, wheel 0.3333', 'gas 1, wheel 0'],
      returns: [0, 0, 0, 1],
      faithful: true,
    })
    expect(seen).toEqual([
      [0.25, -1],
      [-0.5, Math.fround(1 / 3)],
      [1, 0],
    ])
    expect(replayEpisode(arm(), two, played)?.actions[0]).toBe('(0.25, -1)')
  })

  it('gives nothing where the environment draws no states', () => {
    expect(replayEpisode(walk({ draws: false }), recording, played)).toBeNull()
  })
})

describe('replayAll', () => {
  const slots = (recordings: (typeof recording)[]) => ({
    slots: { agent: { final: { ...fakeEvaluation('maze/a', {}), recordings } } },
  })

  it('shows a dozen of many random levels and every named one', () => {
    const random = Array.from({ length: 40 }, (_, i) => ({ ...recording, name: `random-${i}` }))
    const notes: string[] = []
    const replays = replayAll(walk(), slots([...random, recording]), notes)
    expect(replays).toHaveLength(13)
    expect(replays.at(-1)?.name).toBe('walk')
    expect(notes).toEqual([])
  })

  it('notes a recording of another environment and goes on', () => {
    const notes: string[] = []
    const foreign = { ...recording, name: 'foreign', level: base64(1, 2) }
    expect(replayAll(walk(), slots([foreign, recording]), notes)).toHaveLength(1)
    expect(notes).toEqual(['1 recorded episodes cannot be replayed. foreign: a level is one byte.'])
  })
})
