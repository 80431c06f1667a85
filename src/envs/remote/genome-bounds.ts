import type { AgonError } from '../../core/errors.ts'
import type { agon } from '../../wire/index.ts'
import type { GenomeBounds } from '../contract.ts'
import { isPlainName, quoted } from './plain-name.ts'

/** Numbers of one point; more is a mistake, or meant to take this process's memory. */
const MOST_NUMBERS = 100_000

export const encodeGenome = (bounds: GenomeBounds): agon.v1.Genome.$Properties => ({
  names: [...bounds.names],
  low: [...bounds.low],
  high: [...bounds.high],
  integer: [...(bounds.integer ?? [])],
})

/** @param refuse makes the error of a description that says what is passed */
export function decodeGenome(
  { names, low, high, integer }: agon.v1.Genome.$Properties,
  refuse: (what: string) => AgonError,
): GenomeBounds {
  const given = names ?? []
  const { length } = given
  if (length < 1 || length > MOST_NUMBERS)
    throw refuse(`has a genome of ${length} numbers, not 1 to ${MOST_NUMBERS}`)
  const odd = given.find((name) => !isPlainName(name))
  if (odd !== undefined) throw refuse(`has a number of its genome that is no name: ${quoted(odd)}`)
  if (new Set(given).size !== length) throw refuse('has a name of its genome twice')
  const [from, to, whole] = [low ?? [], high ?? [], integer ?? []]
  if (from.length !== length || to.length !== length || ![0, length].includes(whole.length))
    throw refuse(`has a genome of ${length} names with other numbers of bounds`)
  given.forEach((name, i) => {
    if (!(Number.isFinite(from[i]) && Number.isFinite(to[i]) && from[i] <= to[i]))
      throw refuse(`has '${name}' of its genome from ${from[i]} to ${to[i]}`)
  })
  return { names: given, low: from, high: to, ...(whole.length === 0 ? {} : { integer: whole }) }
}
