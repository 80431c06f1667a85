import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { stream } from 'agon/core'
import { allocateStepBuffers, type Environment, steppable } from 'agon/envs'
import { createRemote, remoteOptions } from 'agon/envs/remote'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { NEEDS_PYTHON, PYTHON, type PythonProcess, python } from '../support/python.ts'

// Steps of a host on the same machine go over named pipes beside its Unix socket, those with long requests over the socket, and
// all over gRPC where that is not to be had: with the same bits.

const folder = mkdtempSync(join(tmpdir(), 'agon-local-steps-'))
const rendezvous = join(folder, 'env.json')
let host: PythonProcess
let told: { socket: string }
/** More than two episodes. */
const STEPS = 21
/** The system takes connections for it, which nobody answers: this thread waits. */
const silent = createServer()

beforeAll(async () => {
  if (PYTHON === null) return
  host = python('tests/odd_environment.py', 'Cut', rendezvous)
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

function play(address: string, slots = 3, timeoutSeconds = 30): Buffer {
  const world = createRemote(
    remoteOptions.parse({ address, timeoutSeconds }),
  ) as Environment<unknown>
  const random = stream('local', 'steps')
  const level = world.levels.sample(random)
  const draw = (slot: number) => (slot < 3 ? world.levels.sample(random) : level)
  const env = steppable(world, 'a test').vector({
    slots,
    autoReset: 'next-level',
    nextLevel: draw,
    finals: true,
  })
  const out = allocateStepBuffers(world.spec, slots, true)
  const parts: Uint8Array[] = []
  const keep = (array: ArrayBufferView): void => {
    parts.push(new Uint8Array(array.buffer, array.byteOffset, array.byteLength).slice())
  }
  const all = Array.from({ length: slots }, (_, slot) => slot)
  env.reset(all, all.map(draw), out.observations)
  const actions = new Int32Array(slots).fill(2)
  for (let t = 0; t < STEPS; t++) {
    actions[0] = t % 3
    env.step(actions, out)
    const { observations, rewards, terminated, truncated, finals = {} } = out
    const given = [...Object.values(observations), ...Object.values(finals)]
    for (const array of [...given, rewards, terminated, truncated]) keep(array)
    keep(Int32Array.from(all, (slot) => env.maxSteps(slot)))
  }
  actions[1] = 9
  expect(() => env.step(actions, out)).toThrow(/actions are/)
  actions[1] = 1
  env.step(actions, out)
  keep(out.rewards)
  env.close?.()
  return Buffer.concat(parts)
}

const built = (folder: string): string =>
  new URL(`../../dist/${folder}/index.js`, import.meta.url).href

/** What a thread of its own does: it takes a step that takes a minute. */
const SLOW = `
const { workerData, parentPort } = require('node:worker_threads')
const load = (name) => import(name)
Promise.all([load(workerData.envs), load(workerData.remote)]).then(([envs, remote]) => {
  const world = remote.createRemote(remote.remoteOptions.parse({ address: workerData.address }))
  const env = world.vector({ slots: 1, autoReset: 'none' })
  const out = envs.allocateStepBuffers(world.spec, 1)
  env.reset([0], [world.levels.decode(Buffer.from('{"options":{},"seed":7}'))], out.observations)
  parentPort.postMessage('stepping')
  env.step(Int32Array.of(0), out)
})
`

describe.skipIf(PYTHON === null)(`steps of a hosted environment ${NEEDS_PYTHON}`, () => {
  // Of 600 slots an answer is too long for one piece in a pipe; of 4 200 a request is too long for pipes.
  for (const slots of [3, 600, 4200])
    it(`have the same bits on this machine and over gRPC, ${slots} slots`, () => {
      const near = play(rendezvous, slots)
      const far = play(saying('far', undefined), slots)
      expect(near.length).toBeGreaterThan(STEPS * slots * 8)
      expect(far.equals(near)).toBe(true)
    })

  it('go over gRPC where nobody listens at the socket', () => {
    expect(play(saying('gone', join(folder, 'nobody'))).equals(play(rendezvous))).toBe(true)
  })

  it('go over the socket that the rendezvous file names', () => {
    expect(() => play(saying('silent', join(folder, 'silent')), 3, 1)).toThrow(
      /no answer came within 1 s/,
    )
  })

  it('leave no pipe behind, and only what their owner may open', () => {
    const beside = dirname(told.socket)
    play(rendezvous)
    expect(readdirSync(beside)).toEqual(['steps'])
  })

  it('that take long keep no thread from ending', async () => {
    const worker = new Worker(SLOW, {
      eval: true,
      workerData: {
        address: rendezvous,
        envs: built('envs'),
        remote: built('envs/remote'),
      },
    })
    await once(worker, 'message')
    await sleep(500)
    const before = performance.now()
    await worker.terminate()
    expect(performance.now() - before).toBeLessThan(10_000)
  })
})
