import { expect, it } from 'vitest'
import { createMaze } from '../../envs/maze/index.ts'
import { mazeOptions } from '../../envs/maze/options.ts'
import { composeStress, type StressOrder } from './compose-stress.ts'
import { parseNames } from './stress-policy.ts'

const { spec } = createMaze(mazeOptions.parse({}))
const two = { ...spec, seats: { home: [0], away: [1] } }
const order = (setting: Partial<StressOrder['setting']> = {}): StressOrder => ({
  name: 'stress-a',
  setting: {
    ...{ env: { id: 'maze' }, adversary: 'map-elites', signal: 'optimal', spec, steps: 20 },
    axes: [{ name: 'n_walls', low: 0, high: 4, bins: 2 }],
    ...setting,
  },
  target: { file: '/p.onnx' },
  references: [],
  budget: { evaluations: 100 },
})

it('measures against the best possible where nobody is named, and against references otherwise', () => {
  expect(composeStress(order())).toMatchObject({
    env: { id: 'maze' },
    adversary: { id: 'map-elites', signal: 'optimal', axes: [{ name: 'n_walls' }] },
    student: { id: 'frozen', policy: 'target', rollout: { steps: 20 } },
    policies: { target: { file: '/p.onnx' } },
    budget: { evaluations: 100 },
  })
  const bot = { name: 'bot', policy: { bot: 'random' } }
  expect(composeStress({ ...order({ spec: two }), references: [bot] })).toMatchObject({
    adversary: {
      ...{ signal: 'cross-play', references: ['bot'] },
      ...{ referenceSeat: 'home', targetSeat: 'away' },
    },
    policies: { bot: { bot: 'random' } },
  })
  expect(() => composeStress({ ...order(), references: [bot] })).toThrow(/two seats/)
})

it('gives what is of a grid to searches alone', () => {
  expect(composeStress({ ...order(), adversary: 'plr' }).adversary).toEqual({ id: 'plr' })
  expect(composeStress({ ...order(), adversary: 'targeted' }).adversary).toEqual({
    id: 'targeted',
    axes: [{ name: 'n_walls', low: 0, high: 4, bins: 2 }],
    signal: 'optimal',
  })
})

it('reads what a graph calls its inputs and outputs', () => {
  expect(parseNames('image=obs, logits = q')).toEqual({ image: 'obs', logits: 'q' })
  for (const text of ['image', 'image=', '=obs', 'a=b,,'])
    expect(() => parseNames(text)).toThrow(expect.objectContaining({ code: 'usage/value' }))
})
