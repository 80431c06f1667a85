import type { RandomStream } from '../../../core/random.ts'
import type { agon } from '../../../wire/index.ts'
import type { LevelFeatures } from '../../contract.ts'
import { isPrintable, LONGEST_NAME, quoted } from '../plain-name.ts'
import { isState } from '../stream-state.ts'
import { wrong } from './answer-law.ts'

/** A level of an environment that lives elsewhere: its canonical bytes, and what the server said of it. */
export class RemoteLevel {
  readonly bytes: Uint8Array
  described: Described | null = null

  constructor(bytes: Uint8Array) {
    // Bytes of an answer are a window on all of it.
    this.bytes = new Uint8Array(bytes)
  }
}

export interface Described {
  readonly obstacle: string
  readonly key: string
  readonly text: string
  readonly features: LevelFeatures
}

/** The caller's stream goes on behind what was drawn from its copy; by one number where the server does not say how far. */
export function moveOn(
  call: string,
  stream: RandomStream,
  { streamState }: agon.v1.Levels.$Properties,
): void {
  const state = streamState ?? []
  if (state.length === 0) stream.uint32()
  else if (isState(state)) stream.moveTo(state)
  else throw wrong(call, 'the state of a stream, or none', `[${state.slice(0, 8)}]`)
}

/** What goes into tables and lineages. */
export function printable(call: string, what: string, name: string): string {
  if (isPrintable(name)) return name
  throw wrong(call, `${what} of printable characters, at most ${LONGEST_NAME}`, quoted(name))
}

export function one<T>(call: string, list: readonly T[] | null | undefined): T {
  if (list?.length === 1) return list[0]
  throw wrong(call, 'one level', `${list?.length ?? 0}`)
}
