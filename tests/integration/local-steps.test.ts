import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { stream } from 'agon/core'
import { allocateStepBuffers, type Environment, steppable } from 'agon/envs'
import { createRemote, remoteOptions } from 'agon/envs/remote'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { NEEDS_PYTHON, PYTHON, type PythonProcess, python } from '../support/python.ts'

// Steps of a host on the same machine go over its Unix socket, and over gRPC where that is not to be had: with the same bits.

const folder = mkdtempSync(join(tmpdir(), 'agon-local-steps-'))
const rendezvous = join(folder, 'env.json')
let host: PythonProcess
let told: { socket: string }
/** The system takes connections for it, which nobody answers: this thread waits. */
const silent = createServer()

beforeAll(async () => {
  if (PYTHON === null) return
  host = python('tests/odd_environment.py', 'Calm', rendezvous)
  while (!existsSync(rendezvous)) await sleep(50)
  told = JSON.parse(readFileSync(rendezvous, 'utf8'))
  await new Promise<void>((resolve) => silent.listen(join(folder, 'silent'), resolve))
})
afterAll(async () => {
  silent.close()
  host?.child.kill('SIGTERM')
  await host?.ended
  rmSync(folder, { recursive: true })
})

/** A rendezvous file of the same host that says so of its socket. */
function saying(name: string, socket: string | undefined): string {
  const path = join(folder, `${name}.json`)
  writeFileSync(path, JSON.stringify({ ...told, socket }))
  return path
}

function play(address: string, timeoutSeconds = 30): Buffer {
  const world = createRemote(
    remoteOptions.parse({ address, timeoutSeconds }),
  ) as Environment<unknown>
  const random = stream('local', 'steps')
  const env = steppable(world, 'a test').vector({
    slots: 3,
    autoReset: 'next-level',
    nextLevel: () => world.levels.sample(random),
  })
  const out = allocateStepBuffers(world.spec, 3)
  const parts: Uint8Array[] = []
  const keep = (array: ArrayBufferView): void => {
    parts.push(new Uint8Array(array.buffer, array.byteOffset, array.byteLength).slice())
  }
  env.reset(
    [0, 1, 2],
    [0, 1, 2].map(() => world.levels.sample(random)),
    out.observations,
  )
  for (let t = 0; t < 30; t++) {
    env.step(Int32Array.of(t % 3, 1, 2), out)
    for (const array of [...Object.values(out.observations), out.rewards, out.terminated])
      keep(array)
  }
  expect(() => env.step(Int32Array.of(0, 9, 0), out)).toThrow(/actions are/)
  env.close?.()
  return Buffer.concat(parts)
}

describe.skipIf(PYTHON === null)(`steps of a hosted environment ${NEEDS_PYTHON}`, () => {
  it('have the same bits over its socket and over gRPC, where there is none or nobody listens at it', () => {
    const near = play(rendezvous)
    const far = play(saying('far', undefined))
    const gone = play(saying('gone', join(folder, 'nobody')))
    expect(near.length).toBeGreaterThan(30 * 3 * 8)
    for (const other of [far, gone]) expect(other.equals(near)).toBe(true)
  })

  it('go over the socket that the rendezvous file names', () => {
    expect(() => play(saying('silent', join(folder, 'silent')), 1)).toThrow(
      /no answer came within 1 s/,
    )
  })
})
