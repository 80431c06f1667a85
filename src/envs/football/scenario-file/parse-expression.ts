import { scenarioError } from './place.ts'
import type { Arguments, Expression } from './syntax.ts'
import type { TokenReader } from './token-reader.ts'

/** Binary operators, loosest first; all of a row group to the left. */
const LEVELS: readonly (readonly string[])[] = [
  ['or'],
  ['and'],
  ['==', '!=', '<', '<=', '>', '>='],
  ['+', '-'],
  ['*', '/', '//', '%'],
]
const COMPARISON = LEVELS[2]
const CONSTANTS: Readonly<Record<string, boolean | null>> = { True: true, False: false, None: null }
/** Deeper than anyone writes, shallower than the stack. */
const DEEPEST = 100

/** @throws AgonError `level/scenario` at what is not in {@link Expression} */
export function parseExpression(reader: TokenReader, depth = 0): Expression {
  if (depth > DEEPEST) throw scenarioError('expressions are nested too deeply', reader.next)
  const then = parseBinary(reader, 0, depth + 1)
  if (!reader.takes('if')) return then
  const condition = parseBinary(reader, 0, depth + 1)
  reader.expect('else')
  const otherwise = parseExpression(reader, depth + 1)
  return { kind: 'choice', condition, then, otherwise, line: then.line, column: then.column }
}

function parseBinary(reader: TokenReader, level: number, depth: number): Expression {
  if (level === LEVELS.length) return parseUnary(reader, depth)
  const operators = LEVELS[level]
  if (operators === COMPARISON && reader.next.text === 'not' && reader.next.kind === 'name') {
    const { line, column } = reader.take()
    const of = parseBinary(reader, level, depth + 1)
    return { kind: 'unary', operator: 'not', of, line, column }
  }
  let left = parseBinary(reader, level + 1, depth)
  for (let chained = false; isOperator(reader, operators); chained = true) {
    const { text: operator, line, column } = reader.next
    if (chained && operators === COMPARISON)
      throw scenarioError('comparisons in a chain are not read', reader.next, 'join them by `and`')
    reader.take()
    left = {
      kind: 'binary',
      operator,
      left,
      right: parseBinary(reader, level + 1, depth),
      line,
      column,
    }
  }
  return left
}

const isOperator = ({ next }: TokenReader, operators: readonly string[]): boolean =>
  (next.kind === 'mark' || next.kind === 'name') && operators.includes(next.text)

function parseUnary(reader: TokenReader, depth: number): Expression {
  if (depth > DEEPEST) throw scenarioError('expressions are nested too deeply', reader.next)
  const { text, kind, line, column } = reader.next
  if (kind !== 'mark' || (text !== '-' && text !== '+')) return parsePrimary(reader, depth)
  reader.take()
  return { kind: 'unary', operator: text, of: parseUnary(reader, depth + 1), line, column }
}

function parsePrimary(reader: TokenReader, depth: number): Expression {
  const { kind, text, line, column } = reader.next
  if (reader.takes('(')) {
    const inner = parseExpression(reader, depth + 1)
    reader.expect(')')
    return inner
  }
  if (kind === 'number') {
    reader.take()
    return { kind: 'constant', value: Number(text.replaceAll('_', '')), line, column }
  }
  if (kind === 'string') {
    reader.take()
    return {
      kind: 'constant',
      value: text.replace(/^("""|'''|"|')([\s\S]*)\1$/, '$2'),
      line,
      column,
    }
  }
  if (kind !== 'name') throw reader.unexpected('a number, a name or a call')
  if (text in CONSTANTS) {
    reader.take()
    return { kind: 'constant', value: CONSTANTS[text], line, column }
  }
  return parsePath(reader, depth)
}

/** A dotted name, with calls in it: `builder.config().game_duration`. Only the last may have arguments. */
function parsePath(reader: TokenReader, depth: number): Expression {
  const { line, column } = reader.next
  const path = [reader.name('a name')]
  for (;;) {
    if (reader.takes('.')) path.push(reader.name('a name'))
    else if (reader.takes('(')) {
      const called = parseArguments(reader, depth)
      if (reader.next.text !== '.' || reader.next.kind !== 'mark')
        return { kind: 'call', path, arguments: called, line, column }
      if (called.positional.length + called.named.size > 0)
        throw scenarioError('what such a call answers is not read', { line, column })
      path[path.length - 1] += '()'
    } else return { kind: 'name', path, line, column }
  }
}

function parseArguments(reader: TokenReader, depth: number): Arguments {
  const positional: Expression[] = []
  const named = new Map<string, Expression>()
  while (!reader.takes(')')) {
    const value = parseExpression(reader, depth + 1)
    const single = value.kind === 'name' && value.path.length === 1
    if (single && reader.takes('=')) {
      const [name] = value.path
      if (named.has(name)) throw scenarioError(`'${name}' is given twice`, value)
      named.set(name, parseExpression(reader, depth + 1))
    } else if (named.size > 0) {
      throw scenarioError('an argument without a name follows one with a name', value)
    } else positional.push(value)
    if (reader.next.text !== ')') reader.expect(',')
  }
  return { positional, named }
}
