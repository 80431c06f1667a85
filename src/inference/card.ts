import { Document, isNode, LineCounter, parseDocument, visit } from 'yaml'
import type { z } from 'zod'
import { AgonError } from '../core/errors.ts'
import { cardSchema } from './card.schema.ts'
import type { PolicyCard } from './contract.ts'

/**
 * Reads `policy.yaml`.
 * @param place name of the file, for errors
 * @throws AgonError `policy/card` with file, line and column
 */
export function parseCard(text: string, place = 'policy.yaml'): PolicyCard {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset)
    return `${place}:${line}:${col}`
  }
  const broken = document.errors[0]
  if (broken !== undefined)
    throw cardError(broken.message.split('\n')[0].replace(/ at line .*$/, ''), at(broken.pos[0]))
  const checked = cardSchema.safeParse(readable(document.toJS.bind(document), place))
  if (checked.success) return checked.data
  const issue = checked.error.issues[0]
  const node = deepestNode(document, issue.path)
  const where = isNode(node) && node.range ? at(node.range[0]) : place
  throw cardError(explain(issue), where)
}

/** Writes `policy.yaml`: keys in the order of the contract, so equal cards give equal bytes. */
export function formatCard(card: PolicyCard): string {
  const checked = cardSchema.safeParse(card)
  if (!checked.success) throw cardError(explain(checked.error.issues[0]), 'policy card')
  const document = new Document(checked.data)
  // Shapes on one line.
  visit(document, {
    Seq: (_, list) => {
      list.flow = true
    },
  })
  return document.toString({ lineWidth: 0, flowCollectionPadding: false })
}

function readable(toJS: () => unknown, place: string): unknown {
  try {
    return toJS()
  } catch (cause) {
    throw cardError((cause as Error).message, place)
  }
}

/** The node an issue speaks of, or its nearest parent that is written in the file. */
function deepestNode(
  document: ReturnType<typeof parseDocument>,
  path: readonly PropertyKey[],
): unknown {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true)
    if (node !== undefined) return node
  }
  return document.contents
}

function explain(issue: z.core.$ZodIssue): string {
  const path = issue.path.map(String).join('.')
  if (issue.code === 'unrecognized_keys')
    return `unknown key ${issue.keys.join(', ')}${path === '' ? '' : ` in ${path}`}`
  const missing = issue.code === 'invalid_type' && issue.input === undefined
  return path === ''
    ? issue.message
    : `${path}: ${missing ? `${issue.message} (it is missing)` : issue.message}`
}

function cardError(message: string, place: string): AgonError {
  return new AgonError('policy/card', message, {
    place,
    remedy: 'the fields of a policy card are listed in docs/policies.md',
  })
}
