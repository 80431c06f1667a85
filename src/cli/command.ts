import type { Clock } from '../core/clock.ts'
import type { ConfigSection } from '../run/config/sections.ts'
import type { ExitCode } from '../run/exit-codes.ts'
import type { Interrupts } from './terminal/interrupts.ts'
import type { Terminal } from './terminal/terminal.ts'

/** A command as data: what the parser checks and what `--help` prints. */
export interface CommandSpec {
  readonly name: string
  /** One sentence without a full stop. */
  readonly about: string
  readonly positionals: readonly PositionalSpec[]
  readonly options: Readonly<Record<string, OptionSpec>>
  /** Lines under the options in `--help`. */
  readonly notes?: readonly string[]
  readonly examples: readonly string[]
  /** Whether all that it does is to print: where that is lost it has failed. By default what it does is done either way. */
  readonly onlyPrints?: (args: Arguments) => boolean
}

export interface PositionalSpec {
  readonly name: string
  readonly about: string
  readonly required: boolean
  readonly many?: boolean
}

export interface OptionSpec {
  readonly about: string
  /** What stands for the value in help (`N`, `DIR`); a flag has none. */
  readonly value?: string
  /** May be given several times. */
  readonly many?: boolean
}

/** What was typed, checked against the spec. */
export interface Arguments {
  readonly positionals: readonly string[]
  flag(name: string): boolean
  text(name: string): string | undefined
  texts(name: string): readonly string[]
  /** A whole number in [min, max]. @throws AgonError `usage/value` */
  integer(name: string, min: number, max?: number): number | undefined
}

/** What every command can reach outside itself. */
export interface CommandContext {
  readonly terminal: Terminal
  readonly clock: Clock
  readonly interrupts: Interrupts
  /** Ends the process at once. */
  readonly exit: (code: ExitCode) => void
  readonly commands: Catalogue
  /** Every key of a config of built-in parts, which the help of `agon run` lists. */
  readonly configKeys: () => Promise<readonly ConfigSection[]>
}

/** The same, and what one command asks of the rest of Agon. */
export interface ServedContext<S> extends CommandContext {
  readonly services: S
}

/** Commands by name, each imported only when it is asked for. Help lists them in this order. */
export type Catalogue = Readonly<Record<string, () => Promise<Command>>>

export interface Command {
  readonly spec: CommandSpec
  /** @throws AgonError, which the caller prints and turns into an exit code */
  run(args: Arguments, context: CommandContext): Promise<ExitCode>
}

/** A command that asks something of the rest of Agon. */
export interface CommandDefinition<S> {
  readonly spec: CommandSpec
  /** The engine's own. Every import waits until its service is asked for, so that a command costs only what it uses. */
  services(clock: Clock): S
  /** @throws AgonError, which the caller prints and turns into an exit code */
  run(args: Arguments, context: ServedContext<S>): Promise<ExitCode>
}

/** Options that every command has. */
export const COMMON_OPTIONS: Readonly<Record<string, OptionSpec>> = {
  json: { about: 'one JSON object per line on standard output, everything else on standard error' },
  help: { about: 'show this text' },
}
