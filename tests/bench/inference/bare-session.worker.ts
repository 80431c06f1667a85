import { parentPort, workerData } from 'node:worker_threads'
import { openBareSession } from './bare-session.ts'

// Thread entry: is told numbers of rows, and says when it has run them.

const run = await openBareSession(workerData as Uint8Array)
parentPort!.on('message', async (rows: number) => {
  await run(rows)
  parentPort!.postMessage(rows)
})
parentPort!.postMessage('ready')
