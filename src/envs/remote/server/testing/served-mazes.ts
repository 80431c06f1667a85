import { type Connection, dial, listen, newToken } from '../../../../wire/index.ts'
import type { Environment } from '../../../contract.ts'
import { createMaze, mazeOptions } from '../../../maze/index.ts'
import { environmentsService, type ServiceOptions } from '../service.ts'

export const maze = createMaze(mazeOptions.parse({ height: 5, width: 6, nWalls: 9 }))

export interface ServedMazes {
  /** Serves the environments, the maze under two names where none are given, and dials them. */
  connect(
    options?: ServiceOptions,
    environments?: Readonly<Record<string, Environment<unknown>>>,
  ): Promise<Connection>
  /** Closes all that was connected. */
  close(): Promise<void>
}

const MAZES: Readonly<Record<string, Environment<unknown>>> = {
  maze: maze as Environment<unknown>,
  other: maze as Environment<unknown>,
}

export function serveMazes(): ServedMazes {
  const open: (() => unknown)[] = []
  return {
    async connect(options = {}, environments = MAZES) {
      const token = newToken()
      const listener = await listen({
        address: { host: '127.0.0.1', port: 0 },
        security: { kind: 'plain' },
        token,
        services: [
          environmentsService(environments, {
            default: 'maze',
            made: { maze: { nWalls: 9 } },
            ...options,
          }),
        ],
      })
      open.push(() => listener.close(0))
      const connection = dial({
        address: `127.0.0.1:${listener.address.port}`,
        token,
        security: { kind: 'plain' },
      })
      open.push(() => connection.close())
      return connection
    },
    async close() {
      for (const close of open.splice(0).reverse()) await close()
    },
  }
}
