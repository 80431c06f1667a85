import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { sha256 } from '../core/bytes.ts'
import { openPolicy } from '../inference/policy.ts'
import { measurePolicy } from './evaluate.ts'
import { createEvaluator } from './evaluator.ts'
import { corridor, corridorRef, walker } from './fixtures/walker.ts'

// Threads run the build output.
const REQUEST = { suite: 'corridor/short+random:60', episodes: 9, seed: 5, record: 1 }

describe('createEvaluator', () => {
  it('gives the numbers of the same thread, with one and two workers and after a crash', async () => {
    const file = walker(0.4, 0.01)
    const policy = await openPolicy(file)
    const here = await measurePolicy(policy, corridor({ slip: 0.1 }), REQUEST, sha256(file.onnx))
    await policy.release()
    const one = createEvaluator({ workers: 1 })
    const crashOnce = join(mkdtempSync(join(tmpdir(), 'agon-evaluator-')), 'crash')
    writeFileSync(crashOnce, '')
    const two = createEvaluator({ workers: 2 })
    try {
      const environment = corridorRef({ slip: 0.1 })
      expect(await one.measure(file, { ...REQUEST, environment })).toEqual(here)
      const crashing = corridorRef({ slip: 0.1, crashOnce })
      expect(await two.measure(file, { ...REQUEST, environment: crashing })).toEqual(here)
      expect(existsSync(crashOnce)).toBe(false)
      expect(await two.measure(file, { ...REQUEST, environment })).toEqual(here)
    } finally {
      await Promise.all([one.close(), two.close()])
    }
  })

  it('keeps the code of an error, and gives up a piece whose thread always dies', async () => {
    const evaluator = createEvaluator({ attempts: 2 })
    try {
      const environment = corridorRef()
      const wrong = { ...walker(0), onnx: Uint8Array.of(1, 2, 3) }
      await expect(evaluator.measure(wrong, { ...REQUEST, environment })).rejects.toMatchObject({
        code: 'onnx/corrupt',
      })
      const odd = corridorRef({ profile: 'odd' })
      await expect(
        evaluator.measure(walker(0), { ...REQUEST, environment: odd }),
      ).rejects.toMatchObject({ code: 'policy/profile' })
      const deadly = corridorRef({ crashAlways: true })
      await expect(
        evaluator.measure(walker(0), { ...REQUEST, environment: deadly }),
      ).rejects.toMatchObject({ code: 'worker/lost' })
      const healthy = await evaluator.measure(walker(50), { ...REQUEST, environment })
      expect(healthy.solvedRate).toBe(1)
    } finally {
      await evaluator.close()
    }
  })

  it('refuses work after it is closed, also what was under way', async () => {
    const evaluator = createEvaluator()
    const request = { ...REQUEST, environment: corridorRef() }
    const under = expect(evaluator.measure(walker(0), request)).rejects.toMatchObject({
      code: 'evaluation/closed',
    })
    await new Promise((resolve) => setTimeout(resolve, 20))
    await evaluator.close()
    await under
    await expect(evaluator.measure(walker(0), request)).rejects.toMatchObject({
      code: 'evaluation/closed',
    })
    expect(() => createEvaluator({ workers: 0 })).toThrow(/workers/)
  })

  it('says that a module exports no environment', async () => {
    const module = new URL('../core/core.js', import.meta.url).href.replace('/src/', '/dist/')
    const evaluator = createEvaluator()
    const none = { module, options: {} }
    await expect(
      evaluator.measure(walker(0), { ...REQUEST, environment: none }),
    ).rejects.toMatchObject({ code: 'module/missing' })
    const index = { module: module.replace('core.js', 'index.js'), options: {} }
    await expect(
      evaluator.measure(walker(0), { ...REQUEST, environment: index }),
    ).rejects.toMatchObject({ code: 'module/export' })
    await evaluator.close()
  })
})
