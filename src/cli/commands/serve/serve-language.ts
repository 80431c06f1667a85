import type { ServeLanguageRequest } from '../../../launch/serve/serve-language.ts'
import { EXIT, type ExitCode } from '../../../run/exit-codes.ts'
import { formatTable } from '../../../views/text/table.ts'
import type { Arguments, CommandSpec, ServedContext } from '../../command.ts'
import { deviceOf } from '../../options/device-option.ts'
import { interrupted, tlsFiles, warnExposed } from '../../options/listening.ts'
import { usage } from '../../parser/arguments.ts'
import { printJson, printLines } from '../../terminal/terminal.ts'
import type { ServeServices } from './services.ts'

/** Options of `agon serve` that are about policies alone. */
const OF_POLICIES = [
  'max-batch',
  'max-delay',
  'alone',
  'max-sequences',
  'sequence-idle',
  'metrics',
  'watch',
]

/** Serves the folder of a language model until it is interrupted. */
export async function serveLanguageModel(
  args: Arguments,
  spec: CommandSpec,
  graceMs: number,
  context: ServedContext<ServeServices>,
): Promise<ExitCode> {
  const json = args.flag('json')
  const { terminal } = context
  const served = await context.services.serveLanguage(requestOf(args, spec))
  const { id, card, address, url, exposed } = served
  if (exposed) warnExposed(terminal, address)
  if (json)
    printJson(terminal, {
      ...{ kind: 'listening', address, url, model: id },
      ...{ vocabulary: card.vocabulary, context: card.context },
    })
  else
    printLines(
      terminal,
      formatTable([
        ['model', `${id}, ${card.vocabulary} tokens, context ${card.context}`],
        ['protocol', 'OpenAI: chat and text completions'],
        ['base URL', url],
      ]),
    )
  await interrupted(context)
  if (!json) terminal.err('taking no more requests; Ctrl-C again leaves at once\n')
  await served.close(graceMs)
  if (json) printJson(terminal, { kind: 'closed', address })
  return EXIT.ok
}

function requestOf(args: Arguments, spec: CommandSpec): ServeLanguageRequest {
  for (const name of OF_POLICIES)
    if (spec.options?.[name]?.value === undefined ? args.flag(name) : args.text(name) !== undefined)
      throw usage(spec, 'usage/option', `--${name} is for policies, and this is a language model`)
  const text = {
    name: args.text('name'),
    rendezvous: args.text('rendezvous'),
    tokenFile: args.text('token-file'),
    tls: tlsFiles(args, spec),
    workers: args.integer('workers', 1, 256),
    maxQueue: args.integer('max-queue', 1),
  }
  const given = Object.entries(text).filter(([, value]) => value !== undefined)
  return {
    path: args.positionals[0],
    listen: args.text('listen') ?? '127.0.0.1:0',
    device: deviceOf(args, spec),
    tf32: args.flag('tf32'),
    insecure: args.flag('insecure'),
    ...(Object.fromEntries(given) as Partial<ServeLanguageRequest>),
  }
}
