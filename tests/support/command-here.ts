import { COMMANDS } from '../../dist/cli/catalogue.js'
import { main } from '../../dist/cli/main.js'
import { lineTerminal } from '../../dist/cli/terminal/line-terminal.js'
import { systemClock } from '../../dist/core/clock.js'
import { version } from '../../dist/version.js'
import type { Finished } from './command.ts'
import { type Ended, objectsOf } from './control.ts'

/** No signal ever ends it. */
export type Said = Ended & Finished

/**
 * The built command line in this process, with the same words and exit code as the binary and without the second that
 * one takes to load. Not for what a process is needed for: signals, kills, its environment, modules that end it.
 */
export async function agonHere(
  args: readonly string[],
  onEvent: (event: Record<string, unknown>) => void = () => {},
): Promise<Said> {
  let stdout = ''
  let stderr = ''
  const terminal = lineTerminal({
    out: (text) => {
      stdout += text
      for (const event of objectsOf(text)) onEvent(event)
    },
    err: (text) => {
      stderr += text
    },
    shown: false,
    interactive: false,
    color: false,
    columns: () => 80,
    settled: async () => true,
  })
  const code = await main(
    { argv: [...args], version, debug: false },
    {
      terminal,
      clock: systemClock,
      interrupts: () => () => {},
      exit: (now) => {
        throw new Error(`the command ended its process with ${now}`)
      },
      commands: COMMANDS,
      configKeys: async () => (await import('../../dist/run/config/sections.js')).configSections(),
    },
  )
  return { code, signal: null, events: objectsOf(stdout), stdout, stderr }
}

/** The same with `--json`, whose objects `onEvent` sees as they come; what follows `--` is the command of someone else. */
export function jsonHere(
  args: readonly string[],
  onEvent?: (event: Record<string, unknown>) => void,
): Promise<Said> {
  const end = args.includes('--') ? args.indexOf('--') : args.length
  return agonHere([...args.slice(0, end), '--json', ...args.slice(end)], onEvent)
}
