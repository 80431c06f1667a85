import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client, credentials } from '@grpc/grpc-js'
import { stream } from 'agon/core'
import { allocateStepBuffers, type Environment, steppable } from 'agon/envs'
import { createMaze, mazeOptions } from 'agon/envs/maze'
import { createRemote, remoteOptions } from 'agon/envs/remote'
import { serve } from '../support/serving.ts'
import { ask, startChild } from './child.ts'
import type { BenchRow } from './row.ts'

const LANES = [64, 256]
const ROUNDS = 3
const ROUND_MS = 1500
/** What a step's messages hold beside observations, rewards and flags, or actions: names, types, shapes. */
const FRAME = { request: 8, answer: 70 }

/**
 * Steps of a maze in another process, of the same maze in this one, and bare round trips of as many bytes on a stream of
 * grpc-js between two processes, in turns in one run.
 */
export async function benchEnvironments(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'agon-bench-'))
  const rendezvous = join(folder, 'maze.json')
  const server = await serve(['env', 'maze', '--rendezvous', rendezvous])
  try {
    const local = createMaze(mazeOptions.parse({})) as Environment<unknown>
    const remote = createRemote(
      remoteOptions.parse({ address: rendezvous }),
    ) as Environment<unknown>
    const rows: BenchRow[] = []
    for (const lanes of LANES) rows.push(...(await compared(local, remote, lanes)))
    return rows
  } finally {
    await server.kill()
    rmSync(folder, { recursive: true })
  }
}

async function compared(
  local: Environment<unknown>,
  remote: Environment<unknown>,
  lanes: number,
): Promise<BenchRow[]> {
  const row = local.spec.observations.image.shape.reduce((a, b) => a * b) + 4 + 4 + 1 + 1
  const bare = await bareStream(4 * lanes + FRAME.request, row * lanes + FRAME.answer)
  const [away, here] = [course(remote, lanes), course(local, lanes)]
  const best = { away: 0, here: 0, bare: 0 }
  for (let round = 0; round < ROUNDS; round++) {
    best.away = Math.max(best.away, await rate(away))
    best.here = Math.max(best.here, await rate(here))
    best.bare = Math.max(best.bare, await rate(bare.roundTrip))
  }
  bare.close()
  const name = `wire: remote maze, ${lanes} lanes`
  return [
    { name, unit: 'env steps/s', value: best.away * lanes },
    { name: `${name}, to bare round trips`, unit: 'ratio', value: best.away / best.bare },
    { name: `${name}, to the local maze`, unit: 'ratio', value: best.away / best.here },
    { name: `wire: bare stream of ${lanes} lanes' bytes`, unit: 'round trips/s', value: best.bare },
  ]
}

/** One step of every lane, its level begun again where it ends. */
function course(world: Environment<unknown>, lanes: number): () => void {
  const env = steppable(world, 'a benchmark').vector({ slots: lanes, autoReset: 'same-level' })
  const out = allocateStepBuffers(world.spec, lanes)
  const all = Array.from({ length: lanes }, (_, lane) => lane)
  const random = stream('bench', 'remote')
  env.reset(
    all,
    all.map(() => world.levels.sample(random)),
    out.observations,
  )
  const actions = Array.from({ length: 16 }, () => Int32Array.from(all, () => random.integer(7)))
  let t = 0
  return () => env.step(actions[t++ & 15], out)
}

/** Times a second, over one window. */
async function rate(once: () => void | Promise<void>): Promise<number> {
  const start = performance.now()
  let count = 0
  while (performance.now() - start < ROUND_MS) {
    const pending = once()
    if (pending !== undefined) await pending
    count++
  }
  return (count / (performance.now() - start)) * 1000
}

const same = (bytes: Buffer): Buffer => bytes

async function bareStream(requestBytes: number, answerBytes: number) {
  const child = startChild(new URL('./environments/bare.process.js', import.meta.url))
  const port = await ask<number, number>(child, answerBytes)
  const client = new Client(`127.0.0.1:${port}`, credentials.createInsecure())
  const call = client.makeBidiStreamRequest('/bare/step', same, same)
  const request = Buffer.alloc(requestBytes, 1)
  let answered = (): void => {}
  call.on('data', () => answered())
  // The end of the server ends the stream as well.
  call.on('error', () => {})
  return {
    roundTrip: () =>
      new Promise<void>((resolve) => {
        answered = resolve
        call.write(request)
      }),
    close() {
      call.cancel()
      client.close()
      child.disconnect()
    },
  }
}
