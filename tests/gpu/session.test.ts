import { openPolicy } from 'agon/inference'
import { describe, expect, it } from 'vitest'
import { subjects } from '../bench/cuda/subjects.ts'
import { agon } from '../support/command.ts'
import { workingGpu } from './working-gpu.ts'

const works = await workingGpu()
const all = await subjects()

describe.skipIf(!works)('a policy on a GPU', () => {
  it.each(all)('$name acts as on the CPU', async ({ file, batch }) => {
    const [cpu, cuda] = [await openPolicy(file), await openPolicy(file, { device: 'cuda' })]
    expect(cuda.device).toBe('cuda:0')
    for (const rows of [1, 22, 500]) {
      const [a, b] = [await cpu.act(batch(rows)), await cuda.act(batch(rows))]
      expect(b.action).toEqual(a.action)
      for (let i = 0; i < rows; i++)
        expect(Math.abs(b.logProb[i] - a.logProb[i])).toBeLessThan(1e-5)
    }
    await cpu.release()
    await cuda.release()
  })

  it('is refused tf32 in a process that has turned it off', async () => {
    const [{ file }] = all
    await expect(openPolicy(file, { device: 'cuda', tf32: true })).rejects.toMatchObject({
      code: 'onnx/tf32',
    })
  })

  it('names a GPU that is not there', async () => {
    const [{ file }] = all
    await expect(openPolicy(file, { device: 'cuda:97' })).rejects.toMatchObject({
      code: 'onnx/provider',
      message: expect.stringContaining('there is no GPU 97'),
    })
  })
})

describe.skipIf(!works)('agon gpu check on a GPU', () => {
  it('finds that it works', async () => {
    const { code, events } = await agon(['gpu', 'check'])
    expect(code).toBe(0)
    expect(events.map(({ name }) => name)).toContain('GPU 0')
    expect(events.at(-1)).toEqual({ kind: 'gpu', ok: true })
  })
})
