// Makes a fresh clone ready: installs the locked dependencies when they are absent or older than the lock, then builds.
import './require-node.mjs'
import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'

const run = (command, args) => {
  const { status } = spawnSync(command, args, {
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip' },
  })
  if (status !== 0) process.exit(status ?? 1)
}
const stamp = 'node_modules/.package-lock.json'
const stale = !existsSync(stamp) || statSync(stamp).mtimeMs < statSync('package-lock.json').mtimeMs
if (stale) run('npm', ['ci', '--no-audit', '--no-fund'])
run(process.execPath, ['scripts/build.mjs'])
