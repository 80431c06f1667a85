import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import workerThreads, { BroadcastChannel } from 'node:worker_threads'
import { type RandomStream, stream } from 'agon/core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { parse } from 'yaml'
import { alive, makeMortal } from '../support/mortal-threads.mjs'
import { exactFiles, journalOf } from '../support/run-files.ts'
import { SLOW, sampled } from '../support/tiers.ts'

makeMortal(workerThreads)
const orders = new BroadcastChannel('agon-test-kill')

const root = mkdtempSync(join(tmpdir(), 'agon-threads-'))
afterAll(() => {
  orders.close()
  rmSync(root, { recursive: true })
})

const config = parse(
  readFileSync(fileURLToPath(new URL('../fixtures/tiny-plr.yaml', import.meta.url)), 'utf8'),
)
const storm = {
  ...config,
  budget: { cycles: SLOW ? 24 : 10 },
  supervision: { restarts: 1000, windowSeconds: 60 },
}

const runOf = async (
  name: string,
  changes: object,
  onCycle: () => void = () => {},
  onStart: () => void = () => {},
) => {
  const { run } = await import('agon')
  const out = join(root, name)
  const handle = await run(
    { ...storm, ...changes },
    {
      out,
      onProgress: (event) => {
        if (event.kind === 'cycle') onCycle()
        if (event.kind === 'started' || event.kind === 'restored') onStart()
      },
    },
  )
  const result = await handle.result
  expect(result.status).toBe('finished')
  expect([...alive], 'threads that outlive the run').toEqual([])
  const { 'config.yaml': _, ...files } = exactFiles(out)
  return { out, files }
}

let expected: Record<string, string>
beforeAll(async () => {
  expected = (await runOf('calm', { workers: 1 })).files
})

const inThreads = { student: 'thread', adversary: 'thread', evaluator: 'thread' }

/** Kills some thread that runs after so many milliseconds; one that does not listen yet is told again. */
const killLater = (draw: RandomStream, ms: number): void => {
  setTimeout(() => {
    const victims = [...alive]
    if (victims.length === 0) return
    const victim = victims[draw.integer(victims.length)]
    const order = (): void => {
      if (!alive.has(victim)) return
      orders.postMessage(victim)
      setTimeout(order, 20)
    }
    order()
  }, ms)
}

const crews: readonly [string, object][] = [
  ['every actor in a thread of its own', { workers: 1, placement: inThreads }],
  ['two learner threads', { workers: 2 }],
]
it.each(sampled(crews, 1))(
  'killing %s at random cycles does not change a bit',
  async (name, changes) => {
    const draw = stream('thread loss', name)
    let killed = 0
    const { out, files } = await runOf(name.replaceAll(' ', '-'), changes, () => {
      if (draw.uniform() > 0.4 || killed >= (SLOW ? 8 : 3)) return
      killed += 1
      killLater(draw, draw.integer(20))
    })
    expect(killed).toBeGreaterThanOrEqual(SLOW ? 5 : 2)
    expect(journalOf(out).filter(({ kind }) => kind === 'resumed').length).toBeGreaterThan(0)
    expect(files).toEqual(expected)
  },
)

it('killing actors while others are still being made does not change a bit', async () => {
  const draw = stream('thread loss', 'at the start')
  let starts = 0
  const { out, files } = await runOf(
    'at-the-start',
    { workers: 2, placement: inThreads },
    () => {},
    () => {
      starts += 1
      if (starts <= (SLOW ? 6 : 3)) killLater(draw, 50 + draw.integer(400))
    },
  )
  expect(journalOf(out).filter(({ kind }) => kind === 'resumed').length).toBeGreaterThan(2)
  expect(files).toEqual(expected)
})
