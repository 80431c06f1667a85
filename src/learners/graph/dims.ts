/**
 * Arithmetic on symbolic dimensions. A dimension is a number or a polynomial of symbols with integer coefficients in
 * one canonical spelling (`B*T`, `2*T`, `1+T`), so two dimensions are equal exactly when their spellings are.
 */

import { AgonError } from '../../core/errors.ts'

/** A size: known, or symbolic (`'T'`, `'B'`, or what arithmetic on those gives). */
export type Dim = number | string
export type Shape = readonly Dim[]
/** Sizes of symbols in one run. */
export type Binding = ReadonlyMap<string, number>

/** Monomial (symbols sorted and joined by `*`, empty for the constant) to coefficient. */
type Terms = Map<string, number>

const SYMBOL = /^[A-Za-z_]\w*$/

/** Whether a dimension is a plain symbol, which an input can bind. */
export function isSymbol(dim: Dim): dim is string {
  return typeof dim === 'string' && SYMBOL.test(dim)
}

function parse(dim: Dim): Terms {
  if (typeof dim === 'number') return new Map([['', dim]])
  const terms: Terms = new Map()
  for (const term of dim.split('+')) {
    let coefficient = 1
    const symbols: string[] = []
    for (const factor of term.split('*')) {
      if (SYMBOL.test(factor)) symbols.push(factor)
      else if (/^-?\d+$/.test(factor)) coefficient *= Number(factor)
      else {
        throw new AgonError(
          'graph/dimension',
          `"${dim}" is not a dimension: expected a number, a name such as T, or sums and products of those such as 1+T`,
        )
      }
    }
    const key = symbols.sort().join('*')
    terms.set(key, (terms.get(key) ?? 0) + coefficient)
  }
  return terms
}

function format(terms: Terms): Dim {
  const kept = [...terms]
    .filter(([, coefficient]) => coefficient !== 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  if (kept.length === 0) return 0
  if (kept.length === 1 && kept[0][0] === '') return kept[0][1]
  return kept
    .map(([key, coefficient]) => {
      if (key === '') return String(coefficient)
      return coefficient === 1 ? key : `${coefficient}*${key}`
    })
    .join('+')
}

/** The canonical spelling. Throws `graph/dimension`. */
export function canonicalDim(dim: Dim): Dim {
  return typeof dim === 'number' ? dim : format(parse(dim))
}

export function addDims(a: Dim, b: Dim, sign: 1 | -1 = 1): Dim {
  if (typeof a === 'number' && typeof b === 'number') return a + sign * b
  const terms = parse(a)
  for (const [key, coefficient] of parse(b)) {
    terms.set(key, (terms.get(key) ?? 0) + sign * coefficient)
  }
  return format(terms)
}

export function multiplyDims(dims: Shape): Dim {
  let product: Terms = new Map([['', 1]])
  for (const dim of dims) {
    const next: Terms = new Map()
    for (const [key, coefficient] of product) {
      for (const [other, factor] of parse(dim)) {
        const symbols = [...key.split('*'), ...other.split('*')].filter((name) => name !== '')
        const joined = symbols.sort().join('*')
        next.set(joined, (next.get(joined) ?? 0) + coefficient * factor)
      }
    }
    product = next
  }
  return format(product)
}

/** `Π a / Π b` where that is again a dimension, else undefined. */
export function divideShapes(a: Shape, b: Shape): Dim | undefined {
  const left = [...a]
  const right = b.filter((dim) => {
    const at = left.indexOf(dim)
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
  const divisor = [...parse(multiplyDims(right))]
  if (divisor.length !== 1 || divisor[0][1] === 0) return undefined
  const [symbols, coefficient] = divisor[0]
  const quotient: Terms = new Map()
  for (const [key, value] of parse(multiplyDims(left))) {
    const rest = key.split('*').filter((name) => name !== '')
    for (const name of symbols.split('*').filter((part) => part !== '')) {
      const at = rest.indexOf(name)
      if (at < 0) return undefined
      rest.splice(at, 1)
    }
    if (value % coefficient !== 0) return undefined
    quotient.set(rest.join('*'), value / coefficient)
  }
  return format(quotient)
}

/** The size in one run. Throws `graph/dimension` for a symbol that nothing binds. */
export function dimValue(dim: Dim, binding: Binding): number {
  if (typeof dim === 'number') return dim
  let sum = 0
  for (const [key, coefficient] of parse(dim)) {
    let product = coefficient
    for (const name of key === '' ? [] : key.split('*')) {
      const size = binding.get(name)
      if (size === undefined) {
        throw new AgonError('graph/dimension', `no input binds the dimension ${name} of ${dim}`, {
          remedy: `give the graph an input that has ${name} as one of its dimensions`,
        })
      }
      product *= size
    }
    sum += product
  }
  return sum
}

/** The terms as `[coefficient, symbols]`, for emission. */
export function dimTerms(dim: Dim): readonly (readonly [number, readonly string[]])[] {
  return [...parse(dim)].map(([key, coefficient]) => [
    coefficient,
    key === '' ? [] : key.split('*'),
  ])
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((dim, axis) => dim === b[axis])
}
