import { describe, expect, it } from 'vitest'
import { AgonError } from '../../../core/errors.ts'
import type { EvaluationRequest } from '../../../evaluation/contract.ts'
import { EXIT } from '../../../run/exit-codes.ts'
import { fake, fakeCommandLine } from '../../testing/fake-context.ts'
import { evalCommand } from './eval.ts'
import type { EvaluationSetting } from './evaluation-setting.ts'
import type { EvalServices } from './services.ts'

const setting = {
  ref: { module: 'file:///env.js', options: { profile: 'dcd' } },
  environment: { suites: ['toy/easy', 'toy/hard'] },
} as unknown as EvaluationSetting

function services(seen: unknown[]): Partial<EvalServices> {
  return {
    readPolicy: async () => ({ card: {} }) as never,
    evaluationSetting: async (_, env) => {
      seen.push(env)
      return setting
    },
    readLevels: async (path) => ({ [path]: new Uint8Array([1]) }),
    measure: async (_, request: EvaluationRequest, workers) => {
      seen.push(request, workers)
      return {} as never
    },
    presentEvaluation: async () => ({ lines: ['table'], json: { solvedRate: 0.5 } }),
  }
}

describe('agon eval', () => {
  it('measures a suite, ten episodes a level with seed 0 by default', async () => {
    const seen: unknown[] = []
    const line = fakeCommandLine([fake(evalCommand, services(seen))])
    expect(await line.agon('eval', 'p.onnx', '--suite', 'toy/easy+random:5')).toBe(EXIT.ok)
    expect(seen).toEqual([
      undefined,
      { environment: setting.ref, episodes: 10, seed: 0, suite: 'toy/easy+random:5' },
      { workers: 1, device: 'cpu' },
    ])
    expect(line.terminal.stdout()).toBe('table\n')
  })

  it('takes levels of the user, a config, episodes, seed and workers', async () => {
    const seen: unknown[] = []
    const line = fakeCommandLine([fake(evalCommand, services(seen))])
    const argv = [
      '--levels',
      'l.txt',
      '--env',
      'c.yaml',
      '--episodes=2',
      '--seed=4',
      '--workers=3',
      '--device=cuda:1',
    ]
    expect(await line.agon('eval', 'p.onnx', ...argv, '--json')).toBe(EXIT.ok)
    expect(seen).toEqual([
      'c.yaml',
      {
        environment: setting.ref,
        episodes: 2,
        seed: 4,
        suite: 'l.txt',
        levels: { 'l.txt': new Uint8Array([1]) },
      },
      { workers: 3, device: 'cuda:1' },
    ])
    expect(line.json()).toEqual([{ kind: 'evaluation', solvedRate: 0.5 }])
  })

  it('names the file of a graph that is refused', async () => {
    const line = fakeCommandLine([
      fake(evalCommand, {
        ...services([]),
        measure: () =>
          Promise.reject(new AgonError('onnx/corrupt', 'no model', { place: 'policy' })),
      }),
    ])
    expect(await line.agon('eval', 'a/p.onnx', '--suite', 'toy/easy')).toBe(EXIT.damaged)
    expect(line.terminal.stderr()).toContain('a/p.onnx: no model')
  })

  it('lists the suites where none is chosen', async () => {
    const line = fakeCommandLine([fake(evalCommand, services([]))])
    expect(await line.agon('eval', 'p.onnx')).toBe(EXIT.usage)
    expect(line.terminal.stderr()).toContain('toy/easy, toy/hard, random:<n>')
  })

  it('refuses a suite beside a file, and nonsense numbers', async () => {
    const both = fakeCommandLine([fake(evalCommand, services([]))])
    expect(await both.agon('eval', 'p.onnx', '--suite=a', '--levels=b')).toBe(EXIT.usage)
    const episodes = fakeCommandLine([fake(evalCommand, services([]))])
    expect(await episodes.agon('eval', 'p.onnx', '--suite=a', '--episodes=0')).toBe(EXIT.usage)
  })
})
