import { Client, credentials } from '@grpc/grpc-js'

// Process entry: asks a server as fast as a number of clients can, each with a connection of its own and one request
// under way. Bytes go and come as they are, so that nothing but the call itself is measured on this side.

/** What the parent orders. */
export interface LoadOrder {
  readonly address: string
  readonly path: string
  readonly clients: number
  readonly request: Uint8Array
  readonly warmUpMs: number
  readonly measureMs: number
}

export interface LoadResult {
  readonly perSecond: number
  /** Milliseconds. */
  readonly p50: number
  readonly p99: number
}

const same = (bytes: Buffer): Buffer => bytes

async function load({ address, path, clients, request, warmUpMs, measureMs }: LoadOrder) {
  const bytes = Buffer.from(request)
  const start = performance.now() + warmUpMs
  const end = start + measureMs
  const latencies: number[] = []
  const oneClient = async (): Promise<void> => {
    const client = new Client(address, credentials.createInsecure(), {
      'grpc.use_local_subchannel_pool': 1,
    })
    for (let began = performance.now(); began < end; ) {
      await new Promise<void>((resolve, reject) =>
        client.makeUnaryRequest(path, same, same, bytes, (error) =>
          error === null ? resolve() : reject(error),
        ),
      )
      const now = performance.now()
      if (began >= start && now <= end) latencies.push(now - began)
      began = now
    }
    client.close()
  }
  await Promise.all(Array.from({ length: clients }, oneClient))
  latencies.sort((a, b) => a - b)
  const at = (q: number): number => latencies[Math.floor(q * (latencies.length - 1))]
  return { perSecond: (latencies.length / measureMs) * 1000, p50: at(0.5), p99: at(0.99) }
}

process.on('message', async (order: LoadOrder) => {
  process.send?.((await load(order)) satisfies LoadResult)
})
process.on('disconnect', () => process.exit())
