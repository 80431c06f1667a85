import { AgonError } from '../core/errors.ts'
import type { Environment, Suite } from './contract.ts'

/** Longer ones are no names: they stand in cards, metrics, requests and file names. */
const LONGEST = 200
/** Control characters would steer a terminal or break a line of a file; line and paragraph separators break lines too. */
const UNFIT = /[\p{Cc}\p{Zl}\p{Zp}]/u

/** Why something may not be called so, or null. */
export function nameFault(name: unknown): string | null {
  if (typeof name !== 'string') return 'is no text'
  if (name === '' || name !== name.trim()) return 'is empty, or begins or ends with a space'
  if (name.length > LONGEST) return `has ${name.length} characters, more than ${LONGEST}`
  if (name === '__proto__') return 'is a word of JavaScript'
  return UNFIT.test(name) ? 'holds a control character' : null
}

/**
 * Entries stand in metrics and reports by their names.
 * @throws AgonError `environment/name`
 */
export function checkEntryNames({ id, entries }: Suite<unknown>): void {
  const seen = new Set<string>()
  for (const { name } of entries) {
    const fault = nameFault(name) ?? (seen.has(name) ? 'stands there twice' : null)
    if (fault !== null) throw unfit(`entry of the suite '${id}',`, name, fault)
    seen.add(name)
  }
}

const unfit = (what: string, name: unknown, fault: string): AgonError =>
  new AgonError('environment/name', `the ${what} ${JSON.stringify(name)} ${fault}`, {
    remedy: 'give it another name in the environment',
    fields: { what, name },
  })

/**
 * The names that an environment gives, before a card, a metric or a file is called after them.
 * @throws AgonError `environment/name`
 */
export function checkNames({ spec, suites, probes }: Environment<unknown>): void {
  const check = (what: string, name: unknown, fault = nameFault(name)): void => {
    if (fault !== null) throw unfit(what, name, fault)
  }
  check('environment', spec.id)
  check('profile', spec.profile)
  for (const name of Object.keys(spec.observations ?? {})) check('observation', name)
  for (const name of Object.keys(spec.seats ?? {})) check('seat', name)
  for (const name of spec.actions?.names ?? []) check('action', name)
  for (const name of probes ?? []) check('probe', name)
  for (const id of suites ?? []) {
    check('suite', id)
    if (id.includes('+')) check('suite', id, 'holds a +, which joins two suites')
    if (id.startsWith('random:'))
      check('suite', id, 'begins with random:, which is every environment’s')
  }
}
