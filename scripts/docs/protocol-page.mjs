import { readFileSync } from 'node:fs'
import { parseProto } from './parse-proto.mjs'

const FILES = ['actors', 'environments', 'experiments', 'tensors', 'errors']

/** The text of docs/protocol-reference.md. */
export async function protocolPage() {
  const parsed = FILES.map((name) => [
    name,
    parseProto(readFileSync(`proto/agon/v1/${name}.proto`, 'utf8')),
  ])
  const known = new Set(parsed.flatMap(([, parts]) => parts.map(({ name }) => name)))
  return `# Protocol reference

<!-- Made from the comments of proto/agon/v1 by \`npm run docs\`; not edited by hand. -->

Package \`agon.v1\`, over gRPC. How the calls play together: [attaching](attach.md), [environments](environments/remote.md),
[control](control.md); whether a program keeps to it: [conformance](conformance.md). Policies are served with the Open
Inference Protocol instead ([serving](serve.md)).

${parsed.map(([name, parts]) => file(name, parts, known)).join('\n')}`
}

const file = (name, parts, known) => `## ${name}.proto

${parts.map((part) => WRITE[part.kind](part, known)).join('\n')}`

const about = ({ comment }) => (comment === '' ? '' : `${text(comment)}\n\n`)

const WRITE = {
  service: (part, known) => `### ${part.name}

${about(part)}| call | request | answer | |
|---|---|---|---|
${part.members.map((one) => `| \`${one.name}\` | ${types(one.request, known)} | ${types(one.answer, known)} | ${cell(one.comment)} |`).join('\n')}
`,
  message: (part, known) => `### ${part.name}

${about(part)}${
  part.members.length === 0
    ? 'No fields.\n'
    : `| field | number | type | |
|---|---|---|---|
${part.members.map((one) => `| \`${one.name}\` | ${one.number} | ${types(one.type, known)} | ${cell(one.comment)} |`).join('\n')}
`
}`,
  enum: (part) => `### ${part.name}

${about(part)}| value | number | |
|---|---|---|
${part.members.map((one) => `| \`${one.name}\` | ${one.number} | ${cell(one.comment)} |`).join('\n')}
`,
}

/** A type with a link where the page has it. */
const types = (type, known) =>
  type.replace(/[A-Za-z_][\w.]*/g, (word) =>
    known.has(word) ? `[${word}](#${word.toLowerCase().replaceAll('.', '')})` : word,
  )

/** For a page: no tag outside code. */
const text = (comment) =>
  comment
    .split('`')
    .map((part, index) => (index % 2 === 0 ? part.replaceAll('<', '&lt;') : part))
    .join('`')
const cell = (comment) =>
  text(comment).replace(/\n\n/g, '<br>').replace(/\n/g, ' ').replaceAll('|', '\\|')
