import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { agon } from '../support/command.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
]
const read = (page: string): string => readFileSync(join(root, page), 'utf8')
const FENCED = /^```(\w*)\n([\s\S]*?)^```$/gm
const SHELLS = ['', 'sh', 'bash', 'console']
const withoutCode = (text: string): string => text.replace(FENCED, '')

/** A heading's anchor, as GitHub makes it. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/ /g, '-')

const anchorsOf = (text: string): string[] =>
  [...withoutCode(text).matchAll(/^#+ (.+)$/gm)].map(([, heading]) => anchorOf(heading))

/** Why a link of `page` leads nowhere; null where it is fine or leads outside. */
function fault(page: string, target: string): string | null {
  if (/^[a-z]+:/.test(target)) return null
  const [path, anchor] = target.split('#')
  const file = path === '' ? join(root, page) : resolve(root, dirname(page), path)
  if (!existsSync(file)) return `${page}: ${target}: there is no ${relative(root, file)}`
  if (anchor === undefined || !file.endsWith('.md')) return null
  return anchorsOf(readFileSync(file, 'utf8')).includes(anchor)
    ? null
    : `${page}: ${target}: there is no such heading`
}

describe('documentation', () => {
  it('has links that lead somewhere', () => {
    const targets = pages.flatMap((page) =>
      [...withoutCode(read(page)).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => ({
        page,
        target,
      })),
    )
    expect(targets.length).toBeGreaterThan(100)
    expect(targets.map(({ page, target }) => fault(page, target)).filter(Boolean)).toEqual([])
  })

  it('finds a link that leads nowhere', () => {
    expect(fault('README.md', 'docs/nowhere.md')).toMatch(/no docs.nowhere\.md/)
    expect(fault('docs/start.md', 'config.md#no-such-heading')).toMatch(/no such heading/)
    expect(fault('docs/start.md', 'config.md#budgets')).toBeNull()
  })

  it('names only commands and scripts that exist', async () => {
    const { events } = await agon(['help'])
    const known = events.flatMap(({ kind, name }) => (kind === 'command' ? [name] : []))
    expect(known).toContain('resume')
    const { scripts } = JSON.parse(read('package.json')) as { scripts: object }
    const shell = pages.flatMap((page) =>
      [...read(page).matchAll(FENCED)].flatMap(([, language, text]) =>
        SHELLS.includes(language) ? text.split('\n').map((line) => ({ page, line })) : [],
      ),
    )
    const used = (pattern: RegExp): { page: string; name: string }[] =>
      shell.flatMap(({ page, line }) => {
        const name = pattern.exec(line)?.[1]
        return name === undefined ? [] : [{ page, name }]
      })
    const subcommands = used(/^(?:npx )?agon ([a-z][\w-]*)/)
    expect(subcommands.length).toBeGreaterThan(10)
    expect(subcommands.filter(({ name }) => !known.includes(name))).toEqual([])
    const run = used(/^npm run ([\w:-]+)/)
    expect(run.length).toBeGreaterThan(3)
    expect(run.filter(({ name }) => !(name in scripts))).toEqual([])
  })

  it('names recipes that exist', () => {
    const named = pages.flatMap((page) => [...read(page).matchAll(/recipes\/[\w-]+\.yaml/g)])
    expect(named.length).toBeGreaterThan(3)
    expect(named.map(([path]) => path).filter((path) => !existsSync(join(root, path)))).toEqual([])
  })

  it('lists every dependency with its version', () => {
    const { dependencies, devDependencies, optionalDependencies } = JSON.parse(
      read('package.json'),
    ) as Record<string, Record<string, string>>
    const all = { ...dependencies, ...devDependencies, ...optionalDependencies }
    const table = read('docs/dependencies.md')
    for (const [name, version] of Object.entries(all))
      expect(table).toContain(`| \`${name}\` | ${version} |`)
    const rows = [...table.matchAll(/^\| `[^`]+` \| \d/gm)]
    expect(rows).toHaveLength(Object.keys(all).length)
  })
})
