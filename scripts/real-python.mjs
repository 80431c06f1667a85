// The Python of tests with real packages: build/python-venv, made once of clients/python/requirements-test.txt by pip and
// made anew when that file changes. npm run real-python makes it
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const REQUIREMENTS = join(ROOT, 'clients/python/requirements-test.txt')
const FOLDER = join(ROOT, 'build/python-venv')
// Written last: a folder without it was left half made.
const STAMP = join(FOLDER, 'requirements.sha256')
const PYTHON = join(FOLDER, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python')
const NEEDS = 'import sys, ensurepip, venv; assert sys.version_info >= (3, 11)'
/** A machine without an index learns so in seconds; one with it needs half a minute, or minutes of download. */
const PIP = ['--disable-pip-version-check', '--retries', '0', '--timeout', '10']
const LIMIT_MS = 600_000

const wanted = () => createHash('sha256').update(readFileSync(REQUIREMENTS)).digest('hex')

/** Path of an interpreter that has the pinned packages, or null. Installs nothing. */
export function realPython() {
  const made = existsSync(STAMP) && readFileSync(STAMP, 'utf8').trim() === wanted()
  return made && existsSync(PYTHON) ? PYTHON : null
}

const base = () =>
  [process.env.AGON_PYTHON, 'python3', '/usr/bin/python3', 'python']
    .filter(Boolean)
    .find((python) => spawnSync(python, ['-c', NEEDS], { stdio: 'ignore' }).status === 0)

/** Makes the environment where it is not: null, or in a line why there is none. One try. */
export function makeRealPython() {
  if (realPython() !== null) return null
  rmSync(FOLDER, { recursive: true, force: true })
  const python = base()
  if (python === undefined) return 'no python3 ≥ 3.11 with venv and ensurepip'
  const run = (program, args) =>
    spawnSync(program, args, { encoding: 'utf8', timeout: LIMIT_MS, cwd: ROOT })
  const steps = [
    [python, ['-m', 'venv', FOLDER]],
    // No package is built from source: a machine without a wheel does without.
    [PYTHON, ['-m', 'pip', 'install', ...PIP, '--only-binary', ':all:', '-r', REQUIREMENTS]],
  ]
  for (const [program, args] of steps) {
    const { status, stdout, stderr, error } = run(program, args)
    if (status === 0) continue
    rmSync(FOLDER, { recursive: true, force: true })
    const said = `${stdout ?? ''}${stderr ?? ''}`.trim().split('\n')
    const last = said.findLast((line) => line.startsWith('ERROR')) ?? said.at(-1)
    return error?.message ?? (last || `${program} ended with ${status}`)
  }
  writeFileSync(STAMP, `${wanted()}\n`)
  return null
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const why = makeRealPython()
  console.log(why === null ? PYTHON : `no Python with real packages: ${why}`)
  process.exitCode = why === null ? 0 : 1
}
