import { errorCodes } from './error-codes.mjs'

const MOST_MESSAGES = 3
const MOST_FILES = 3

/** The text of docs/errors.md. */
export async function errorPage() {
  const { exitCodeOf, EXIT_MEANINGS } = await import('../../dist/run/exit-codes.js')
  const { AgonError } = await import('../../dist/core/index.js')
  const codes = errorCodes('src')
  const areas = grouped(codes)
  return `# Errors

<!-- Made from the sources by \`npm run docs\`; not edited by hand. -->

Every error has a code \`area/what\`, which stays, beside a sentence, where it is, and what to do. With \`--json\` it is the
last object on standard output: \`{"kind":"error","code":…,"message":…,"remedy":…,"place":…}\`; over gRPC it is an
[Error](protocol-reference.md#error). \`…\` below stands for what an error names: files, numbers, names.

The exit code is that of a command that had begun nothing. A run that has begun ends with 1 whatever its error was, or with
4 where its own files are damaged.

| exit code | |
|---|---|
${EXIT_MEANINGS.map(([code, meaning]) => `| ${code} | ${cell(meaning)} |`).join('\n')}

What the operating system refuses has its own name for it as the code, \`system/enospc\`, and exit code 2.

${[...areas].map(([area, some]) => section(area, some, (code) => exitCodeOf(new AgonError(code, '')))).join('\n')}`
}

function grouped(codes) {
  const areas = new Map()
  for (const [code, entry] of codes) {
    const [area] = code.split('/')
    areas.set(area, [...(areas.get(area) ?? []), [code, entry]])
  }
  return areas
}

const section = (area, some, exitOf) => `## ${area}

| code | exit | says | what to do | thrown in |
|---|---|---|---|---|
${some.map(([code, entry]) => row(code, exitOf(code), entry)).join('\n')}
`

function row(code, exit, { messages, remedies, files }) {
  const says = [...messages].slice(0, MOST_MESSAGES).map(cell).join('<br>')
  const what = [...remedies].slice(0, MOST_MESSAGES).map(cell).join('<br>')
  const where = [...files].slice(0, MOST_FILES).map((file) => `\`${file}\``)
  if (files.size > MOST_FILES) where.push(`${files.size - MOST_FILES} more`)
  return `| \`${code}\` | ${exit} | ${says} | ${what} | ${where.join(', ')} |`
}

/** For a cell: no tag outside code. */
const cell = (text) =>
  text
    .split('`')
    .map((part, index) => (index % 2 === 0 ? part.replaceAll('<', '&lt;') : part))
    .join('`')
    .replaceAll('|', '\\|')
    .trim()
