import { describe, expect, it } from 'vitest'
import { type Tensor, tensor } from '../core/tensor.ts'
import type { PolicyCard } from './contract.ts'
import { twoActionCard, twoActionPolicy } from './fixtures/two-action-policy.ts'
import { openPolicy, zeroRow, zeroState } from './policy.ts'
import { randomPolicy } from './random-policy.ts'

const OPTIONS = { weights: [0, 1], bias: [0, 0], drift: 0.5 } as const

function batch(
  positions: readonly number[],
  noise: readonly number[],
  state: Record<string, Tensor>,
) {
  const rows = positions.length
  return {
    rows,
    observations: { position: tensor('float32', [rows, 1], Float32Array.from(positions)) },
    state,
    noise: tensor('float32', [rows], Float32Array.from(noise)),
  }
}

describe('openPolicy', () => {
  it('samples by the noise it is given and hands the state on', async () => {
    const file = twoActionPolicy(OPTIONS)
    const policy = await openPolicy(file)
    // p(action 0) = 1 / (1 + e^x) with x = 0 → 0.5 and x = 2 → 0.1192.
    const first = await policy.act(batch([0, 2], [0.49, 0.13], zeroState(file.card, 2)))
    expect([...first.action]).toEqual([0, 1])
    expect(first.logProb[0]).toBeCloseTo(Math.log(0.5), 6)
    expect(first.logProb[1]).toBeCloseTo(Math.log(1 / (1 + Math.exp(-2))), 6)
    expect(first.value).toBeUndefined()
    expect([...first.state.steps.data]).toEqual([1, 1])
    const second = await policy.act(
      batch([0, 0], [0.5, 0.5], first.state as Record<string, Tensor>),
    )
    expect([...second.logits]).toEqual([0, 0.5, 0, 0.5])
    expect([...second.state.steps.data]).toEqual([2, 2])
    expect([...first.state.steps.data]).toEqual([1, 1])
    await policy.release()
  })

  it('takes any number of rows', async () => {
    const file = twoActionPolicy(OPTIONS)
    const policy = await openPolicy(file)
    for (const rows of [1, 5, 2]) {
      const zeros = new Array<number>(rows).fill(0)
      const { action } = await policy.act(batch(zeros, zeros, zeroState(file.card, rows)))
      expect(action).toHaveLength(rows)
    }
    await policy.release()
  })

  it('refuses a graph that is not what its card says, with both sides', async () => {
    const file = twoActionPolicy(OPTIONS)
    const open = (card: Partial<PolicyCard>) =>
      openPolicy({ onnx: file.onnx, card: { ...file.card, ...card } })
    await expect(
      open({ observations: { image: { dtype: 'uint8', shape: [5, 5, 3] } } }),
    ).rejects.toMatchObject({
      code: 'policy/graph',
      message: expect.stringMatching(
        /'image'; expected image: uint8 \[B, 5, 5, 3\].*found position: float32 \[B, 1\]/,
      ),
    })
    await expect(open({ actions: { kind: 'discrete', count: 3 } })).rejects.toMatchObject({
      code: 'policy/graph',
      message: expect.stringContaining("'logits'"),
    })
    await expect(open({ state: {} })).rejects.toMatchObject({
      message: expect.stringContaining("'steps'"),
    })
  })
})

describe('rows of state', () => {
  it('are zeroed alone', () => {
    const state = {
      h: tensor('float32', [2, 2], Float32Array.of(1, 2, 3, 4)),
      n: tensor('int64', [2], BigInt64Array.of(5n, 6n)),
    }
    zeroRow(state, 1)
    expect([...state.h.data]).toEqual([1, 2, 0, 0])
    expect([...state.n.data]).toEqual([5n, 0n])
  })
})

describe('randomPolicy', () => {
  it('cuts the noise into equal parts', async () => {
    const card = twoActionCard(OPTIONS)
    const four = randomPolicy({ ...card, actions: { kind: 'discrete', count: 4 } })
    const result = await four.act(batch([0, 0, 0, 0], [0, 0.25, 0.74, 0.9999999], {}))
    expect([...result.action]).toEqual([0, 1, 2, 3])
    expect(result.logProb[0]).toBeCloseTo(-Math.log(4), 6)
    await four.release()
    await expect(four.act(batch([0], [0], {}))).rejects.toMatchObject({ code: 'onnx/released' })
  })
})
