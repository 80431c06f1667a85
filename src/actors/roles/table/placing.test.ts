import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { namedCast, ROLE_NAMES } from './placing.ts'
import { ROLES } from './table.ts'

const SRC = fileURLToPath(new URL('../../../', import.meta.url))

/** Where each role is spelled beside another, and why; to be added to with a reason alone. */
const SPELLED: Readonly<Record<string, string>> = {
  'actors/roles/contract.ts': 'what an actor of each role is made from and says: types alone',
  'actors/roles/names.ts': 'how the experiment calls those whom it speaks to',
  'conformance/actor/parts.ts': 'a part for each role: the compiler says which is missing',
  'run/config': 'the keys of a config, which name its parts: env, adversary, students, services',
  'run/config-identity.ts': 'a config made a plan: each role has options of its own',
  'views/compare/group-key.ts': 'the keys of a config that change a result',
}

const NEAR = 12

/** Whether three or more roles are named as data within a few lines: in quotes, or as keys. */
function lists(text: string): boolean {
  const word = `(?:${ROLE_NAMES.join('|')})`
  const named = new RegExp(
    `['"](${word})s?['"]|^\\s*(${word})s?\\??:|[{,]\\s*(${word})s?\\??:`,
    'g',
  )
  const lines = text.split('\n').map((line) => {
    const code = line.replace(/^\s*(\*|\/\/|\/\*).*$/, '')
    return [...code.matchAll(named)].map(([, a, b, c]) => a ?? b ?? c)
  })
  return lines.some((_, i) => new Set(lines.slice(i, i + NEAR).flat()).size >= 3)
}

/** Everything outside the table. */
const sources = (): readonly string[] =>
  (readdirSync(SRC, { recursive: true }) as string[])
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => /\.ts$/.test(name) && !/\.test\.ts$|\/testing\/|\/gen\//.test(name))
    .filter((name) => !name.startsWith('actors/roles/table/'))

describe('the names of the roles', () => {
  it('are those of the table', () => {
    expect([...ROLE_NAMES].sort()).toEqual(ROLES.map(({ role }) => role).sort())
  })

  it('stand in a list nowhere else', () => {
    const listing = sources().filter((name) => lists(readFileSync(join(SRC, name), 'utf8')))
    const places = listing.map((name) => name.replace(/^(run\/config)\/.*/, '$1'))
    expect([...new Set(places)].sort()).toEqual(Object.keys(SPELLED).sort())
  })

  it('decide nothing outside the table', () => {
    const word = ROLE_NAMES.join('|')
    const decides = new RegExp(`(?:[!=]==? |case )'(?:${word})'`)
    // A config has keys that are called as roles are.
    const deciding = sources()
      .filter((name) => !name.startsWith('run/config/'))
      .filter((name) => decides.test(readFileSync(join(SRC, name), 'utf8')))
    expect(deciding).toEqual([])
  })

  it('are told apart from what is no list', () => {
    expect(lists("const A = ['student', 'adversary', 'evaluator']")).toBe(true)
    expect(lists('const A = {\n  student: 1,\n  adversary: 2,\n  services: 3,\n}')).toBe(true)
    expect(lists("const A = ['student', 'adversary']")).toBe(false)
    expect(lists('// student: adversary: evaluator:')).toBe(false)
  })
})

it('counts every actor of a config by its place', () => {
  const part = { id: 'dr' }
  const cast = namedCast({ adversary: part, students: { a: part, b: part }, services: { j: part } })
  expect(cast.map(({ role, place }) => (place === null ? role : `${role}/${place}`))).toEqual([
    ...['adversary', 'student/a', 'student/b', 'evaluator', 'service/j'],
  ])
})
