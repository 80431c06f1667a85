import { Worker } from 'node:worker_threads'
import { type Tensor, tensor } from 'agon/core'
import { openSession } from 'agon/inference'

/** Most rows that run together, as many as `agon serve` takes by default. */
export const MOST_ROWS = 256

/** A session on this thread that runs the same tensors again and again, for each number of rows its own. */
export async function openBareSession(onnx: Uint8Array): Promise<(rows: number) => Promise<void>> {
  const session = await openSession(onnx)
  const known = new Map<number, { feeds: Named; fetches: Named }>()
  type Named = Record<string, Tensor>
  const zeros = (values: typeof session.inputs, rows: number): Named =>
    Object.fromEntries(
      values.map(({ name, dtype, shape }) => [
        name,
        tensor(dtype, [rows, ...shape.slice(1).map(Number)]),
      ]),
    )
  return async (rows) => {
    const kept = known.get(rows) ?? {
      feeds: zeros(session.inputs, rows),
      fetches: zeros(session.outputs, rows),
    }
    known.set(rows, kept)
    await session.run(kept.feeds, kept.fetches)
  }
}

/** A session in a thread: requests that come while it is at work run together next. */
export async function startBareThread(
  onnx: Uint8Array,
  rowsOfRequest: number,
): Promise<(done: () => void) => void> {
  const thread = new Worker(new URL('./bare-session.worker.js', import.meta.url), {
    workerData: onnx,
  })
  await new Promise((resolve) => thread.once('message', resolve))
  const most = Math.floor(MOST_ROWS / rowsOfRequest)
  const waiting: (() => void)[] = []
  let running: (() => void)[] = []
  const next = (): void => {
    running = waiting.splice(0, most)
    if (running.length > 0) thread.postMessage(running.length * rowsOfRequest)
  }
  thread.on('message', () => {
    const done = running
    next()
    for (const settle of done) settle()
  })
  return (done) => {
    waiting.push(done)
    if (running.length === 0) next()
  }
}
