import type { Prompt } from './contract.ts'

const WIDTH = 320
const LINE = 18
const COLUMNS = 42
const MOST_LINES = 10

/** Whatever a model wrote is text in a picture, and nothing else. */
const escaped = (text: string): string =>
  text
    .replace(/[^\t\n\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`)

/** The prompt as a small card: its kind, and its first lines. */
/** @param whole false: its kind alone */
export function drawPrompt({ text: body, kind }: Prompt, whole = true): string {
  const text = whole ? body : '(not shown)'
  const title = Object.values(kind)
    .map((value) => (typeof value === 'number' ? String(Math.round(value * 100) / 100) : value))
    .join(' · ')
  const lines = wrapped(text)
  const shown = lines.length > MOST_LINES ? [...lines.slice(0, MOST_LINES - 1), '…'] : lines
  const height = LINE * (shown.length + 2)
  const rows = shown.map(
    (line, i) => `<text x="10" y="${LINE * (i + 2.5)}" font-size="13">${escaped(line)}</text>`,
  )
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" font-family="sans-serif" fill="#222222"><rect width="${WIDTH}" height="${height}" fill="#ffffff" stroke="#bbbbbb"/><text x="10" y="${LINE * 1.2}" font-size="11" fill="#666666">${escaped(title.slice(0, 60))}</text>${rows.join('')}</svg>`
}

function wrapped(text: string): string[] {
  return text.split('\n').flatMap((line) => {
    const rows: string[] = []
    let row = ''
    for (const word of line.split(' ').flatMap(pieces)) {
      if (row !== '' && row.length + word.length + 1 > COLUMNS) {
        rows.push(row)
        row = word
      } else row = row === '' ? word : `${row} ${word}`
    }
    return [...rows, row]
  })
}

const pieces = (word: string): string[] => word.match(new RegExp(`.{1,${COLUMNS}}`, 'gsu')) ?? ['']
