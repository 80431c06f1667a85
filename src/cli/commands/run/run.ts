import type { Arguments, CommandDefinition, CommandSpec } from '../../command.ts'
import { showRun } from '../../following/show-run.ts'
import { HUB_OPTIONS, hubOverrides } from '../../options/hub-options.ts'
import { usage } from '../../parser/arguments.ts'
import { printPlan } from './dry-run.ts'
import { runOnK8s, runOnSlurm } from './run-elsewhere.ts'
import { type RunServices, runServices } from './services.ts'

const UINT32 = 2 ** 32 - 1

const spec: CommandSpec = {
  name: 'run',
  about: 'run an experiment from a config file',
  positionals: [{ name: 'config', about: 'a YAML file, such as one of recipes/', required: true }],
  options: {
    set: { value: 'KEY=VALUE', about: 'replace one value of the config', many: true },
    seed: { value: 'S', about: 'the same as --set seed=S' },
    workers: { value: 'N', about: 'the same as --set workers=N; never changes the result' },
    out: { value: 'DIR', about: 'the run directory; by default runs/<name>-<time>-<short id>' },
    init: { value: 'POLICY', about: 'start the student from the weights of a policy.onnx' },
    ...HUB_OPTIONS,
    on: {
      value: 'HOST',
      about:
        'where to run: here (local, the default), as a job of slurm, or as manifests for k8s (with --dry-run)',
    },
    'or-resume': { about: 'go on with the run in --out where it has begun, for schedulers' },
    'dry-run': {
      about:
        'check the config and estimate time, memory and disk, and start nothing; with --on, show the job',
    },
  },
  notes: [
    'Ctrl-C once: the run makes a cut and stops. Twice: it leaves at once; the last cut remains.',
  ],
  examples: [
    'agon run recipes/maze-accel-quick.yaml',
    'agon run recipes/maze-dr.yaml --seed 3 --set budget.gradientUpdates=300',
    'agon run recipes/maze-plr.yaml --dry-run',
    'agon run my-config.yaml --on slurm --set slurm.partition=gpu',
  ],
  onlyPrints: (args) => args.flag('dry-run') || args.text('on') === 'k8s',
}

export const runCommand: CommandDefinition<RunServices> = {
  services: runServices,
  spec,
  async run(args, context) {
    const { services } = context
    const host = chosenHost(args)
    const resuming = directoryToResume(args)
    const workers = args.integer('workers', 1)
    const seed = args.integer('seed', 0, UINT32)
    const [file] = args.positionals
    const config = await services.loadConfig(file, {
      set: [
        ...args.texts('set'),
        ...(workers === undefined ? [] : [`workers=${workers}`]),
        ...hubOverrides(args),
      ],
      ...(seed === undefined ? {} : { seed }),
    })
    const from = args.text('init')
    const init = from === undefined ? undefined : await services.readPolicy(from)
    const out = args.text('out')
    const json = args.flag('json')
    const given = {
      ...(out === undefined ? {} : { out }),
      ...(init === undefined ? {} : { init }),
    }
    const dryRun = args.flag('dry-run')
    if (host !== 'local') return await RUN_ON[host](config, { ...given, dryRun, json }, context)
    if (dryRun) {
      await services.checkLaunch(config, { ...given, orResume: resuming !== null })
      return await printPlan(config, out, json, context)
    }
    return await showRun(
      (onProgress) =>
        resuming
          ? services.launchOrResume(config, { onProgress, ...given, out: resuming })
          : services.launch(config, { onProgress, ...given }),
      json,
      context,
    )
  },
}

const RUN_ON = { slurm: runOnSlurm, k8s: runOnK8s } as const
const HOSTS = ['local', ...Object.keys(RUN_ON)]

/** @throws AgonError `usage/value` */
function chosenHost(args: Arguments): 'local' | keyof typeof RUN_ON {
  const host = args.text('on') ?? 'local'
  if (HOSTS.includes(host)) return host as keyof typeof RUN_ON
  throw usage(spec, 'usage/value', `--on takes ${HOSTS.join(', ')}, not '${host}'`)
}

/** @throws AgonError `usage/option` */
function directoryToResume(args: Arguments): string | null {
  if (!args.flag('or-resume')) return null
  const out = args.text('out')
  if (out !== undefined) return out
  throw usage(spec, 'usage/option', '--or-resume needs --out: the directory to look in')
}
