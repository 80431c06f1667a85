import type { Connection } from '../../../wire/index.ts'
import type { Backend, LevelCalls } from '../client/backend.ts'
import { type DialledSpecs, dialledSpecs } from './dialled-specs.ts'
import { DialledVector } from './dialled-vector.ts'
import { DialledWorld } from './dialled-world.ts'
import { seedLevels } from './seed-levels.ts'

/** Environments that speak dm_env_rpc: one stream and one world a slot; a level is what a world is made with. */
export function dmEnvRpcBackend(connection: Connection): Backend {
  let known: DialledSpecs | null = null
  const specs = async (): Promise<DialledSpecs> => {
    known ??= await look(connection)
    return known
  }
  return {
    call: async (method: keyof LevelCalls, request: object) =>
      (method === 'describe'
        ? (await specs()).description
        : seedLevels[method](request as never)) as never,
    open: async (request) => new DialledVector(connection, await specs(), request),
    close: () => connection.close(),
  }
}

/** A world says what it is to those who join it. */
async function look(connection: Connection): Promise<DialledSpecs> {
  const world = new DialledWorld(connection)
  try {
    const specs = dialledSpecs(await world.join({}))
    await world.leave()
    return specs
  } finally {
    world.close()
  }
}
