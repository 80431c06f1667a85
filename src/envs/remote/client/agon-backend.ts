import { type Connection, ENVIRONMENTS, type Endpoint } from '../../../wire/index.ts'
import { openNearSteps } from '../step-caller.ts'
import { wrong } from './answer-law.ts'
import type { Backend } from './backend.ts'

const { methods } = ENVIRONMENTS

/** Environments that speak `agon.v1.Environments`. */
export function agonBackend(
  connection: Connection,
  deadlineMs: number,
  near: Pick<Endpoint, 'socket' | 'token'>,
): Backend {
  return {
    call: (method, request) =>
      connection.unary(methods[method] as never, request, { deadlineMs }) as never,
    async open(request, rows) {
      const caller = await openNearSteps(connection, near)
      try {
        const opened = await caller.ask({ open: request })
        if (opened.rows !== rows) throw wrong('open', `${rows} rows`, `${opened.rows}`)
        return caller
      } catch (error) {
        caller.close()
        throw error
      }
    },
    close: () => connection.close(),
  }
}
