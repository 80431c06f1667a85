import { manualClock } from '../../core/clock.ts'
import { AgonError } from '../../core/errors.ts'
import type { ExitCode } from '../../run/exit-codes.ts'
import { COMMANDS } from '../catalogue.ts'
import type { CommandContext } from '../command.ts'
import { main } from '../main.ts'
import type { Services } from '../services.ts'
import { lineTerminal } from '../terminal/line-terminal.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** A terminal that keeps what is written. */
export function fakeTerminal(
  options: {
    readonly interactive?: boolean
    readonly columns?: number
    /** Standard output takes nothing. */
    readonly full?: boolean
  } = {},
): Terminal & { readonly stdout: () => string; readonly stderr: () => string } {
  let stdout = ''
  let stderr = ''
  const terminal = lineTerminal({
    out: (text) => {
      stdout += text
    },
    err: (text) => {
      stderr += text
    },
    shown: false,
    interactive: options.interactive ?? false,
    color: false,
    columns: () => options.columns ?? 80,
    settled: async () => !(options.full ?? false),
  })
  return {
    ...terminal,
    stdout: () => stdout,
    stderr: () => stderr,
  }
}

/** A command line whose services are those given; asking for another one is an error of the test. */
export function fakeCommandLine(services: Partial<Services>) {
  const terminal = fakeTerminal()
  const clock = manualClock(1_000)
  const handlers = new Set<() => void>()
  const exits: ExitCode[] = []
  const context: CommandContext = {
    terminal,
    clock,
    interrupts: (handler) => {
      handlers.add(handler)
      return () => handlers.delete(handler)
    },
    exit: (code) => exits.push(code),
    services: new Proxy(services as Services, {
      get: (target, name) => {
        if (name in target) return target[name as keyof Services]
        throw new AgonError('test/service', `the test gave no service ${String(name)}`)
      },
    }),
    commands: COMMANDS,
  }
  return {
    terminal,
    clock,
    exits,
    /** How many handlers wait for a Ctrl-C. */
    listening: () => handlers.size,
    pressCtrlC: () => {
      for (const handler of handlers) handler()
    },
    agon: (...argv: string[]) => main({ argv, version: '1.2.3', debug: false }, context),
    json: () =>
      terminal
        .stdout()
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>),
  }
}
