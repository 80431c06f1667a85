import { describe, expect, it } from 'vitest'
import { stream } from '../../core/random.ts'
import { tensor } from '../../core/tensor.ts'
import type { EnvironmentSpec, View } from '../../envs/contract.ts'
import type { Policy, PolicyCard } from '../../inference/contract.ts'
import { policyPlayer } from './policy-player.ts'

const SPEC: EnvironmentSpec = {
  ...{ id: 'toy', profile: 'views-a+b', agents: 2, seats: { left: [0], right: [1] } },
  observations: {
    'a/obs': { dtype: 'float32', shape: [1] },
    'b/obs': { dtype: 'float32', shape: [1] },
  },
  actions: { kind: 'discrete', count: 10 },
}
const VIEW: View = {
  observations: { obs: 'b/obs' },
  actions: [{ kind: 'discrete', count: 9 }],
  // Where 5 is seen, 9 is done, which no such policy can choose.
  translate(actions, { obs }) {
    for (let i = 0; i < actions.length; i++) if (obs[i] === 5) actions[i] = 9
  },
}
const CARD: PolicyCard = {
  ...{ format: 1, agon: '0', environment: { id: 'toy', profile: 'b' } },
  observations: { obs: { dtype: 'float32', shape: [1] } },
  actions: { kind: 'discrete', count: 9 },
  state: { steps: { dtype: 'float32', shape: [1] } },
  ...{ decode: 'argmax', normalisation: {}, training: {} },
}

/** Says how many steps a row has played; notes what it was asked. */
function counting() {
  const asked: number[][] = []
  const policy: Policy = {
    card: CARD,
    async act({ rows, observations, state }) {
      asked.push([...observations.obs.data].map(Number))
      const steps = Float32Array.from(state.steps.data as Float32Array, (of) => of + 1)
      return {
        action: Int32Array.from(steps, (of) => of - 1),
        logProb: new Float32Array(rows),
        logits: new Float32Array(rows * 9),
        state: { steps: tensor('float32', [rows, 1], steps) },
      }
    },
    release: async () => {},
  }
  return { asked, policy }
}

describe('policyPlayer', () => {
  it('sees what its view shows, does what that makes of it, and leaves lanes that have ended', async () => {
    const { asked, policy } = counting()
    const crew = { rows: [1, 3, 5, 7], lanes: [0, 1, 2, 3] }
    const player = policyPlayer(policy, VIEW, SPEC, crew, (lane) => stream('lane', lane))
    for (let lane = 0; lane < 4; lane++) player.begin(lane)
    const seen = {
      'a/obs': new Float32Array(8).fill(5),
      'b/obs': Float32Array.from({ length: 8 }, (_, row) => row),
    }
    const actions = new Int32Array(8).fill(-1)
    const act = () => player.act(seen, actions)
    await act()
    // Row 5 sees 5.
    expect([...actions]).toEqual([-1, 0, -1, 0, -1, 9, -1, 0])
    player.begin(1)
    await act()
    expect([...actions]).toEqual([-1, 1, -1, 0, -1, 9, -1, 1])
    player.end(0)
    player.end(0)
    player.end(2)
    await act()
    // Those that are left go on with their own states; the others are not asked and stay as they were.
    expect(asked.at(-1)).toEqual([3, 7])
    expect([...actions]).toEqual([-1, 1, -1, 1, -1, 9, -1, 2])
    player.end(1)
    player.end(3)
    await act()
    expect(asked).toHaveLength(3)
  })
})
