import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { EXIT_MEANINGS } from '../run/exit-codes.ts'
import { COMMANDS } from './catalogue.ts'

const page = readFileSync(new URL('../../docs/cli.md', import.meta.url), 'utf8')

/** The part of the page under the heading of one command. */
const sectionOf = (name: string): string =>
  page.split(`\n## agon ${name}\n`)[1]?.split('\n## ')[0] ?? ''

describe('docs/cli.md', () => {
  it.each(Object.entries(COMMANDS))('explains %s and each of its options', async (name, load) => {
    const { spec } = await load()
    expect(spec.name).toBe(name)
    expect(sectionOf(name)).toContain(`agon ${name}`)
    for (const [option, { value }] of Object.entries(spec.options))
      expect(sectionOf(name)).toContain(
        value === undefined ? `--${option}` : `--${option} ${value}`,
      )
  })

  it.each(EXIT_MEANINGS)('lists exit code %d', (code) => {
    expect(page).toMatch(new RegExp(`^\\| ${code} \\|`, 'm'))
  })
})
