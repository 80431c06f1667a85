import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import type { RunConfig } from '../contract.ts'
import { loadConfig } from './load-config.ts'
import { applyResumeChanges, resumeKeys } from './resume-changes.ts'

const FILE = fileURLToPath(new URL('../../../tests/fixtures/config/corridor.yaml', import.meta.url))

const NOTHING_SPENT = { cycles: 0, gradientUpdates: 0, envSteps: 0 }

describe('applyResumeChanges', () => {
  let config: RunConfig
  beforeAll(async () => {
    config = await loadConfig(FILE)
  })

  it('changes what may change and nothing else', () => {
    expect(applyResumeChanges(config, [], NOTHING_SPENT)).toEqual(config)
    const changed = applyResumeChanges(
      config,
      [
        'budget.cycles=9',
        'cuts.keep=5',
        'workers=1',
        'evaluation.workers=3',
        'supervision.restarts=0',
        'placement.evaluator=thread',
        'hub.listen=127.0.0.1:7070',
        'hub.tls={certificate: a.pem, key: b.pem}',
      ],
      NOTHING_SPENT,
    )
    expect(changed).toEqual({
      ...config,
      budget: { cycles: 9 },
      cuts: { every: 100, keep: 5 },
      workers: 1,
      evaluation: { ...config.evaluation, workers: 3 },
      supervision: { restarts: 0, windowSeconds: 60, answerSeconds: 21_600 },
      placement: { ...config.placement, evaluator: 'thread' },
      hub: {
        ...config.hub,
        listen: '127.0.0.1:7070',
        tls: { certificate: resolve('a.pem'), key: resolve('b.pem') },
      },
    })
  })

  it.each([
    'seed=3',
    'env.length=3',
    'adversary=plr',
    'evaluation.episodes=2',
    'name=x',
    'budget=3',
    'student.envs=3',
  ])('refuses %s with the list of what may change', (set) => {
    expect(() => applyResumeChanges(config, ['workers=1', set], NOTHING_SPENT)).toThrow(
      expect.objectContaining({
        code: 'config/fixed',
        place: `--set ${set}`,
        message: expect.stringContaining(resumeKeys.join(', ')),
      }),
    )
  })

  it.each([
    ['workers=0', 'must be at least 1, not 0'],
    ['budget.cycles=soon', "must be a number, not 'soon'"],
    ['placement.student=moon', 'must be local, thread, process, node:<label> or attach'],
  ])('refuses the value of %s', (set, message) => {
    expect(() => applyResumeChanges(config, [set], NOTHING_SPENT)).toThrow(
      expect.objectContaining({
        code: 'config/invalid',
        place: `--set ${set}`,
        message: expect.stringContaining(message),
      }),
    )
  })

  it('suggests the nearest changeable key', () => {
    expect(() => applyResumeChanges(config, ['budget.cycle=3'], NOTHING_SPENT)).toThrow(
      /did you mean 'budget.cycles'/,
    )
  })

  it('refuses a budget that the run has passed', () => {
    const spent = { cycles: 40, gradientUpdates: 14, envSteps: 5760 }
    expect(() => applyResumeChanges(config, ['budget.cycles=39'], spent)).toThrow(
      expect.objectContaining({
        code: 'config/spent',
        message: 'budget.cycles: must be at least the 40 that the run has spent, not 39',
        place: '--set budget.cycles=39',
      }),
    )
    expect(applyResumeChanges(config, ['budget.cycles=40'], spent).budget).toEqual({ cycles: 40 })
    expect(applyResumeChanges(config, ['workers=1'], spent).budget).toEqual(config.budget)
  })
})
