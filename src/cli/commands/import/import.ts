import { basename, join } from 'node:path'
import { RELEASES } from '../../../play/releases/releases.ts'
import { EXIT, type ExitCode } from '../../../run/exit-codes.ts'
import type { Arguments, CommandDefinition, CommandSpec, ServedContext } from '../../command.ts'
import { usage } from '../../parser/arguments.ts'
import { printJson, printWarning } from '../../terminal/terminal.ts'
import { type ImportServices, importServices } from './services.ts'

const names = RELEASES.map(({ name }) => name)

/** The word before the file of a scenario. */
const SCENARIO = 'scenario'

const spec: CommandSpec = {
  name: 'import',
  about:
    'take what others made: a bare ONNX policy gets the card it lacks, a football scenario becomes levels',
  positionals: [
    { name: 'file', about: 'the .onnx file as it was released', required: true },
    {
      name: 'scenario-file',
      about:
        'after the word scenario: a scenario file of Google Research Football, which is read, not run',
      required: false,
    },
  ],
  options: {
    as: {
      value: 'RELEASE',
      about: `of a policy: ${names.join(' or ')}; by default what the graph looks like`,
    },
    out: {
      value: 'PATH',
      about:
        'the folder where the policy and its card are written, default here; the file of the levels, default <scenario>.txt',
    },
  },
  notes: ['The network itself is copied byte for byte.'],
  examples: [
    'agon import ~/Downloads/tizero.onnx --out policies',
    'agon import beat_bot.onnx --as grf-marl',
    'agon import scenario academy_mine.py --out mine.txt',
    'agon play football --level mine.txt',
  ],
}

export const importCommand: CommandDefinition<ImportServices> = {
  services: importServices,
  spec,
  async run(args, context) {
    const [file, scenario] = args.positionals
    if (file === SCENARIO && scenario === undefined)
      throw usage(spec, 'usage/argument', 'which scenario? Its file is missing')
    if (scenario === undefined) return await importPolicy(file, args, context)
    if (file !== SCENARIO)
      throw usage(spec, 'usage/argument', `'${scenario}' is one argument too many`)
    return await importScenario(scenario, args, context)
  },
}

async function importPolicy(
  file: string,
  args: Arguments,
  { terminal, services }: ServedContext<ImportServices>,
): Promise<ExitCode> {
  const path = join(args.text('out') ?? '.', basename(file))
  const { environment } = await services.importPolicy(file, args.text('as'), path)
  if (args.flag('json')) printJson(terminal, { kind: 'imported', path, environment })
  else terminal.out(`${path} (${environment.id}, ${environment.profile})\n`)
  return EXIT.ok
}

async function importScenario(
  file: string,
  args: Arguments,
  { terminal, services }: ServedContext<ImportServices>,
): Promise<ExitCode> {
  if (args.text('as') !== undefined)
    throw usage(spec, 'usage/option', '--as is for policies, not for scenarios')
  const path = args.text('out') ?? `${basename(file).replace(/\.py$/i, '')}.txt`
  const { levels, notes } = await services.importScenario(file, path)
  for (const message of notes)
    printWarning(terminal, { code: 'level/scenario', message, place: file })
  if (args.flag('json')) printJson(terminal, { kind: 'imported', path, levels, notes })
  else terminal.out(`${path} (${levels.join(', ')})\n`)
  return EXIT.ok
}
