import { describe, expect, it } from 'vitest'
import { tensor } from '../core/tensor.ts'
import { formatCard, parseCard } from './card.ts'
import { maskedPolicy } from './fixtures/masked-policy.ts'
import { openPolicy, zeroState } from './policy.ts'
import { randomPolicy } from './random-policy.ts'

const MASK = [1, 1, 1, 1, 1, 0, 0, 1, 1]

function batch(file: ReturnType<typeof maskedPolicy>, seen: number[], noise = seen.map(() => 0)) {
  const rows = seen.length
  return {
    rows,
    observations: { seen: tensor('float32', [rows, 1], Float32Array.from(seen)) },
    state: zeroState(file.card, rows),
    noise: tensor('float32', [rows], Float32Array.from(noise)),
    mask: tensor('float32', [rows, 3], Float32Array.from(MASK.slice(0, 3 * rows))),
  }
}

describe('a graph with names of its own that gives logits alone', () => {
  it('is decoded outside, by the largest allowed logit', async () => {
    const file = maskedPolicy()
    const policy = await openPolicy(file)
    const { action, logProb, logits, state } = await policy.act(batch(file, [1, 1, -1]))
    expect([...action]).toEqual([2, 1, 1])
    expect([...logits.slice(0, 5)]).toEqual([1, 2, 3, 1, 2])
    expect(logProb[1]).toBeCloseTo(-Math.log(1 + Math.exp(-1)), 6)
    expect([...state.steps.data]).toEqual([1, 1, 1])
    await policy.release()
  })

  it('takes the first of equals', async () => {
    const file = maskedPolicy()
    const policy = await openPolicy(file)
    expect([...(await policy.act(batch(file, [0, 0, 0]))).action]).toEqual([0, 0, 1])
    await policy.release()
  })

  it('is sampled by the noise it is given, never a forbidden action', async () => {
    const file = maskedPolicy('sample')
    const policy = await openPolicy(file)
    // Equal logits: the allowed actions share [0, 1) alike.
    const at = async (noise: number) => [
      ...(await policy.act(batch(file, [0, 0, 0], [noise, noise, noise]))).action,
    ]
    expect(await at(0)).toEqual([0, 0, 1])
    expect(await at(0.4)).toEqual([1, 0, 1])
    expect(await at(0.6)).toEqual([1, 1, 2])
    expect(await at(1 - 2 ** -24)).toEqual([2, 1, 2])
    await policy.release()
  })

  it('is refused a batch without a mask, and a card that says otherwise', async () => {
    const file = maskedPolicy()
    const policy = await openPolicy(file)
    const { mask: _, ...bare } = batch(file, [1])
    await expect(policy.act(bare)).rejects.toMatchObject({ code: 'policy/mask' })
    await policy.release()
    const { card } = file
    const open = (change: object) => openPolicy({ ...file, card: { ...card, ...change } })
    await expect(open({ mask: false })).rejects.toMatchObject({
      code: 'policy/graph',
      message: expect.stringContaining("'allowed'"),
    })
    await expect(open({ names: { ...card.names, logits: 'best' } })).rejects.toMatchObject({
      code: 'policy/graph',
    })
    // Outputs that nobody asks for are let through only where the card speaks of names.
    await expect(open({ names: undefined })).rejects.toMatchObject({ code: 'policy/graph' })
  })

  it('has a card that survives being written and read', () => {
    const { card } = maskedPolicy()
    expect(parseCard(formatCard(card))).toEqual(card)
    expect(() => formatCard({ ...card, names: { value_out: 'v' } })).toThrow(
      'names.value_out: is no input or output of this policy',
    )
    expect(() =>
      formatCard({ ...card, state: { mask: { dtype: 'float32', shape: [1] } } }),
    ).toThrow('state.mask: is an input of its own')
  })
})

it('random play keeps to the mask', async () => {
  const file = maskedPolicy()
  const policy = randomPolicy(file.card)
  const { action, logProb } = await policy.act(batch(file, [0, 0, 0], [0.9, 0.9, 0.4]))
  expect([...action]).toEqual([2, 1, 1])
  expect(logProb[1]).toBeCloseTo(-Math.log(2), 6)
})
