/** One level's own text in a file of several. */
export interface TextBlock {
  readonly name: string
  /** Line of the file, from 1, on which the level's own text begins. */
  readonly line: number
  readonly text: string
}

/**
 * Levels parted by blank lines. Lines that begin with `//` are comments; a first line `# name`, or a line `name: …` where the
 * form has such headers, names a level, without one it is `level-<number of the block>`.
 */
export function textBlocks(text: string): readonly TextBlock[] {
  const blocks: TextBlock[] = []
  let open: { readonly line: number; readonly rows: string[] } | undefined
  const lines = text.split(/\r?\n/)
  // The blank line behind the last closes the last block.
  for (const [index, row] of [...lines, ''].entries()) {
    if (row.startsWith('//')) continue
    if (row.trim() !== '') {
      open ??= { line: index + 1, rows: [] }
      open.rows.push(row)
    } else if (open !== undefined) {
      blocks.push(toBlock(open.rows, open.line, `level-${blocks.length + 1}`))
      open = undefined
    }
  }
  return blocks
}

function toBlock(rows: readonly string[], line: number, fallback: string): TextBlock {
  const title = /^#\s+(\S.*)$/.exec(rows[0])
  if (title !== null)
    return { name: title[1].trim(), line: line + 1, text: rows.slice(1).join('\n') }
  const header = rows.map((row) => /^name:\s*(\S.*)$/.exec(row)).find((match) => match !== null)
  return { name: header?.[1].trim() ?? fallback, line, text: rows.join('\n') }
}
