import { scenarioError } from './place.ts'
import type { Token } from './tokens.ts'

/** The words of a file, one after the other. */
export class TokenReader {
  readonly #tokens: readonly Token[]
  readonly #last: Token
  #at = 0

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
    this.#last = { kind: 'end', text: '', line: (tokens.at(-1)?.line ?? 0) + 1, column: 1 }
  }

  get next(): Token {
    return this.#tokens[this.#at] ?? this.#last
  }

  get over(): boolean {
    return this.#at >= this.#tokens.length
  }

  take(): Token {
    const { next } = this
    this.#at++
    return next
  }

  /** Takes the next word if it is this one, written so. */
  takes(text: string): boolean {
    const found = this.next.text === text && this.next.kind !== 'string' && text !== ''
    if (found) this.#at++
    return found
  }

  takesKind(kind: Token['kind']): boolean {
    const found = this.next.kind === kind && !this.over
    if (found) this.#at++
    return found
  }

  /** @throws AgonError `level/scenario` where another word stands */
  expect(text: string): void {
    if (!this.takes(text)) throw this.unexpected(`'${text}'`)
  }

  name(what: string): string {
    if (this.next.kind !== 'name') throw this.unexpected(what)
    return this.take().text
  }

  unexpected(expected: string): Error {
    const { next } = this
    const found = next.text === '' ? 'the line ends' : `'${next.text}' stands`
    return scenarioError(`${found} where ${expected} is expected`, next)
  }
}
