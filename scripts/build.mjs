// Bundles src/ into dist/ (scripts/bundle), with the declarations of all its modules beside, and compiles tests/ to build/
// (benches and learning runs are plain Node programs); and the addon of the native football where a C++ compiler is.
import './require-node.mjs'
import { spawn } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { buildAddon } from '../native/addon/build.mjs'
import { bundle } from './bundle/bundle.mjs'
import { removeStale } from './bundle/stale.mjs'

const compile = async (...args) => {
  const compiler = spawn(process.execPath, ['node_modules/typescript/bin/tsc', ...args], {
    stdio: 'inherit',
  })
  const status = await new Promise((resolve) => compiler.on('close', resolve))
  if (status !== 0) process.exit(status ?? 1)
}

// Generated code is JavaScript already: the compiler only reads its types, and tests read those in dist.
for (const out of ['dist/wire/gen', 'build/src/wire/gen'])
  cpSync('src/wire/gen', out, {
    recursive: true,
    filter: (path) => out.startsWith('build') || !path.endsWith('.js'),
  })
const [written] = await Promise.all([
  bundle(),
  compile('-p', 'tsconfig.json', '--emitDeclarationOnly'),
])
// Afterwards: a run that goes on meanwhile finds its modules as long as they are the same.
removeStale(written)
await compile('-p', 'tests/tsconfig.json')
chmodSync('dist/cli/agon.js', 0o755)
// Where the program was before the command line had a room of its own; scripts call it there.
mkdirSync('dist/run', { recursive: true })
writeFileSync('dist/run/cli.js', "#!/usr/bin/env node\nimport '../cli/agon.js'\n", { mode: 0o755 })
// A machine on which it cannot be built still runs everything else; `npm test` is where that fails.
buildAddon()
