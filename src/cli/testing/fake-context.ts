import { manualClock } from '../../core/clock.ts'
import { AgonError } from '../../core/errors.ts'
import type { ExitCode } from '../../run/exit-codes.ts'
import { COMMANDS } from '../catalogue.ts'
import type { Command, CommandContext, CommandDefinition } from '../command.ts'
import { main } from '../main.ts'
import { servedCommand } from '../served-command.ts'
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

/** A command whose services are those given; asking for another of its services is an error of the test. */
export function fake<S extends object>(
  definition: CommandDefinition<S>,
  services: Partial<S>,
): Command {
  const only = new Proxy(services, {
    get(target, name) {
      if (Object.hasOwn(target, name)) return Reflect.get(target, name)
      throw new AgonError('test/service', `the test gave no service ${String(name)}`)
    },
  })
  return servedCommand(definition, () => only as S)
}

/** A command line with these commands in place of the real ones. */
export function fakeCommandLine(
  commands: readonly Command[] = [],
  configKeys: CommandContext['configKeys'] = async () => [],
) {
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
    commands: {
      ...COMMANDS,
      ...Object.fromEntries(commands.map((command) => [command.spec.name, async () => command])),
    },
    configKeys,
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
