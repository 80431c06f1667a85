import { type ChildProcess, fork, type Serializable } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** Starts a process of a bench; it ends when its channel is closed. @param entry a built module */
export function startChild(entry: URL): ChildProcess {
  return fork(fileURLToPath(entry), { serialization: 'advanced' })
}

/** The next thing that a process says. Rejects where it ends instead. */
export async function answer<A>(child: ChildProcess): Promise<A> {
  const listening = new AbortController()
  const { signal } = listening
  try {
    const [said] = await Promise.race([
      once(child, 'message', { signal }),
      once(child, 'exit', { signal }).then(ended),
    ])
    return said as A
  } finally {
    listening.abort()
  }
}

/** Orders something, and gives what the process says next. */
export function ask<A, O extends Serializable>(child: ChildProcess, order: O): Promise<A> {
  const said = answer<A>(child)
  child.send(order)
  return said
}

function ended([code]: unknown[]): never {
  throw new Error(`a process of the bench ended with ${code}`)
}
