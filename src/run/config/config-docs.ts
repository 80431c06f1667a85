import { stringify } from 'yaml'
import type { OptionRow } from './describe-options.ts'
import { configSections } from './sections.ts'

/** A table lies between `<!-- keys: environment/maze -->` and `<!-- end -->`; the prose around it is written by hand. */
const REGION = /(<!-- keys: ([\w/-]+) -->\n)[\s\S]*?(<!-- end -->)/g

/** `docs/config.md` with its tables made anew from the schemas; the prose around them stays. */
export async function configDocs(page: string): Promise<string> {
  const tables = new Map((await configSections()).map(({ id, rows }) => [id, table(rows)]))
  return page.replace(REGION, (_, open: string, id: string, close: string) => {
    const made = tables.get(id)
    return `${open}\n${made ?? `There is no section ${id}.\n`}\n${close}`
  })
}

function table(rows: readonly OptionRow[]): string {
  const cells = rows.map((row) => [
    `\`${row.path}\``,
    row.type,
    row.default === undefined ? '' : `\`${inline(row.default)}\``,
    row.allowed,
    row.description,
  ])
  const lines = [
    ['key', 'type', 'default', 'allowed', 'meaning'],
    ['---', '---', '---', '---', '---'],
    ...cells,
  ]
  return `${lines.map((line) => `| ${line.map(escaped).join(' | ')} |`).join('\n')}\n`
}

const escaped = (cell: string): string => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')

const inline = (value: unknown): string =>
  stringify(value, { collectionStyle: 'flow', lineWidth: 0 }).trim()
