import type { AgonError } from '../../core/errors.ts'
import { isPlainName, LONGEST_NAME, quoted } from './plain-name.ts'

/** What a description of another program is checked by. */

/** Far more than any environment has; what is larger is a mistake, or meant to take this process's memory. */
export const MOST = {
  agents: 10_000,
  choices: 1_000_000,
  components: 1000,
  observations: 1000,
  seats: 1000,
  suites: 10_000,
  entries: 1_000_000,
  operators: 1000,
} as const

export type Refuse = (what: string) => AgonError

/** A name that can be printed. */
export function checkName(what: string, name: string, refuse: Refuse): string {
  if (isPlainName(name)) return name
  throw refuse(
    `has ${what} that is no name: ${quoted(name)}; names have 1 to ${LONGEST_NAME} printable characters`,
  )
}

/** From 1 to `most`. */
export function count(
  given: number | null | undefined,
  what: string,
  most: number,
  refuse: Refuse,
): number {
  const number = given ?? 0
  if (number < 1) throw refuse(`has no ${what}`)
  if (number > most) throw refuse(`has ${number} ${what}, at most ${most}`)
  return number
}
