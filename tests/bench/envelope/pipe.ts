/** Bytes both ways between two processes, however they cross. */
export interface Pipe {
  /** False: it can take no more for now; `onDrain` says when. */
  send(body: Uint8Array): boolean
  onDrain(listener: () => void): void
  onBody(listener: (body: Uint8Array) => void): void
}

export type PipeName = 'session' | 'bare'

/** What the bench orders of each process; both have the same pipes, one end each. */
export interface PipeOrder {
  readonly part: 'send' | 'receive'
  readonly pipe: PipeName
  /** Bytes of a message. */
  readonly size: number
  readonly count: number
  /** Messages under way beyond the last receipt; a receipt comes for every quarter of it. */
  readonly window: number
}

const RECEIPT = Buffer.alloc(8)

/** Carries out orders until the parent goes: answers `true` once ready to receive, and milliseconds once all is sent and receipted. */
export function obey(pipes: Readonly<Record<PipeName, Pipe>>): void {
  process.on('message', async (order: PipeOrder) => {
    const pipe = pipes[order.pipe]
    if (order.part === 'receive') {
      receive(pipe, order)
      process.send?.(true)
    } else process.send?.(await send(pipe, order))
  })
  process.on('disconnect', () => process.exit())
}

function receive(pipe: Pipe, { window }: PipeOrder): void {
  let received = 0
  pipe.onBody(() => {
    received += 1
    if (received % (window / 4) === 0) pipe.send(RECEIPT)
  })
}

/** `count` is a multiple of a quarter of the window, so that the last message is receipted. */
function send(pipe: Pipe, { size, count, window }: PipeOrder): Promise<number> {
  const body = Buffer.alloc(size, 7)
  const start = performance.now()
  let sent = 0
  let receipted = 0
  return new Promise((resolve) => {
    const more = (): void => {
      while (sent < count && sent - receipted < window) {
        sent += 1
        if (!pipe.send(body)) return
      }
    }
    pipe.onDrain(more)
    pipe.onBody(() => {
      receipted += window / 4
      if (receipted === count) resolve(performance.now() - start)
      else more()
    })
    more()
  })
}
