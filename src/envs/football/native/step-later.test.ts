import { Worker } from 'node:worker_threads'
import { describe, expect, it } from 'vitest'
import { nativeHere } from './testing/native-here.ts'
import { opened } from './testing/opened.ts'

const here = nativeHere()
const football = here as NonNullable<typeof here>
const refusal = (code: string) => expect.objectContaining({ code })

describe.skipIf(here === null)('a step off the thread', () => {
  it('steps off the thread: one step at a time, and may be closed meanwhile', async () => {
    const { batch, level, out, actions } = opened(football, 64)
    const running = batch.stepLater(actions, out)
    const busy = refusal('football/busy')
    expect(() => batch.step(actions, out)).toThrow(busy)
    expect(() => batch.save(0)).toThrow(busy)
    expect(() => batch.reset(0, level, 1n, 0)).toThrow(busy)
    await expect(batch.stepLater(actions, out)).rejects.toThrow(busy)
    await running
    const last = batch.stepLater(actions, out)
    batch.close()
    await last
    expect(() => batch.step(actions, out)).toThrow(refusal('football/closed'))
    batch.close()
  })

  it('is told when an array of a step was taken away meanwhile', async () => {
    const { batch, out, actions } = opened(football, 64)
    const running = batch.stepLater(actions, out)
    structuredClone(out.scoring, { transfer: [out.scoring.buffer as ArrayBuffer] })
    structuredClone(actions, { transfer: [actions.buffer as ArrayBuffer] })
    await expect(running).rejects.toThrow(refusal('football/buffers'))
    expect(() => batch.step(actions, out)).toThrow(refusal('football/buffers'))
    batch.close()
  })

  it('a worker that ends in the middle of a step takes nobody with it', async () => {
    const source = `
      const { createRequire } = require('node:module')
      const { workerData } = require('node:worker_threads')
      const { binary } = workerData
      const addon = createRequire(binary)(binary)
      const level = new Float64Array(addon.levelNumbers)
      addon.scenario('11_vs_11_stochastic', 0, level)
      const bytes = 256 * addon.stateBytes
      const games = new addon.Games('cpu', 256, 0, 0, 2, new Uint8Array(new SharedArrayBuffer(bytes)))
      for (let i = 0; i < 256; i++) games.reset(i, level, 1n, 0)
      const none = new Float32Array(0)
      const ends = new Uint8Array(256)
      games.stepLater(new Int32Array(0), none, none, ends, ends, new Int32Array(512))
      process.exit(0)`
    const binary = new URL('../../../../dist/native/football.node', import.meta.url).pathname
    for (let n = 0; n < 3; n++) {
      const worker = new Worker(source, { eval: true, workerData: { binary } })
      expect(await new Promise((resolve) => worker.on('exit', resolve))).toBe(0)
    }
  })
})
