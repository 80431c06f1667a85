import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import { findPython } from '../../scripts/python.mjs'

const CLIENT = fileURLToPath(new URL('../../clients/python/', import.meta.url))

/** Interpreter that has what the Python client needs, or null; tests are then skipped, by name and counted. */
export const PYTHON = findPython()

/** For the names of tests that need it. */
export const NEEDS_PYTHON = '(needs python3 with grpcio, protobuf and numpy)'

export interface PythonProcess {
  readonly child: ChildProcess
  /** Exit code, null after a signal, and what it said on standard error. */
  readonly ended: Promise<{ readonly code: number | null; readonly stderr: string }>
}

/** Of an actor that was started before its run: it says that it waits, and nothing else. */
export const ENDED_WELL = {
  code: 0,
  stderr: expect.stringMatching(/^(agon: waiting up to \d+ s for a hub: .*\n)*$/),
}

/** Runs a script of clients/python, such as `examples/numpy_student.py`. */
export function python(script: string, ...args: readonly string[]): PythonProcess {
  const child = spawn(PYTHON ?? 'python3', [`${CLIENT}${script}`, ...args], {
    env: { ...process.env, PYTHONPATH: CLIENT },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  // A test that fails leaves nobody behind.
  process.once('exit', () => child.kill('SIGKILL'))
  let stderr = ''
  child.stderr?.on('data', (chunk) => {
    stderr += chunk
  })
  return {
    child,
    ended: new Promise((resolve) => {
      child.on('close', (code) => resolve({ code, stderr }))
    }),
  }
}
