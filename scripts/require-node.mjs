// First of all that a script does: an old Node stops at the syntax of the rest, with words of its own.
import { readFileSync } from 'node:fs'

const { engines } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
const needed = engines.node.replace('>=', '')
const [major, minor] = needed.split('.').map(Number)
const [ownMajor, ownMinor] = process.versions.node.split('.').map(Number)
if (ownMajor < major || (ownMajor === major && ownMinor < minor)) {
  console.error(
    `error ${process.execPath}: Agon needs Node ${needed} or newer, and Node ${process.versions.node} runs it — get one from https://nodejs.org or choose it (nvm use 22) [system/node]`,
  )
  process.exit(2)
}
