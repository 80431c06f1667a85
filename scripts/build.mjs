// Compiles src/ to dist/ and tests/ to build/ (benches and learning runs are plain Node programs).
import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync } from 'node:fs'

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
if (existsSync('dist/run/cli.js')) chmodSync('dist/run/cli.js', 0o755)
