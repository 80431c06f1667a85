import { parseExpression } from './parse-expression.ts'
import { scenarioError } from './place.ts'
import type { Expression, ScenarioFile, Statement } from './syntax.ts'
import { TokenReader } from './token-reader.ts'
import { tokensOf } from './tokens.ts'

const FUNCTION = 'build_scenario'
const REFUSED: Readonly<Record<string, string>> = {
  import: 'put it above the function',
  from: 'put it above the function',
  for: 'write the calls out',
  while: 'write the calls out',
  def: `put everything into ${FUNCTION}`,
  class: `put everything into ${FUNCTION}`,
  return: 'let the function end at its last line',
}

/**
 * The statements of a scenario file of Google Research Football, which is read and never run.
 * @throws AgonError `level/scenario` at whatever is not one of {@link Statement}
 */
export function parseScenario(source: string): ScenarioFile {
  const reader = new TokenReader(tokensOf(source))
  const constants: Statement[] = []
  let found: ScenarioFile | undefined
  while (!reader.over) {
    if (isImport(reader)) skipLine(reader)
    else if (reader.next.text === 'def' && found === undefined) found = parseFunction(reader)
    else constants.push(...parseStatement(reader, ''))
  }
  if (found === undefined)
    throw scenarioError(`there is no function ${FUNCTION}`, { line: 1, column: 1 })
  return { ...found, statements: [...constants, ...found.statements] }
}

/** Imports only bring the names of teams and roles, which are known. */
const isImport = ({ next }: TokenReader): boolean =>
  next.kind === 'name' && (next.text === 'import' || next.text === 'from')

function skipLine(reader: TokenReader): void {
  while (!reader.over && reader.next.kind !== 'end') reader.take()
  reader.takesKind('end')
}

function parseFunction(reader: TokenReader): ScenarioFile {
  reader.expect('def')
  const { next: place } = reader
  const name = reader.name('the name of a function')
  if (name !== FUNCTION) throw scenarioError(`a function '${name}' is not read`, place, REFUSED.def)
  reader.expect('(')
  const builder = reader.name('the builder')
  reader.takes(',')
  reader.expect(')')
  return { builder, statements: parseBlock(reader, builder) }
}

function parseBlock(reader: TokenReader, builder: string): Statement[] {
  reader.expect(':')
  if (!reader.takesKind('end')) return parseStatement(reader, builder)
  if (!reader.takesKind('indent')) throw reader.unexpected('an indented block')
  const statements: Statement[] = []
  while (!reader.takesKind('dedent')) {
    if (reader.over) break
    statements.push(...parseStatement(reader, builder))
  }
  return statements
}

/** None for what says nothing: a text that stands alone, `pass`. */
function parseStatement(reader: TokenReader, builder: string): Statement[] {
  const { next: place } = reader
  if (place.kind === 'name') {
    if (reader.takes('if')) return [parseIf(reader, builder)]
    const remedy = REFUSED[place.text]
    if (remedy !== undefined) throw scenarioError(`'${place.text}' is not read`, place, remedy)
    if (reader.takes('pass')) return endOfLine(reader, [])
  }
  const said = parseExpression(reader)
  if (reader.takes('=')) return endOfLine(reader, [parseAssignment(reader, said, builder)])
  if (said.kind === 'call')
    return endOfLine(reader, [{ kind: 'call', call: said, line: said.line, column: said.column }])
  if (said.kind === 'constant' && typeof said.value === 'string') return endOfLine(reader, [])
  throw scenarioError('this line is neither a call nor an assignment', place)
}

function endOfLine(reader: TokenReader, statements: Statement[]): Statement[] {
  const joined = reader.takes(';')
  if (!reader.takesKind('end') && !joined && !reader.over)
    throw reader.unexpected('the end of the line')
  return statements
}

function parseAssignment(reader: TokenReader, target: Expression, builder: string): Statement {
  const { line, column } = target
  const value = parseExpression(reader)
  if (target.kind === 'name') {
    const { path } = target
    if (path.length === 1) return { kind: 'assign', name: path[0], value, line, column }
    if (path.length === 3 && path[0] === builder && path[1] === 'config()')
      return { kind: 'configure', field: path[2], value, line, column }
  }
  throw scenarioError('only a name or a field of the config can be set', target)
}

function parseIf(reader: TokenReader, builder: string): Statement {
  const { line, column } = reader.next
  const condition = parseExpression(reader)
  const then = parseBlock(reader, builder)
  const otherwise = reader.takes('elif')
    ? [parseIf(reader, builder)]
    : reader.takes('else')
      ? parseBlock(reader, builder)
      : []
  return { kind: 'if', condition, then, otherwise, line, column }
}
