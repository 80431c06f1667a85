import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Not where errors come from, though codes and what looks like them stand there. */
const NO_SOURCE =
  /\.test\.ts$|\/(testing|fixtures|gen|conformance)\/|exit-codes\.ts$|football\/suites\/suites\.ts$/
const CODE = /'([a-z][a-z0-9]*\/[a-z0-9]+(?:-[a-z0-9]+)*)'/g
const AREA = /new \w*Error\(\s*'([a-z][a-z0-9]*)\/[a-z0-9-]+'/g
/** What stands before a code where it is given to an error. */
const GIVEN =
  /(?:new \w*Error\(|\b\w+\((?:[^()'`]|'[^']*')*,?|\bcode:|\bcode =|[?:]|\?\?|UNASKED =)\s*$/
/** What stands before one that is only compared, or opens a table of exit codes. */
const COMPARED = /(?:===|!==|case|includes\(|startsWith\(|import\(|from|\[)\s*$/

/**
 * Every code that the sources of `root` give to an error, with what is said and where.
 * @returns code → { messages, remedies, files }, each in the order of the sources
 */
export function errorCodes(root) {
  const found = new Map()
  const files = readdirSync(root, { recursive: true })
    .map(String)
    .filter((file) => file.endsWith('.ts') && !NO_SOURCE.test(`/${file}`))
    .sort()
  const texts = new Map(files.map((file) => [file, readFileSync(join(root, file), 'utf8')]))
  // Paths and names of tensors look like codes; areas are those that some error is thrown with.
  const areas = new Set(
    [...texts.values()].flatMap((text) => [...text.matchAll(AREA)].map(([, area]) => area)),
  )
  for (const [file, text] of texts) {
    for (const { code, message, remedy } of givenIn(text)) {
      if (!areas.has(code.split('/')[0])) continue
      const entry = found.get(code) ?? {
        messages: new Set(),
        remedies: new Set(),
        files: new Set(),
      }
      if (message !== undefined) entry.messages.add(message)
      if (remedy !== undefined) entry.remedies.add(remedy)
      entry.files.add(file)
      found.set(code, entry)
    }
  }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)))
}

function* givenIn(text) {
  for (const match of text.matchAll(CODE)) {
    const before = text.slice(Math.max(0, match.index - 300), match.index)
    const line = before.slice(before.lastIndexOf('\n') + 1)
    if (/^\s*(\*|\/\/)/.test(line) || COMPARED.test(before)) continue
    const after = text.slice(match.index + match[0].length)
    const keyed = /^:\s*(?=['`])/.exec(after)
    if (!GIVEN.test(before) && keyed === null) continue
    const rest = scope(after)
    yield keyed === null
      ? { code: match[1], message: messageOf(rest), remedy: labelled(rest, 'remedy') }
      : { code: match[1], remedy: sentence(after.slice(keyed[0].length)) }
  }
}

/** The rest of the call or object that `text` begins in the middle of. */
function scope(text) {
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const char = text[at]
    if (char === "'" || char === '`') at = endOfText(text, at)
    else if ('([{'.includes(char)) depth += 1
    else if (')]}'.includes(char) && --depth < 0) return text.slice(0, at)
  }
  return text
}

/** Index of the quote that ends the text which begins at `at`. */
function endOfText(text, at) {
  const quote = text[at]
  for (let i = at + 1; i < text.length; i++) {
    if (text[i] === '\\') i += 1
    else if (quote === '`' && text.startsWith('${', i)) i += 2 + scope(text.slice(i + 2)).length
    else if (text[i] === quote) return i
  }
  return text.length
}

const messageOf = (rest) =>
  /^\s*,\s*['`]/.test(rest) ? sentence(rest.replace(/^\s*,\s*/, '')) : labelled(rest, 'message')

function labelled(rest, label) {
  const at = new RegExp(`\\b${label}:\\s*(?=['\`])`).exec(rest)
  return at === null ? undefined : sentence(rest.slice(at.index + at[0].length))
}

/** A text of the source for people: joined where it is in parts, `…` for what is put in. */
function sentence(source) {
  let text = ''
  let at = 0
  for (;;) {
    const end = endOfText(source, at)
    text += source.slice(at + 1, end)
    const plus = /^\s*\+\s*(?=['`])/.exec(source.slice(end + 1))
    if (plus === null) break
    at = end + 1 + plus[0].length
  }
  return withoutHoles(text)
    .replace(/\\(['`$\\])/g, '$1')
    .replace(/\\n/g, ' ')
    .replace(/\s+/g, ' ')
}

function withoutHoles(text) {
  const at = text.indexOf('${')
  if (at < 0) return text
  const hole = scope(text.slice(at + 2)).length
  return `${text.slice(0, at)}…${withoutHoles(text.slice(at + 2 + hole + 1))}`
}
