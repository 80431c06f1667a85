import { parseArgs } from 'node:util'
import { AgonError } from '../../core/errors.ts'
import { nearest } from '../../core/nearest.ts'
import { type Arguments, COMMON_OPTIONS, type CommandSpec, type OptionSpec } from '../command.ts'

/**
 * Reads a command's own arguments, those after its name.
 * @throws AgonError `usage/option`, `usage/value`, `usage/argument`
 */
export function parseArguments(spec: CommandSpec, argv: readonly string[]): Arguments {
  const known: Readonly<Record<string, OptionSpec>> = { ...spec.options, ...COMMON_OPTIONS }
  const { tokens } = parseArgs({
    args: [...argv],
    strict: false,
    tokens: true,
    options: {
      ...Object.fromEntries(
        Object.entries(known).map(([name, { value }]) => [
          name,
          { type: value === undefined ? ('boolean' as const) : ('string' as const) },
        ]),
      ),
      help: { type: 'boolean', short: 'h' },
    },
  })
  const values = new Map<string, string[]>()
  const positionals: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value)
    if (token.kind !== 'option') continue
    const option = known[token.name]
    if (option === undefined) throw unknownOption(spec, token.rawName, Object.keys(known))
    const given = values.get(token.name) ?? []
    given.push(checkedValue(spec, token.rawName, option, token.value, known))
    if (given.length > 1 && option.many !== true && option.value !== undefined)
      throw usage(spec, 'usage/option', `${token.rawName} is given twice`)
    values.set(token.name, given)
  }
  if (!values.has('help')) checkPositionals(spec, positionals)
  return readArguments(spec, positionals, values)
}

function readArguments(
  spec: CommandSpec,
  positionals: readonly string[],
  values: ReadonlyMap<string, readonly string[]>,
): Arguments {
  return {
    positionals,
    flag: (name) => values.has(name),
    text: (name) => values.get(name)?.[0],
    texts: (name) => values.get(name) ?? [],
    integer(name, min, max = Number.MAX_SAFE_INTEGER) {
      const text = values.get(name)?.[0]
      if (text === undefined) return undefined
      const number = Number(text)
      if (/^[+-]?\d+$/.test(text) && number >= min && number <= max) return number
      const range = max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`
      throw usage(spec, 'usage/value', `--${name} takes a whole number ${range}, not '${text}'`)
    },
  }
}

function checkedValue(
  spec: CommandSpec,
  rawName: string,
  option: OptionSpec,
  value: string | undefined,
  known: Readonly<Record<string, OptionSpec>>,
): string {
  if (option.value === undefined) {
    if (value === undefined) return ''
    throw usage(spec, 'usage/value', `${rawName} takes no value, found '${value}'`)
  }
  const missing = value === undefined || value === ''
  const swallowed = value?.startsWith('--') === true && value.slice(2).split('=')[0] in known
  if (!missing && !swallowed) return value
  throw usage(spec, 'usage/value', `${rawName} needs a value: ${rawName} ${option.value}`)
}

function checkPositionals(spec: CommandSpec, found: readonly string[]): void {
  const missing = spec.positionals.find(({ required }, index) => required && index >= found.length)
  if (missing !== undefined)
    throw usage(spec, 'usage/argument', `<${missing.name}> is missing: ${missing.about}`)
  const most = spec.positionals.some(({ many }) => many === true)
    ? Number.POSITIVE_INFINITY
    : spec.positionals.length
  if (found.length > most)
    throw usage(spec, 'usage/argument', `'${found[most]}' is one argument too many`)
}

function unknownOption(spec: CommandSpec, rawName: string, known: readonly string[]): AgonError {
  const name = rawName.replace(/^-+/, '')
  const near = nearest(name, known)
  const hint = near === undefined ? '' : `; did you mean --${near}?`
  return usage(spec, 'usage/option', `there is no option ${rawName}${hint}`, {
    option: rawName,
    ...(near === undefined ? {} : { nearest: `--${near}` }),
  })
}

/** An error of usage, which points at the command's help. */
export function usage(
  spec: CommandSpec,
  code: string,
  message: string,
  fields: Readonly<Record<string, unknown>> = {},
): AgonError {
  return new AgonError(code, message, {
    place: `agon ${spec.name}`,
    remedy: `see \`agon help ${spec.name}\``,
    fields,
  })
}
