import { Server, ServerCredentials } from '@grpc/grpc-js'
import type { ModelSource } from 'agon/inference/serve'
import { startInferenceServer } from 'agon/inference/serve'

// Process entry: an inference server with the models it is sent, or a bare server that answers with bytes it is sent.

export type ServerOrder =
  | { readonly kind: 'models'; readonly models: Readonly<Record<string, ModelSource>> }
  | { readonly kind: 'bare'; readonly answers: Readonly<Record<string, Uint8Array>> }

const same = (bytes: Buffer): Buffer => bytes

async function start(order: ServerOrder): Promise<number> {
  if (order.kind === 'bare') return await startBare(order.answers)
  const server = await startInferenceServer({ security: { kind: 'plain' }, token: null })
  for (const [name, model] of Object.entries(order.models)) await server.load(name, model)
  return server.address.port
}

/** Unary methods `/bare/<name>`, each with one answer. */
function startBare(answers: Readonly<Record<string, Uint8Array>>): Promise<number> {
  const server = new Server()
  const method = (path: string) => ({
    path,
    requestStream: false as const,
    responseStream: false as const,
    requestSerialize: same,
    requestDeserialize: same,
    responseSerialize: same,
    responseDeserialize: same,
  })
  const names = Object.keys(answers)
  server.addService(
    Object.fromEntries(names.map((name) => [name, method(`/bare/${name}`)])),
    Object.fromEntries(
      names.map((name) => {
        const answer = Buffer.from(answers[name])
        return [
          name,
          (_: unknown, callback: (error: null, bytes: Buffer) => void) => callback(null, answer),
        ]
      }),
    ),
  )
  return new Promise((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) =>
      error === null ? resolve(port) : reject(error),
    ),
  )
}

process.on('message', async (order: ServerOrder) => {
  process.send?.(await start(order))
})
process.on('disconnect', () => process.exit())
