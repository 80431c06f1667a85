import { type ErrorRecord, toErrorRecord } from '../core/errors.ts'
import { withOwnSources } from '../core/stack-frames.ts'
import { EXIT, type ExitCode, exitCodeOf } from '../run/exit-codes.ts'
import type { CommandContext } from './command.ts'
import { findCommand } from './find-command.ts'
import {
  printError,
  printJson,
  printLines,
  printStack,
  type Terminal,
} from './terminal/terminal.ts'

/** What the process knows of itself before any command. */
export interface Invocation {
  /** Without the interpreter and the script. */
  readonly argv: readonly string[]
  /** Of the package. */
  readonly version: string
  /** `AGON_DEBUG=1`: print the stack of an error as well. */
  readonly debug: boolean
}

/** The whole command line in one call; never throws. */
export async function main(invocation: Invocation, context: CommandContext): Promise<ExitCode> {
  const { argv, version, debug } = invocation
  try {
    return await dispatch(argv, version, context)
  } catch (error) {
    const record = toErrorRecord(error)
    reportError(debug ? record : withoutStack(record), argv, context)
    printWay(record, debug, context.terminal)
    return exitCodeOf(error)
  }
}

async function dispatch(
  argv: readonly string[],
  version: string,
  context: CommandContext,
): Promise<ExitCode> {
  const [name, ...rest] = argv
  if (name === '--version' || name === '-v') {
    if (rest.includes('--json')) printJson(context.terminal, { kind: 'version', version })
    else context.terminal.out(`agon ${version}\n`)
    return await printed(EXIT.ok, context)
  }
  if (name === undefined || name === '--help' || name === '-h') {
    const { overview } = await import('./commands/help/help.ts')
    const lines = await overview(context.commands, context.terminal.columns())
    if (name !== undefined) printLines(context.terminal, lines)
    else for (const line of lines) context.terminal.err(line)
    return name === undefined ? EXIT.usage : await printed(EXIT.ok, context)
  }
  const command = await findCommand(context.commands, name)
  const { parseArguments } = await import('./parser/arguments.ts')
  const args = parseArguments(command.spec, rest)
  if (!args.flag('help')) {
    const code = await command.run(args, context)
    return command.spec.onlyPrints?.(args) ? await printed(code, context) : code
  }
  const { printCommandHelp } = await import('./commands/help/help.ts')
  return await printed(await printCommandHelp(command.spec, args.flag('json'), context), context)
}

/** What a command ends with that did nothing but print: output that nobody could take is a failure then. */
async function printed(code: ExitCode, { terminal }: CommandContext): Promise<ExitCode> {
  return (await terminal.settled()) || code !== EXIT.ok ? code : EXIT.failed
}

const withoutStack = ({ stack: _, ...record }: ErrorRecord): ErrorRecord => record

/** For people on standard error; with `--json` also as the last object on standard output. */
function reportError(
  record: ErrorRecord,
  argv: readonly string[],
  { terminal }: CommandContext,
): void {
  if (argv.includes('--json')) printJson(terminal, { kind: 'error', ...record })
  printError(terminal, record)
}

/** With `AGON_DEBUG=1` the way that an error took, in whatever thread or process it was thrown. */
export function printWay({ code, stack }: ErrorRecord, debug: boolean, terminal: Terminal): void {
  if (debug && stack !== undefined) printStack(terminal, withOwnSources(stack))
  else if (code === 'internal/unexpected')
    terminal.err('this is a defect of Agon; AGON_DEBUG=1 shows where\n')
}
