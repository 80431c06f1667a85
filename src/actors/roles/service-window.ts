import type { Answer, Ask } from '../../services/contract.ts'
import type { Asker } from '../kit/asking/contract.ts'

export interface Call extends Ask {
  readonly cycle: number
}

/** One service: whoever is there now, and the calls that it has not answered. */
export interface Window {
  readonly asker: Asker<Call, Answer>
  readonly stateful: boolean
  readonly pending: Map<string, { resolve(answer: Answer): void; reject(error: unknown): void }>
  present: Promise<void>
  arrive: () => void
}

export function awaited(): Pick<Window, 'present' | 'arrive'> {
  let arrive = (): void => {}
  const present = new Promise<void>((resolve) => {
    arrive = resolve
  })
  return { present, arrive }
}

export function unlessAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (): void => reject(signal.reason)
    if (signal.aborted) return end()
    signal.addEventListener('abort', end, { once: true })
    void work.then(() => {
      signal.removeEventListener('abort', end)
      resolve()
    })
  })
}
