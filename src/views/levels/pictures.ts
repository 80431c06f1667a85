import { visible } from '../../core/visible.ts'

const WIDEST = 60
const TALLEST = 40
const BETWEEN = '   '

/** Whether a level's text is a picture: a rectangle of characters, such as a maze. */
export function isPicture(text: string): boolean {
  const lines = text.trimEnd().split('\n')
  const [{ length }] = lines
  return (
    lines.length >= 3 &&
    lines.length <= TALLEST &&
    length <= WIDEST &&
    lines.every((line) => line.length === length && visible(line) === line)
  )
}

/** Pictures beside each other under their titles, as many as fit into `columns`. */
export function pictureRows(
  pictures: readonly { readonly title: string; readonly text: string }[],
  columns: number,
): string[] {
  const lines: string[] = []
  let row: { readonly width: number; readonly lines: readonly string[] }[] = []
  const flush = (): void => {
    const height = Math.max(0, ...row.map(({ lines }) => lines.length))
    if (height > 0) lines.push('')
    for (let i = 0; i < height; i++)
      lines.push(
        row
          .map(({ width, lines }) => (lines[i] ?? '').padEnd(width))
          .join(BETWEEN)
          .trimEnd(),
      )
    row = []
  }
  for (const { title, text } of pictures) {
    const own = [visible(title), ...text.trimEnd().split('\n')]
    const width = Math.max(...own.map((line) => line.length))
    const taken = row.reduce((sum, one) => sum + one.width + BETWEEN.length, 0)
    if (row.length > 0 && taken + width > columns) flush()
    row.push({ width, lines: own })
  }
  flush()
  return lines
}
