import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { AgonError } from '../../core/errors.ts'
import { configSha256 } from '../config-identity.ts'
import { stageRun } from '../stages/stage-files.ts'
import type { ConfigInput } from './config.schema.ts'
import { formatConfig } from './format-config.ts'
import { parseConfig } from './load-config.ts'
import type { ConfigProblem } from './problems.ts'
import { resolveConfig } from './resolve-config.ts'
import { applyResumeChanges } from './resume-changes.ts'

const TEXT = `
env: maze
adversary: dr
student: ppo
stages:
  - name: pretrain
    budget: { cycles: 2 }
  - name: harden
    adversary: { id: accel, capacity: 64 }
    evaluation: { every: 5 }
    budget: { gradientUpdates: 3 }
    from: { policy: pretrain }
`
const parse = (text: string, set: readonly string[] = []) =>
  parseConfig(new TextEncoder().encode(text), join(tmpdir(), 'two.yaml'), { set })

const problemsOf = async (text: string): Promise<readonly string[]> => {
  const error = (await parse(text).catch((thrown: unknown) => thrown)) as AgonError
  const problems = error.fields?.problems as readonly ConfigProblem[]
  return problems.map(
    ({ place, path, message }) => `${place.split('two.yaml:')[1]} ${path} ${message}`,
  )
}

describe('stages of a config', () => {
  it('has for each stage what the stage or the top level says', async () => {
    const config = await parse(TEXT)
    const [first, second] = config.stages ?? []
    expect(first).toMatchObject({
      name: 'pretrain',
      adversary: { id: 'dr' },
      budget: { cycles: 2 },
    })
    expect(second).toMatchObject({
      adversary: { id: 'accel', options: { capacity: 64 } },
      evaluation: { every: 5, suite: 'random:100' },
      from: { policy: 'pretrain' },
    })
    expect(config.adversary).toEqual(first.adversary)
    expect(stageRun(config, 1)).toMatchObject({ budget: { gradientUpdates: 3 }, name: 'two' })
    expect(stageRun(config, 1).stages).toBeUndefined()
  })

  it('is written out whole, and read back as itself', async () => {
    const config = await parse(TEXT)
    const text = formatConfig(config)
    const again = await parse(text)
    expect(again).toEqual(config)
    expect(formatConfig(again)).toBe(text)
    expect(configSha256(again)).toBe(configSha256(config))
  })

  it('takes one value of one stage from the command line', async () => {
    const config = await parse(TEXT, [
      'stages.0.budget.envSteps=7',
      'stages.1.adversary.capacity=32',
    ])
    expect(config.stages?.[0].budget).toEqual({ envSteps: 7 })
    expect(config.stages?.[1].adversary.options.capacity).toBe(32)
  })

  it('lets the budgets of stages change at resume, and nothing else of them', async () => {
    const config = await parse(TEXT)
    const spent = { cycles: 0, gradientUpdates: 0, envSteps: 0 }
    const changed = applyResumeChanges(config, ['stages.1.budget.cycles=9'], spent)
    expect(changed.stages?.map(({ budget }) => budget)).toEqual([{ cycles: 2 }, { cycles: 9 }])
    expect(configSha256(changed)).toBe(configSha256(config))
    for (const key of [
      'budget.cycles=9',
      'stages.1.adversary.capacity=9',
      'stages.2.budget.cycles=1',
    ])
      expect(() => applyResumeChanges(config, [key], spent)).toThrow(/may not change at resume/)
  })

  it('tells each mistake at the place where it was made', async () => {
    expect(await problemsOf(TEXT.replace('capacity: 64', 'capacity: 0'))).toEqual([
      expect.stringMatching(/^9:\d+ stages\.1\.adversary\.capacity /),
    ])
    expect(await problemsOf(TEXT.replace('adversary: dr', 'adversary: drr'))).toEqual([
      expect.stringMatching(/^3:\d+ adversary\.id there is no adversary 'drr'/),
    ])
    expect(await problemsOf(TEXT.replace('policy: pretrain', 'policy: pretrian'))).toEqual([
      "12:21 stages.1.from.policy there is no stage 'pretrian' before this one; before it are pretrain",
    ])
    expect(await problemsOf(TEXT.replace('policy: pretrain', 'policy: pretrain.left'))).toEqual([
      expect.stringMatching(/has no slot 'left'; it has agent/),
    ])
    expect(await problemsOf(TEXT.replace('policy: pretrain', 'dataset: pretrain'))).toEqual([
      expect.stringMatching(/stage 'pretrain' leaves no dataset; say there how many/),
    ])
    expect(await problemsOf(TEXT.replace('    budget: { cycles: 2 }\n', ''))).toEqual([
      expect.stringMatching(/^6:5 stages\.0\.budget is missing/),
    ])
    expect(await problemsOf(TEXT.replace('name: harden', 'name: pretrain'))).toEqual([
      expect.stringMatching(/stage 'pretrain' is there twice/),
    ])
    expect(await problemsOf(`budget: { cycles: 1 }${TEXT}`)).toEqual([
      '1:1 budget every stage has its own: leave it out',
    ])
    expect(await problemsOf(TEXT.replace('{ every: 5 }', '{ workers: 5 }'))).toEqual([
      expect.stringMatching(/stages\.1\.evaluation\.workers is of the whole run/),
    ])
  })

  it('refuses names that two policy files would share', async () => {
    const config = {
      env: 'maze',
      adversary: 'dr',
      budget: { cycles: 1 },
      stages: [{ name: 'left' }, { name: 'both', students: { left: 'ppo', right: 'ppo' } }],
    } satisfies ConfigInput
    await expect(resolveConfig(config, { baseDir: tmpdir() })).rejects.toThrow(
      /would be policy-left\.onnx, which another one is already/,
    )
  })
})
