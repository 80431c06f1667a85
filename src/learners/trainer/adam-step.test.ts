import { describe, expect, it } from 'vitest'
import { stream } from '../../core/random.ts'
import { sharedTensor } from '../../core/tensor.ts'
import { groupMultipliers } from '../nets/index.ts'
import { layoutOf } from '../nets/segments.ts'
import { createAdamStep } from './adam-step.ts'
import type { SharedModel } from './contract.ts'

const normal = { kind: 'lecun-normal' } as const
const layout = layoutOf([
  { name: 'core/w', shape: [6], init: normal },
  { name: 'actor/w', shape: [5], init: normal },
])
const P = layout.size
const RULE = { maxGradNorm: 0.5, adamBeta1: 0.9, adamBeta2: 0.999, adamEpsilon: 1e-5 }

function model(shards: number): SharedModel {
  const random = stream(2)
  const vector = (scale: number) => {
    const made = sharedTensor('float32', [P])
    for (let i = 0; i < P; i++) made.data[i] = scale * random.normal()
    return made
  }
  return {
    parameters: vector(1),
    first: vector(0),
    second: vector(0),
    gradients: Array.from({ length: shards }, () => vector(0.3)),
    buffers: sharedTensor('float32', [0]),
  }
}

/** Kingma and Ba, algorithm 1, after a global-norm clip, in float64. */
function referenceSteps(of: SharedModel, steps: number, rate: number, live: readonly number[]) {
  const p = Float64Array.from(of.parameters.data)
  const m = new Float64Array(P)
  const v = new Float64Array(P)
  let norm = 0
  for (let t = 1; t <= steps; t++) {
    const g = p.map((_, i) => live[i] * of.gradients.reduce((sum, shard) => sum + shard.data[i], 0))
    norm = Math.sqrt(g.reduce((sum, x) => sum + x * x, 0))
    const scale = norm > RULE.maxGradNorm ? RULE.maxGradNorm / norm : 1
    for (let i = 0; i < P; i++) {
      const clipped = g[i] * scale
      m[i] = 0.9 * m[i] + 0.1 * clipped
      v[i] = 0.999 * v[i] + 0.001 * clipped ** 2
      p[i] -= (rate * (m[i] / (1 - 0.9 ** t))) / (Math.sqrt(v[i] / (1 - 0.999 ** t)) + 1e-5)
    }
  }
  return { p, m, v, norm }
}

describe('the optimiser step', () => {
  it('is Adam after a global-norm clip over the summed shards', async () => {
    const shared = model(3)
    const wanted = referenceSteps(shared, 4, 0.01, new Array(P).fill(1))
    const apply = createAdamStep(layout, RULE, null, shared)
    let norm = 0
    for (let step = 1; step <= 4; step++)
      norm = (await apply({ cycle: 3, shards: 3, learningRate: 0.01, step })).norm
    expect(norm).toBeCloseTo(wanted.norm, 5)
    for (let i = 0; i < P; i++) {
      expect(Math.abs(shared.parameters.data[i] - wanted.p[i])).toBeLessThan(2e-6)
      expect(Math.abs(shared.first.data[i] - wanted.m[i])).toBeLessThan(1e-6)
      expect(Math.abs(shared.second.data[i] - wanted.v[i])).toBeLessThan(1e-6)
    }
  })

  it('lets moments go that are too small to be normal numbers, and moves nothing by that', async () => {
    const shared = model(1)
    const before = shared.parameters.data.slice()
    shared.gradients[0].data.fill(0)
    shared.first.data.fill(1e-39)
    shared.first.data[3] = 1e-30
    const apply = createAdamStep(layout, RULE, null, shared)
    await apply({ cycle: 1, shards: 1, learningRate: 0.01, step: 63 })
    expect(shared.first.data[0]).toBeGreaterThan(0)
    await apply({ cycle: 1, shards: 1, learningRate: 0.01, step: 64 })
    expect([...shared.first.data].filter((moment) => moment !== 0)).toEqual([
      expect.closeTo(0.81e-30, 35),
    ])
    expect(shared.parameters.data).toEqual(before)
  })

  it('leaves small gradients unclipped', async () => {
    const shared = model(1)
    for (let i = 0; i < P; i++) shared.gradients[0].data[i] *= 0.01
    const wanted = referenceSteps(shared, 1, 0.01, new Array(P).fill(1))
    await createAdamStep(
      layout,
      RULE,
      null,
      shared,
    )({ cycle: 3, shards: 1, learningRate: 0.01, step: 1 })
    for (let i = 0; i < P; i++)
      expect(Math.abs(shared.first.data[i] - wanted.m[i])).toBeLessThan(1e-8)
  })

  it('freezes a group and slows another down', async () => {
    const [plain, grouped] = [model(1), model(1)]
    const before = [...grouped.parameters.data]
    const multipliers = groupMultipliers(layout, { core: 0, actor: 0.5 })
    const job = { cycle: 3, shards: 1, learningRate: 0.01, step: 1 }
    await createAdamStep(layout, RULE, multipliers, grouped)(job)
    await createAdamStep(layout, RULE, groupMultipliers(layout, { core: 0 }), plain)(job)
    expect([...grouped.parameters.data.subarray(0, 6)]).toEqual(before.slice(0, 6))
    for (let i = 6; i < P; i++) {
      const whole = plain.parameters.data[i] - before[i]
      expect(grouped.parameters.data[i] - before[i]).toBeCloseTo(whole / 2, 6)
      expect(Math.abs(whole)).toBeGreaterThan(1e-4)
    }
    // Frozen: no part in the norm, nothing in the moments.
    const live = grouped.gradients[0].data.subarray(6)
    const { norm } = await createAdamStep(layout, RULE, multipliers, grouped)({ ...job, step: 2 })
    expect(norm).toBeCloseTo(Math.hypot(...live), 5)
    expect(Math.max(...grouped.first.data.subarray(0, 6).map(Math.abs))).toBe(0)
  })

  it('names the tensor of a broken gradient and writes nothing', async () => {
    const shared = model(2)
    shared.gradients[1].data[7] = Number.NaN
    const before = [...shared.parameters.data]
    const apply = createAdamStep(layout, RULE, null, shared)
    await expect(apply({ cycle: 3, shards: 2, learningRate: 0.01, step: 1 })).rejects.toMatchObject(
      {
        code: 'learner/not-finite',
        place: 'gradient of actor/w',
        fields: { cycle: 3 },
      },
    )
    expect([...shared.parameters.data]).toEqual(before)
  })

  it('names an exploding norm whose parts are still finite', async () => {
    const shared = model(1)
    shared.gradients[0].data.fill(3e30)
    shared.gradients[0].data[8] = -3e31
    const apply = createAdamStep(layout, RULE, null, shared)
    await expect(apply({ cycle: 3, shards: 1, learningRate: 0.01, step: 1 })).rejects.toMatchObject(
      {
        code: 'learner/not-finite',
        place: 'gradient norm (largest in actor/w)',
      },
    )
  })
})
