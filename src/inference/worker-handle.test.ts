import { describe, expect, it } from 'vitest'
import { startWorker } from './worker-handle.ts'

interface NoisyApi {
  echo(value: unknown): Promise<unknown>
  environment(): Promise<number>
  fail(): Promise<void>
  hang(): Promise<void>
  crash(): Promise<void>
}

const start = () =>
  startWorker<NoisyApi>(new URL('./fixtures/noisy.worker.mjs', import.meta.url).href, 'noisy')

describe('a worker handle', () => {
  it('calls, and keeps code, place and fields of errors', async () => {
    const worker = start()
    expect(await worker.call('echo', { list: [1, 2], bytes: Uint8Array.of(3) })).toEqual({
      list: [1, 2],
      bytes: Uint8Array.of(3),
    })
    await expect(worker.call('fail')).rejects.toMatchObject({
      code: 'test/fail',
      place: 'here',
      fields: { answer: 42 },
    })
    expect(await worker.call('environment')).toBe(0)
    await worker.close()
  })

  it('rejects a pending call, and later ones, when the thread is killed', async () => {
    const worker = start()
    await worker.call('echo', 1)
    const pending = worker.call('hang')
    await worker.terminate()
    await expect(pending).rejects.toMatchObject({ code: 'worker/lost', place: 'noisy' })
    await expect(worker.call('echo', 1)).rejects.toMatchObject({ code: 'worker/lost' })
    await expect(worker.lost).rejects.toMatchObject({ code: 'worker/lost' })
  })

  it('says why a thread died by itself', async () => {
    const worker = start()
    await expect(worker.call('crash')).rejects.toMatchObject({
      code: 'worker/lost',
      message: expect.stringContaining('out of the blue'),
    })
  })

  it('does not count a close as a loss', async () => {
    const worker = start()
    await worker.call('echo', 1)
    let lost = false
    worker.lost.catch(() => {
      lost = true
    })
    await worker.close()
    await new Promise((resolve) => setImmediate(resolve))
    expect(lost).toBe(false)
  })
})
