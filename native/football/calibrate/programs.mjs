// The C++ programs of the calibration: built when they are older than their sources, and run with pipes.
import { spawn, spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { AgonError } from '../../../dist/core/errors.js'

const NATIVE = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

/** @throws AgonError `calibrate/compiler` */
export function buildPrograms(names) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(NATIVE, 'build.mjs'), 'programs', ...names],
    { encoding: 'utf8' },
  )
  if (status === 0) return
  throw new AgonError(
    'calibrate/compiler',
    `the simulator could not be built: ${stdout}${stderr}`,
    {
      remedy: 'install a C++20 compiler (g++ or clang++), or name one in CXX',
    },
  )
}

const pathOf = (name) => join(NATIVE, 'build', name)
const failed = (name, stderr) =>
  new AgonError('calibrate/program', `${name} failed: ${stderr.trim() || 'it said nothing'}`, {
    place: pathOf(name),
  })

/** Runs a program to its end without a policy; what it printed. */
export async function output(name, args) {
  const child = spawn(pathOf(name), args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const parts = { stdout: [], stderr: [] }
  for (const stream of ['stdout', 'stderr'])
    child[stream].on('data', (data) => parts[stream].push(data))
  const status = await new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  if (status !== 0) throw failed(name, Buffer.concat(parts.stderr).toString())
  return Buffer.concat(parts.stdout).toString()
}

/**
 * Runs a program that asks a policy, see policy-pipe.hpp. `sizes()` says how many rows come next, or 0 when it is over;
 * `answer(encodings, masks, rows)` gives the actions, int32 `[rows]`. Encodings are `[rows, 330]`, masks `[rows, 20]`;
 * both belong to this function and are overwritten by the next question.
 */
export async function converse(name, args, sizes, answer) {
  const child = spawn(pathOf(name), args, { stdio: ['pipe', 'pipe', 'pipe'] })
  const complaints = []
  child.stderr.on('data', (data) => complaints.push(data))
  child.stdin.on('error', () => undefined) // said by the exit status
  const closed = new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  try {
    const chunks = child.stdout[Symbol.asyncIterator]()
    let left = Buffer.alloc(0)
    for (let rows = sizes(); rows > 0; rows = sizes()) {
      const question = Buffer.alloc(rows * (330 + 20) * 4)
      let filled = 0
      while (filled < question.length) {
        if (left.length === 0) {
          const { value, done } = await chunks.next()
          if (done) throw failed(name, Buffer.concat(complaints).toString())
          left = value
        }
        const taken = left.copy(question, filled)
        filled += taken
        left = left.subarray(taken)
      }
      const floats = new Float32Array(question.buffer, question.byteOffset, rows * 350)
      const actions = await answer(
        floats.subarray(0, rows * 330),
        floats.subarray(rows * 330),
        rows,
      )
      child.stdin.write(new Uint8Array(actions.buffer.slice(0, rows * 4)))
    }
    child.stdin.end()
    const status = await closed
    if (status !== 0) throw failed(name, Buffer.concat(complaints).toString())
  } finally {
    if (child.exitCode === null) child.kill()
  }
}
