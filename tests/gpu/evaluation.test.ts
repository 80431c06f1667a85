import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writePolicyFile } from 'agon/inference'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { subjects } from '../bench/cuda/subjects.ts'
import { agon } from '../support/command.ts'
import { workingGpu } from './working-gpu.ts'

const works = await workingGpu()
const root = mkdtempSync(join(tmpdir(), 'agon-gpu-'))
const path = join(root, 'policy.onnx')
beforeAll(async () => {
  const student = (await subjects()).find(({ name }) => name === 'default student')!
  await writePolicyFile(path, student.file)
})
afterAll(() => rmSync(root, { recursive: true }))

/** What a table shows, and each episode behind it. */
async function table(...options: string[]): Promise<Record<string, unknown>> {
  const suite = ['--suite', 'maze/minimax-report', '--episodes', '5']
  const { code, events, stderr } = await agon(['eval', path, ...suite, ...options])
  expect(code, stderr).toBe(0)
  const { device, choice, ...rest } = events[0]
  return { rest, device, choice }
}

describe.skipIf(!works)('an evaluation on a GPU', () => {
  it('has the table of the CPU, episode by episode', async () => {
    const cpu = await table()
    const cuda = await table('--device', 'cuda', '--workers', '2')
    expect(cuda.device).toBe('cuda:0')
    expect(cuda.rest).toEqual(cpu.rest)
  })

  it('says what auto measured, and has the same table', async () => {
    const cpu = await table()
    const auto = await table('--device', 'auto')
    expect(auto.choice).toMatchObject({ timings: [{ rows: 32, cpu: expect.any(Number) }] })
    expect(auto.rest).toEqual(cpu.rest)
  })
})

describe.skipIf(!works)('a run that measures on a GPU', () => {
  it('keeps in its manifest where it measured, and learns the same policy', async () => {
    const config = join(import.meta.dirname, '../fixtures/tiny-plr.yaml')
    const run = async (name: string, device: string): Promise<string> => {
      const out = join(root, name)
      const args = ['run', config, '--out', out, `--set=evaluation.device=${device}`]
      const { code, stderr } = await agon(args)
      expect(code, stderr).toBe(0)
      return out
    }
    const [cpu, cuda, auto] = [
      await run('cpu', 'cpu'),
      await run('cuda', 'cuda'),
      await run('auto', 'auto'),
    ]
    const manifest = (dir: string) => JSON.parse(readFileSync(join(dir, 'manifest.json'), 'utf8'))
    expect(manifest(cpu).evaluation).toBeUndefined()
    expect(manifest(cuda)).toMatchObject({
      evaluation: { device: 'cuda:0' },
      platform: { provider: 'cpu, evaluation cuda' },
    })
    expect(manifest(auto).evaluation.choice.timings).toHaveLength(1)
    for (const dir of [cuda, auto])
      expect(readFileSync(join(dir, 'policy.onnx'))).toEqual(readFileSync(join(cpu, 'policy.onnx')))
  })
})
