import { type Connection, ENVIRONMENTS, type Endpoint } from '../../../wire/index.ts'
import { openNearSteps } from '../step-caller.ts'
import { wrong } from './answer-law.ts'
import type { Backend } from './backend.ts'
import { pipePaths } from './pipe-paths.ts'

const { methods } = ENVIRONMENTS

/** Environments that speak `agon.v1.Environments`. */
export function agonBackend(
  connection: Connection,
  deadlineMs: number,
  at: Pick<Endpoint, 'socket' | 'token'>,
): Backend {
  return {
    call: (method, request) =>
      connection.unary(methods[method] as never, request, { deadlineMs }) as never,
    async open(request, rows) {
      const { caller, near: pipes } = await openNearSteps(connection, at)
      try {
        const opened = await caller.ask({ open: { ...request, pipes } })
        if (opened.rows !== rows) throw wrong('open', `${rows} rows`, `${opened.rows}`)
        return { ...caller, ...(opened.pipes == null ? {} : { pipes: pipePaths(opened.pipes) }) }
      } catch (error) {
        caller.close()
        throw error
      }
    },
    close: () => connection.close(),
  }
}
