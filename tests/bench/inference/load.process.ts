import { Client, credentials } from '@grpc/grpc-js'

// Process entry: asks a server as fast as a number of clients can, each with a connection of its own and one request
// under way. Bytes go and come as they are, so that nothing but the call itself is measured on this side.

/** What the parent orders. */
export interface LoadOrder {
  readonly address: string
  readonly path: string
  /** One for each client, which sends it again and again. */
  readonly requests: readonly Uint8Array[]
  /** What each client sends once before. */
  readonly openings?: readonly Uint8Array[]
  readonly warmUpMs: number
  readonly measureMs: number
}

export interface LoadResult {
  /** All that were answered, those of the warm-up too. */
  readonly requests: number
  readonly perSecond: number
  /** Milliseconds. */
  readonly p50: number
  readonly p99: number
}

const same = (bytes: Buffer): Buffer => bytes

async function load({
  address,
  path,
  requests,
  openings,
  warmUpMs,
  measureMs,
}: LoadOrder): Promise<LoadResult> {
  const start = performance.now() + warmUpMs
  const end = start + measureMs
  const latencies: number[] = []
  let answered = 0
  const oneClient = async (request: Uint8Array, index: number): Promise<void> => {
    const client = new Client(address, credentials.createInsecure(), {
      'grpc.use_local_subchannel_pool': 1,
    })
    const send = (bytes: Buffer): Promise<void> =>
      new Promise((resolve, reject) =>
        client.makeUnaryRequest(path, same, same, bytes, (error) =>
          error === null ? resolve() : reject(error),
        ),
      )
    const bytes = Buffer.from(request)
    if (openings !== undefined) await send(Buffer.from(openings[index]))
    for (let began = performance.now(); began < end; ) {
      await send(bytes)
      answered++
      const now = performance.now()
      if (began >= start && now <= end) latencies.push(now - began)
      began = now
    }
    client.close()
  }
  await Promise.all(requests.map(oneClient))
  latencies.sort((a, b) => a - b)
  const at = (q: number): number => latencies[Math.floor(q * (latencies.length - 1))]
  return {
    requests: answered,
    perSecond: (latencies.length / measureMs) * 1000,
    p50: at(0.5),
    p99: at(0.99),
  }
}

process.on('message', async (order: LoadOrder) => {
  process.send?.(await load(order))
})
process.on('disconnect', () => process.exit())
