import { type Place, scenarioError } from './place.ts'
import type { Expression } from './syntax.ts'

/** What an expression is worth. Teams and roles are Python's constants of the engine. */
export type Value =
  | number
  | boolean
  | string
  | null
  | { readonly team: 'left' | 'right' }
  | { readonly role: string }

/** The builder's answers and the names set so far. */
export interface Scope {
  /** Null where the name is not known. */
  value(path: readonly string[], place: Place): Value | undefined
  call(call: Extract<Expression, { kind: 'call' }>): Value
}

/** @throws AgonError `level/scenario` for names that are not known and operators that do not fit */
export function evaluate(expression: Expression, scope: Scope): Value {
  switch (expression.kind) {
    case 'constant':
      return expression.value
    case 'name':
      return namedValue(expression, scope)
    case 'call':
      return scope.call(expression)
    case 'choice':
      return evaluate(
        truthOf(evaluate(expression.condition, scope), expression)
          ? expression.then
          : expression.otherwise,
        scope,
      )
    case 'unary': {
      const of = evaluate(expression.of, scope)
      if (expression.operator === 'not') return !truthOf(of, expression)
      return expression.operator === '-' ? 0 - numberOf(of, expression) : numberOf(of, expression)
    }
    case 'binary':
      return evaluateBinary(expression, scope)
  }
}

function namedValue(name: Extract<Expression, { kind: 'name' }>, scope: Scope): Value {
  const known = scope.value(name.path, name)
  if (known !== undefined) return known
  const last = name.path[name.path.length - 1]
  const team = /^e_(Left|Right)$/.exec(last)?.[1]
  if (team !== undefined) return { team: team === 'Left' ? 'left' : 'right' }
  const role = /^e_PlayerRole_([A-Z]{2})$/.exec(last)?.[1]
  if (role !== undefined) return { role }
  throw scenarioError(`'${name.path.join('.')}' is not known here`, name)
}

function evaluateBinary(expression: Extract<Expression, { kind: 'binary' }>, scope: Scope): Value {
  const { operator, left, right } = expression
  const first = evaluate(left, scope)
  if (operator === 'or') return truthOf(first, left) ? first : evaluate(right, scope)
  if (operator === 'and') return truthOf(first, left) ? evaluate(right, scope) : first
  const second = evaluate(right, scope)
  if (operator === '==') return same(first, second)
  if (operator === '!=') return !same(first, second)
  const [a, b] = [numberOf(first, left), numberOf(second, right)]
  if (b === 0 && ['/', '//', '%'].includes(operator))
    throw scenarioError('a division by zero', expression)
  return ARITHMETIC[operator](a, b)
}

/** As Python does it: `//` and `%` round down. */
const ARITHMETIC: Readonly<Record<string, (a: number, b: number) => Value>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '//': (a, b) => Math.floor(a / b),
  '%': (a, b) => a - b * Math.floor(a / b),
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
}

function same(a: Value, b: Value): boolean {
  const plain = (value: Value) => (typeof value === 'boolean' ? Number(value) : value)
  return JSON.stringify(plain(a)) === JSON.stringify(plain(b))
}

/** Of a number or a truth value, which is 0 or 1 in Python. */
export function numberOf(value: Value, place: Place): number {
  const number = typeof value === 'boolean' ? Number(value) : value
  if (typeof number === 'number' && Number.isFinite(number)) return number
  throw scenarioError(`${shown(value)} is no number`, place)
}

export function truthOf(value: Value, place: Place): boolean {
  if (typeof value === 'boolean') return value
  if (typeof value === 'number') return value !== 0
  if (value === null) return false
  throw scenarioError(`${shown(value)} is neither True nor False`, place)
}

export function shown(value: Value): string {
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value === 'object') return 'team' in value ? `the ${value.team} team` : value.role
  return typeof value === 'string' ? `'${value}'` : String(value)
}
