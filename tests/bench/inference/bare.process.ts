import { Server, ServerCredentials } from '@grpc/grpc-js'
import { openBareSession, startBareThread } from './bare-session.ts'
import { obey } from './obey.ts'

// Process entry: what ours is measured against. A bare server that answers with bytes it is sent, either at once
// (`/bare/<name>`) or once a bare session has run a request's rows (`/session/<name>`): no request is looked into, no tensor
// is moved, nothing can go wrong.

export interface BareWork {
  readonly answer: Uint8Array
  readonly onnx: Uint8Array
  /** Of a request. */
  readonly rows: number
  /** The session runs `here`, one request after the other, or in a thread, where those that wait run together. */
  readonly session: 'here' | 'thread'
}

export interface BareOrder {
  readonly works: Readonly<Record<string, BareWork>>
}

/** Calls back when the session has run the rows of one request. */
type Run = (done: () => void) => void
type Answer = (error: null, bytes: Buffer) => void

const same = (bytes: Buffer): Buffer => bytes

obey(async ({ works }: BareOrder) => {
  const server = new Server()
  for (const [name, work] of Object.entries(works)) {
    const bytes = Buffer.from(work.answer)
    const run = await runOf(work)
    serve(server, `/bare/${name}`, (answer) => answer(null, bytes))
    serve(server, `/session/${name}`, (answer) => run(() => answer(null, bytes)))
  }
  return await new Promise((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) =>
      error === null ? resolve(port) : reject(error),
    ),
  )
})

async function runOf({ onnx, rows, session }: BareWork): Promise<Run> {
  if (session === 'thread') return await startBareThread(onnx, rows)
  const run = await openBareSession(onnx)
  return (done) => void run(rows).then(done)
}

function serve(server: Server, path: string, handle: (answer: Answer) => void): void {
  const method = {
    path,
    requestStream: false as const,
    responseStream: false as const,
    requestSerialize: same,
    requestDeserialize: same,
    responseSerialize: same,
    responseDeserialize: same,
  }
  server.addService(
    { call: method },
    { call: (_: unknown, answer: Answer): void => handle(answer) },
  )
}
