// Compiles src/ to dist/ and tests/ to build/ (benches and learning runs are plain Node programs), and the addon of the
// native football where a C++ compiler is.
import './require-node.mjs'
import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { buildAddon } from '../native/addon/build.mjs'

// Generated code is JavaScript already: the compiler only reads its types, and tests read those in dist.
for (const out of ['dist/wire/gen', 'build/src/wire/gen'])
  cpSync('src/wire/gen', out, { recursive: true })
for (const project of ['tsconfig.json', 'tests/tsconfig.json']) {
  const { status } = spawnSync(
    process.execPath,
    ['node_modules/typescript/bin/tsc', '-p', project],
    {
      stdio: 'inherit',
    },
  )
  if (status !== 0) process.exit(status ?? 1)
}
chmodSync('dist/cli/agon.js', 0o755)
// Where the program was before the command line had a room of its own; scripts call it there.
mkdirSync('dist/run', { recursive: true })
writeFileSync('dist/run/cli.js', "#!/usr/bin/env node\nimport '../cli/agon.js'\n", { mode: 0o755 })
// A machine on which it cannot be built still runs everything else; `npm test` is where that fails.
buildAddon()
