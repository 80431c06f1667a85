import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Tensor, tensor } from 'agon/core'
import { openPolicy, type Policy, readPolicyFile, zeroState } from 'agon/inference'
import { afterAll, describe, expect, it } from 'vitest'
import { agonData, goldenBlocks } from '../support/agon-data.ts'
import { jsonHere } from '../support/command-here.ts'

const folder = agonData('tizero')
const temporary = mkdtempSync(join(tmpdir(), 'agon-released-'))
afterAll(() => rmSync(temporary, { recursive: true }))

/** The largest difference of logits where an action is allowed; forbidden ones must be far down. */
function worst(found: Float32Array, raw: Float32Array, mask: (i: number) => number): number {
  let most = 0
  for (let i = 0; i < found.length; i++)
    if (mask(i) === 1) most = Math.max(most, Math.abs(found[i] - raw[i]))
    else expect(found[i]).toBeLessThan(-1e9)
  return most
}

const difference = (a: Tensor, b: Float32Array): number =>
  b.reduce((most, value, i) => Math.max(most, Math.abs(value - (a.data as Float32Array)[i])), 0)

/** How far the best allowed logit is above the next, in one row. */
function gap(logits: Float32Array): number {
  const [first, second] = [...logits].sort((a, b) => b - a)
  return first - second
}

/** `agon import`, then what any program does with a policy file. */
async function imported(file: string, ...args: string[]): Promise<Policy> {
  const { code, events } = await jsonHere(['import', file, '--out', temporary, ...args])
  expect(code).toBe(0)
  return await openPolicy(await readPolicyFile(String(events[0].path)))
}

describe.skipIf(folder === undefined)('the released TiZero actor', () => {
  const golden = () => goldenBlocks(folder!)

  it('gives the golden logits, states and actions', async () => {
    const { index, block } = golden()
    const policy = await imported(join(folder!, 'tizero.onnx'))
    const rows: number = index.samples
    const mask = block('samples_mask')
    const raw = block('samples_logits')
    const result = await policy.act({
      rows,
      observations: { obs: tensor('float32', [rows, 330], block('samples_obs')) },
      state: {
        h: tensor('float32', [rows, 256], block('samples_h')),
        c: tensor('float32', [rows, 256], block('samples_c')),
      },
      mask: tensor('float32', [rows, 20], mask),
      noise: tensor('float32', [rows]),
    })
    expect(worst(result.logits, raw, (i) => mask[i])).toBeLessThan(1e-4)
    expect(difference(result.state.h, block('samples_h_out'))).toBeLessThan(1e-5)
    expect(difference(result.state.c, block('samples_c_out'))).toBeLessThan(1e-5)
    let compared = 0
    for (let row = 0; row < rows; row++) {
      if (gap(result.logits.subarray(20 * row, 20 * row + 20)) <= 1e-3) continue
      expect(result.action[row]).toBe(index.sample[row].action)
      compared++
    }
    expect(compared).toBeGreaterThan(0.9 * rows)
    await policy.release()
  })

  it('gives the golden sequence from the zero state, handing its state on', async () => {
    const { index, block } = golden()
    const policy = await imported(join(folder!, 'tizero.onnx'), '--as', 'tizero')
    const [obs, mask, raw] = ['obs', 'mask', 'logits'].map((name) => block(`sequence_${name}`))
    let state: Readonly<Record<string, Tensor>> = zeroState(policy.card, 1)
    for (let step = 0; step < index.sequence; step++) {
      const of = (data: Float32Array, width: number) =>
        tensor('float32', [1, width], data.subarray(step * width, (step + 1) * width))
      const result = await policy.act({
        rows: 1,
        observations: { obs: of(obs, 330) },
        state,
        mask: of(mask, 20),
        noise: tensor('float32', [1]),
      })
      expect(
        worst(result.logits, raw.subarray(20 * step), (i) => mask[20 * step + i]),
      ).toBeLessThan(1e-4)
      expect(result.action[0]).toBe(index.sequence_steps[step].action)
      state = result.state
    }
    await policy.release()
  })

  it('has the same bits whatever number of rows it is run with', async () => {
    const { block } = golden()
    const policy = await imported(join(folder!, 'tizero.onnx'))
    const act = async (from: number, rows: number) => {
      const of = (name: string, width: number) =>
        tensor(
          'float32',
          [rows, width],
          block(`samples_${name}`).slice(from * width, (from + rows) * width),
        )
      const state = { h: of('h', 256), c: of('c', 256) }
      const observations = { obs: of('obs', 330) }
      const noise = tensor('float32', [rows])
      const { logits } = await policy.act({
        rows,
        observations,
        state,
        mask: of('mask', 20),
        noise,
      })
      return logits.slice()
    }
    const all = await act(0, 200)
    for (const rows of [1, 10, 20, 40])
      for (let from = 0; from + rows <= 80; from += rows)
        expect(await act(from, rows)).toEqual(all.slice(20 * from, 20 * (from + rows)))
    await policy.release()
  })

  it('is not taken for another release, nor another file for it', async () => {
    const file = join(folder!, 'tizero.onnx')
    const wrong = await jsonHere(['import', file, '--as', 'grf-marl', '--out', temporary])
    expect(wrong.code).toBe(2)
    expect(wrong.events[0]).toMatchObject({ code: 'policy/graph', place: file })
    const other = await jsonHere(['import', file, '--as', 'tizzero', '--out', temporary])
    expect(other.stderr).toContain("did you mean 'tizero'?")
  })
})

describe.skipIf(folder === undefined)('the released policies of GRF MARL', () => {
  it.each(['beat_bot', 'defensive_passer', 'group_pressure'])(
    '%s gives the golden logits',
    async (name) => {
      const references = join(folder!, 'reference-policies')
      const { index, block } = goldenBlocks(references)
      const policy = await imported(join(references, `${name}.onnx`))
      expect(policy.card.environment).toEqual({ id: 'football', profile: 'grf-marl' })
      const rows: number = index.samples.length
      const obs = block('obs')
      const { logits, action } = await policy.act({
        rows,
        observations: { obs: tensor('float32', [rows, 217], obs) },
        state: {},
        noise: tensor('float32', [rows]),
      })
      const allowed = (i: number): number => obs[217 * Math.floor(i / 19) + (i % 19)]
      expect(worst(logits, block(`logits_${name}`), allowed)).toBeLessThan(1e-4)
      for (let row = 0; row < rows; row++) expect(allowed(19 * row + action[row])).toBe(1)
      const card = readFileSync(join(temporary, `${name}.yaml`), 'utf8')
      expect(card).toContain('logits: masked_logits')
      await policy.release()
    },
  )
})
