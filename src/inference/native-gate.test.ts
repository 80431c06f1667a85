import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { describe, expect, it } from 'vitest'
import { builtUrl } from '../core/module.ts'
import { barNative, endThread, shareNativeGate } from './native-gate.ts'

// Threads run the build output. Where the gate fails, it is the test process that aborts.
const BUSY = new URL(builtUrl(import.meta.url, './fixtures/busy.worker.js'))

async function busyThread(): Promise<Worker> {
  shareNativeGate()
  const worker = new Worker(BUSY, { env: {}, execArgv: [] })
  await once(worker, 'message')
  return worker
}

describe('native gate', () => {
  it('ends threads that run graphs without a pause', async () => {
    for (let round = 0; round < 3; round++) {
      const workers = await Promise.all([busyThread(), busyThread()])
      await Promise.all(workers.map(endThread))
      expect(workers.map((worker) => worker.threadId)).toEqual([-1, -1])
    }
  })

  it('is open to a thread that is already gone', async () => {
    const worker = await busyThread()
    await endThread(worker)
    await barNative(worker)
    await endThread(worker)
    expect(worker.threadId).toBe(-1)
  })

  it('lets a process exit with its own code while threads are at work', () => {
    const gate = builtUrl(import.meta.url, './native-gate.js')
    const program = `
      import { Worker } from 'node:worker_threads'
      const { barAllNative, shareNativeGate } = await import(${JSON.stringify(gate)})
      shareNativeGate()
      const worker = new Worker(new URL(${JSON.stringify(BUSY.href)}), { env: {}, execArgv: [] })
      worker.once('message', async () => {
        await barAllNative()
        process.exit(7)
      })`
    const { status, stderr } = spawnSync(
      process.execPath,
      ['--input-type=module', '--eval', program],
      { encoding: 'utf8', cwd: fileURLToPath(new URL('.', import.meta.url)) },
    )
    expect(stderr).toBe('')
    expect(status).toBe(7)
  })
})
