import { visible } from '../../core/visible.ts'

/** Which side a column's text leans to; numbers lean right. */
export type Align = 'left' | 'right'

/**
 * Rows as aligned lines, two spaces between columns, no trailing blanks.
 * @param rows all of one length; the first is the head where there is one
 */
export function formatTable(
  rows: readonly (readonly string[])[],
  align: readonly Align[] = [],
): string[] {
  // As wide as they are shown.
  const shown = rows.map((row) => row.map(visible))
  const widths: number[] = []
  for (const row of shown)
    for (const [column, cell] of row.entries())
      widths[column] = Math.max(widths[column] ?? 0, cell.length)
  return shown.map((row) =>
    row
      .map((cell, column) =>
        align[column] === 'right' ? cell.padStart(widths[column]) : cell.padEnd(widths[column]),
      )
      .join('  ')
      .trimEnd(),
  )
}

/** Breaks a text at blanks so that no line is longer than `width`, unless a single word is. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  if (line !== '') lines.push(line)
  return lines
}

/** Two columns of which the second is wrapped under itself: options, keys, exit codes. */
export function formatTerms(
  terms: readonly (readonly [term: string, about: string])[],
  width: number,
  indent = 2,
): string[] {
  const longest = Math.max(0, ...terms.map(([term]) => term.length))
  const column = indent + Math.min(longest, 30) + 2
  const blank = ' '.repeat(column)
  return terms.flatMap(([term, about]) => {
    const head = `${' '.repeat(indent)}${term}`
    const [first = '', ...rest] = wrap(about, Math.max(30, width - column))
    const tail = rest.map((line) => blank + line)
    if (head.length + 2 > column) return [head, blank + first, ...tail]
    return [(head.padEnd(column) + first).trimEnd(), ...tail]
  })
}
