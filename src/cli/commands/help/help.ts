import type { ConfigSection } from '../../../run/config/sections.ts'
import { EXIT, EXIT_MEANINGS, type ExitCode } from '../../../run/exit-codes.ts'
import { formatTerms, wrap } from '../../../views/text/table.ts'
import {
  type Catalogue,
  COMMON_OPTIONS,
  type Command,
  type CommandContext,
  type CommandSpec,
} from '../../command.ts'
import { findCommand } from '../../find-command.ts'
import { printJson, printLines } from '../../terminal/terminal.ts'

const MAX_WIDTH = 100
const ABOUT = 'Agon trains students against adversaries that search for the levels they fail.'

export const helpCommand: Command = {
  spec: {
    name: 'help',
    about: 'explain the command line, or one command',
    positionals: [{ name: 'command', about: 'the command to explain', required: false }],
    options: {},
    examples: ['agon help', 'agon help run'],
    onlyPrints: () => true,
  },
  async run(args, context) {
    const [name] = args.positionals
    if (name !== undefined) {
      const { spec } = await findCommand(context.commands, name)
      return await printCommandHelp(spec, args.flag('json'), context)
    }
    if (args.flag('json'))
      for (const spec of await allSpecs(context.commands))
        printJson(context.terminal, { kind: 'command', name: spec.name, about: spec.about })
    else printLines(context.terminal, await overview(context.commands, context.terminal.columns()))
    return EXIT.ok
  },
}

/** The lines of `agon help`. */
export async function overview(commands: Catalogue, columns: number): Promise<readonly string[]> {
  const width = Math.min(columns, MAX_WIDTH)
  const about = (await allSpecs(commands)).map(({ name, about }) => [name, about] as const)
  return [
    ...wrap(ABOUT, width),
    '',
    'usage: agon <command> [options]',
    '',
    'commands',
    ...formatTerms(about, width),
    '',
    'options',
    ...formatTerms(
      [
        ['--help, -h', 'show this text; after a command, explain that command'],
        ['--version, -v', 'show the version'],
      ],
      width,
    ),
    '',
    'exit codes',
    ...formatTerms(
      EXIT_MEANINGS.map(([code, meaning]) => [String(code), meaning] as const),
      width,
    ),
    '',
    'environment',
    ...formatTerms(
      [
        ['NO_COLOR', 'no colours'],
        ['AGON_DEBUG=1', 'show where an error comes from'],
      ],
      width,
    ),
  ]
}

export async function printCommandHelp(
  spec: CommandSpec,
  json: boolean,
  context: CommandContext,
): Promise<ExitCode> {
  const { terminal } = context
  const keys = spec.name === 'run' ? await context.configKeys() : []
  if (json) {
    for (const [name, { about, value }] of Object.entries({ ...spec.options, ...COMMON_OPTIONS }))
      printJson(terminal, { kind: 'option', name: `--${name}`, about, ...(value && { value }) })
    for (const { id, rows } of keys)
      for (const row of rows) printJson(terminal, { kind: 'key', section: id, ...row })
    return EXIT.ok
  }
  const width = Math.min(terminal.columns(), MAX_WIDTH)
  printLines(terminal, [...commandHelp(spec, width), ...keys.flatMap((s) => keyHelp(s, width))])
  return EXIT.ok
}

/** The lines of `agon help <command>`, without config keys. */
export function commandHelp(spec: CommandSpec, width: number): string[] {
  const names = spec.positionals.map(({ name, required, many }) => {
    const text = `<${name}>${many === true ? '…' : ''}`
    return required ? text : `[${text}]`
  })
  const options = Object.entries({ ...spec.options, ...COMMON_OPTIONS }).map(
    ([name, { value, about, many }]) => {
      const term = value === undefined ? `--${name}` : `--${name} ${value}`
      return [term, many === true ? `${about}; may be repeated` : about] as const
    },
  )
  return [
    ...wrap(`agon ${spec.name}: ${spec.about}`, width),
    '',
    `usage: agon ${[spec.name, ...names, '[options]'].join(' ')}`,
    ...(spec.positionals.length === 0 ? [] : ['']),
    ...formatTerms(
      spec.positionals.map(({ name, about }) => [`<${name}>`, about] as const),
      width,
    ),
    '',
    'options',
    ...formatTerms(options, width),
    ...(spec.notes === undefined ? [] : ['', ...spec.notes.flatMap((note) => wrap(note, width))]),
    '',
    'examples',
    ...spec.examples.map((example) => `  ${example}`),
  ]
}

function keyHelp({ title, rows }: ConfigSection, width: number): string[] {
  const terms = rows.map(({ path, type, allowed, description, ...row }) => {
    const facts = [
      allowed === '' ? type : `${type} ${allowed}`,
      ...(row.default === undefined ? [] : [`default ${JSON.stringify(row.default)}`]),
    ]
    return [path, `${description} (${facts.join('; ')})`] as const
  })
  return ['', title, ...formatTerms(terms, width)]
}

async function allSpecs(commands: Catalogue): Promise<readonly CommandSpec[]> {
  const loaded = await Promise.all(Object.values(commands).map((load) => load()))
  return loaded.map(({ spec }) => spec)
}
