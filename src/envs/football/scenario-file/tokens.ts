import { type Place, scenarioError } from './place.ts'

/** A word of the file. `end` closes a logical line, `indent` and `dedent` open and close a block. */
export interface Token extends Place {
  readonly kind: 'name' | 'number' | 'string' | 'mark' | 'end' | 'indent' | 'dedent'
  readonly text: string
}

const WORDS: readonly (readonly [Token['kind'], RegExp])[] = [
  ['string', /("""|''')[\s\S]*?\1|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/y],
  ['number', /(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:e[+-]?\d+)?/iy],
  ['name', /[A-Za-z_]\w*/y],
  ['mark', /\*\*|\/\/|[=!<>]=|->|[-+*/%=<>()[\]{},:.;@]/y],
]
/** Blanks, comments and lines that a backslash joins. */
const SKIPPED = /(?:[ \t\f]|#[^\n]*|\\\n)*/y
const OPENING = '([{'
const CLOSING = ')]}'

/**
 * The words of a file in the part of Python that scenario files are written in.
 * @throws AgonError `level/scenario` at a character that begins no word
 */
export function tokensOf(source: string): readonly Token[] {
  return new Scanner(source.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')).tokens()
}

class Scanner {
  readonly #text: string
  readonly #found: Token[] = []
  readonly #blocks = [0]
  #at = 0
  #line = 1
  #lineStart = 0
  #depth = 0

  constructor(text: string) {
    this.#text = text
  }

  tokens(): readonly Token[] {
    while (this.#at < this.#text.length) this.#physicalLine()
    this.#endLine()
    while (this.#blocks.length > 1) this.#closeBlock()
    return this.#found
  }

  #physicalLine(): void {
    const blank = /[ \t\f]*(?:#[^\n]*)?(?:\n|$)/y
    blank.lastIndex = this.#at
    if (this.#depth === 0 && !blank.test(this.#text)) this.#indentation()
    while (this.#at < this.#text.length) {
      this.#skip()
      if (this.#text[this.#at] === '\n') break
      if (this.#at < this.#text.length) this.#word()
    }
    if (this.#depth === 0) this.#endLine()
    this.#advance(this.#at + 1)
  }

  /** A tab counts up to the next multiple of eight, as in Python. */
  #indentation(): void {
    const [blanks] = /^[ \t]*/.exec(this.#text.slice(this.#at, this.#at + 1000)) ?? ['']
    let width = 0
    for (const blank of blanks) width = blank === '\t' ? width - (width % 8) + 8 : width + 1
    this.#at += blanks.length
    if (width > this.#blocks[this.#blocks.length - 1]) {
      this.#blocks.push(width)
      this.#push('indent', '')
    }
    while (width < this.#blocks[this.#blocks.length - 1]) this.#closeBlock()
    if (width !== this.#blocks[this.#blocks.length - 1])
      throw scenarioError('this line is indented like no line above it', this.#place())
  }

  #closeBlock(): void {
    this.#blocks.pop()
    this.#push('dedent', '')
  }

  #endLine(): void {
    const last = this.#found.at(-1)
    if (last !== undefined && !['end', 'indent', 'dedent'].includes(last.kind))
      this.#push('end', '')
  }

  #skip(): void {
    SKIPPED.lastIndex = this.#at
    this.#advance(this.#at + (SKIPPED.exec(this.#text)?.[0].length ?? 0))
  }

  #word(): void {
    for (const [kind, pattern] of WORDS) {
      pattern.lastIndex = this.#at
      const text = pattern.exec(this.#text)?.[0]
      if (text === undefined) continue
      this.#push(kind, text)
      if (OPENING.includes(text)) this.#depth++
      if (CLOSING.includes(text)) this.#depth = Math.max(0, this.#depth - 1)
      this.#advance(this.#at + text.length)
      return
    }
    throw scenarioError(`'${this.#text[this.#at]}' begins no word`, this.#place())
  }

  /** Counts the lines that are passed: strings and joined lines hold line feeds. */
  #advance(to: number): void {
    for (; this.#at < to; this.#at++)
      if (this.#text[this.#at] === '\n') {
        this.#line++
        this.#lineStart = this.#at + 1
      }
  }

  #place(): Place {
    return { line: this.#line, column: this.#at - this.#lineStart + 1 }
  }

  #push(kind: Token['kind'], text: string): void {
    this.#found.push({ kind, text, ...this.#place() })
  }
}
