// npm run docs: docs/errors.md from the sources and docs/protocol-reference.md from the comments of proto/. With --check
// nothing is written: the exit code is 1 where a page is not what its source gives. Needs the build, for exit codes.
import './require-node.mjs'
import { readFileSync, writeFileSync } from 'node:fs'
import { errorPage } from './docs/error-page.mjs'
import { protocolPage } from './docs/protocol-page.mjs'

const PAGES = { 'docs/errors.md': errorPage, 'docs/protocol-reference.md': protocolPage }
const check = process.argv.includes('--check')
let stale = 0
for (const [path, page] of Object.entries(PAGES)) {
  const made = await page()
  if (!check) {
    writeFileSync(path, made)
    continue
  }
  let found = ''
  try {
    found = readFileSync(path, 'utf8')
  } catch {
    // Told below.
  }
  if (found === made) continue
  stale += 1
  console.error(`${path} is not what its source gives: npm run docs`)
}
process.exitCode = stale === 0 ? 0 : 1
