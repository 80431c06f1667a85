import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { configDocs } from './config-docs.ts'
import { configSections } from './sections.ts'

const PAGE = new URL('../../../docs/config.md', import.meta.url)

// After a change of any option: npx vitest run --project unit src/run/config/config-docs.test.ts -u
it('docs/config.md has the tables that the schemas give', async () => {
  await expect(await configDocs(readFileSync(PAGE, 'utf8'))).toMatchFileSnapshot(PAGE.pathname)
})

it('has a table for every built-in part, and a sentence for every key', async () => {
  const page = readFileSync(PAGE, 'utf8')
  const sections = await configSections()
  expect(sections.length).toBeGreaterThanOrEqual(9)
  for (const { id, rows } of sections) {
    expect(page).toContain(`<!-- keys: ${id} -->`)
    for (const { path, description } of rows) expect(description, path).toMatch(/\w.*\.$/)
  }
})
