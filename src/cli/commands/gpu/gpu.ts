import { AgonError } from '../../../core/errors.ts'
import type { ProviderInstall } from '../../../launch/gpu/install-provider.ts'
import { EXIT, type ExitCode } from '../../../run/exit-codes.ts'
import { formatBytes } from '../../../views/text/quantities.ts'
import { formatTable } from '../../../views/text/table.ts'
import type { Arguments, CommandDefinition, CommandSpec, ServedContext } from '../../command.ts'
import { usage } from '../../parser/arguments.ts'
import { printJson, printLines } from '../../terminal/terminal.ts'
import { printChecks } from '../doctor/doctor.ts'
import { type GpuServices, gpuServices } from './services.ts'

const spec: CommandSpec = {
  name: 'gpu',
  about: 'install what policies need on a GPU, or check what is there',
  positionals: [{ name: 'action', about: 'install or check', required: true }],
  options: {
    from: {
      value: 'SOURCE',
      about:
        'of install: npm (default), nuget, a folder, a .tgz or .nupkg file, or where a .nupkg is downloaded',
    },
  },
  notes: [
    'install writes into $XDG_CACHE_HOME/agon (~/.cache/agon), nowhere else, and only when it is asked.',
    'check exits with 1 where CUDA does not work, and says why.',
  ],
  examples: ['agon gpu install', 'agon gpu install --from /media/stick', 'agon gpu check'],
}

export const gpuCommand: CommandDefinition<GpuServices> = {
  services: gpuServices,
  spec,
  async run(args, context) {
    const [action] = args.positionals
    if (action === 'install') return await install(args, context)
    if (args.text('from') !== undefined)
      throw usage(spec, 'usage/option', '--from is an option of agon gpu install')
    if (action === 'check') return await check(args, context)
    throw new AgonError('usage/argument', `'${action}' is nothing that agon gpu does`, {
      place: 'agon gpu',
      remedy: 'agon gpu install, agon gpu check',
    })
  },
}

async function install(args: Arguments, context: ServedContext<GpuServices>): Promise<ExitCode> {
  const { terminal, services } = context
  const json = args.flag('json')
  const installed = await services.installGpu(args.text('from') ?? 'npm', (plan) => {
    if (json) {
      printJson(terminal, { kind: 'plan', ...plan })
      return
    }
    const { version, source, licence, bytes, folder, sha256 } = plan
    const size = bytes === null ? '' : `, ${formatBytes(bytes)}`
    const rows = [
      ['fetching', `CUDA provider of ONNX Runtime ${version}`],
      ['from', `${source}${size}, licence ${licence}`],
      ['into', folder],
      ...Object.entries(sha256).map(([name, digest]) => ['expected', `${digest}  ${name}`]),
    ]
    for (const line of formatTable(rows)) terminal.err(`${line}\n`)
  })
  if (json) printJson(terminal, { kind: 'installed', ...installed })
  else printLines(terminal, formatTable(tell(installed)))
  return EXIT.ok
}

function tell({ version, folder, files, known }: ProviderInstall): readonly string[][] {
  const listed = Object.entries(files).map(([name, { bytes, sha256 }]) => [
    'sha256',
    `${sha256}  ${name}  ${formatBytes(bytes)}`,
  ])
  const verdict = known
    ? 'the files that Agon was tested with'
    : 'whole and of the right version, but not the files that Agon was tested with'
  return [['installed', `ONNX Runtime ${version} in ${folder}`], ...listed, ['these are', verdict]]
}

async function check(
  args: Arguments,
  { terminal, services }: ServedContext<GpuServices>,
): Promise<ExitCode> {
  const checks = await services.checkGpu()
  const works = checks.at(-1)?.state === 'good'
  printChecks(terminal, checks, args.flag('json'))
  if (args.flag('json')) printJson(terminal, { kind: 'gpu', ok: works })
  return works ? EXIT.ok : EXIT.failed
}
