/** Forms of nested answers: how they are asked for, how deep one is, how many entries stand at its top, and one that fits every constraint. */
export type FormatName = 'json' | 'xml' | 'outline' | 'numbered'

interface Structure {
  readonly said: string
  /** Null where the text is not of this format. */
  depth(text: string): number | null
  /** At the top level. */
  entries(text: string): number
  example(depth: number): string
}

const WORDS = ['water', 'stone', 'wind'] as const

export const FORMATS: Readonly<Record<FormatName, Structure>> = {
  json: {
    said: 'a JSON object',
    depth(text) {
      const value = jsonOf(text)
      return value === undefined ? null : jsonDepth(value)
    },
    entries: (text) => Object.keys((jsonOf(text) ?? {}) as object).length,
    example(depth) {
      const [first, ...rest] = WORDS
      return JSON.stringify({
        [first]: nested(depth - 1),
        ...Object.fromEntries(rest.map((word) => [word, word])),
      })
    },
  },
  xml: {
    said: 'an XML element',
    depth: (text) => elementsOf(text)?.depth ?? null,
    entries: (text) => elementsOf(text)?.top ?? 0,
    example(depth) {
      const inner = (left: number): string => (left === 0 ? 'a' : `<b>${inner(left - 1)}</b>`)
      const [first, ...rest] = WORDS
      const others = rest.map((word) => `<${word}>a</${word}>`).join('')
      return depth < 1 ? '<a>b</a>' : `<all><${first}>${inner(depth - 1)}</${first}>${others}</all>`
    },
  },
  outline: {
    said: 'an outline of lines that begin with a dash, two blanks for each further level,',
    depth: (text) => linesOf(text, /^((?: {2})*)- \S/, (indent) => indent.length / 2 + 1),
    entries: (text) => text.split('\n').filter((line) => line.startsWith('- ')).length,
    example: (depth) =>
      [
        ...Array.from({ length: depth }, (_, i) => `${'  '.repeat(i)}- ${WORDS[0]}`),
        ...WORDS.slice(1).map((word) => `- ${word}`),
      ].join('\n'),
  },
  numbered: {
    said: 'a numbered outline such as 1. and 1.1.',
    depth: (text) => linesOf(text, /^((?:\d+\.)+) \S/, (number) => number.split('.').length - 1),
    entries: (text) => text.split('\n').filter((line) => /^\d+\. /.test(line)).length,
    example: (depth) =>
      [
        ...Array.from({ length: depth }, (_, i) => `${'1.'.repeat(i + 1)} ${WORDS[0]}`),
        ...WORDS.slice(1).map((word, i) => `${i + 2}. ${word}`),
      ].join('\n'),
  },
}

export const depthOf = (text: string, format: FormatName): number | null =>
  FORMATS[format].depth(text)

export const entriesOf = (text: string, format: FormatName): number => FORMATS[format].entries(text)

const nested = (depth: number): unknown => (depth === 0 ? 'a' : { a: nested(depth - 1) })

function jsonOf(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    const object = typeof value === 'object' && value !== null && !Array.isArray(value)
    return object ? value : undefined
  } catch {
    return undefined
  }
}

/** Of an object or a list one more than of what it holds. */
const jsonDepth = (value: unknown): number =>
  typeof value === 'object' && value !== null
    ? 1 + Math.max(0, ...Object.values(value).map(jsonDepth))
    : 0

/** Levels of elements inside the root, and elements right under it; null for what is not one well-formed element. */
function elementsOf(text: string): { readonly depth: number; readonly top: number } | null {
  const open: string[] = []
  let [depth, top, roots, end] = [0, 0, 0, 0]
  for (const found of text.matchAll(/<(\/?)([A-Za-z][\w-]*)>/g)) {
    const [tag, closing, name] = found
    // Nothing but blanks stands outside the root.
    if (open.length === 0 && text.slice(end, found.index).trim() !== '') return null
    end = found.index + tag.length
    if (closing === '') {
      if (open.length === 0) roots += 1
      if (open.length === 1) top += 1
      open.push(name)
      depth = Math.max(depth, open.length - 1)
    } else if (open.pop() !== name) return null
  }
  return open.length === 0 && roots === 1 && text.slice(end).trim() === '' ? { depth, top } : null
}

/** The deepest level, where every line has one. */
function linesOf(text: string, pattern: RegExp, levelOf: (mark: string) => number): number | null {
  const levels = text.split('\n').map((line) => {
    const mark = pattern.exec(line)?.[1]
    return mark === undefined ? Number.NaN : levelOf(mark)
  })
  const deepest = Math.max(...levels)
  return Number.isNaN(deepest) ? null : deepest
}
