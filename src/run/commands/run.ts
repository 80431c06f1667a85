import type { Command } from './command.ts'
import { printPlan } from './dry-run.ts'
import { HUB_OPTIONS, hubOverrides } from './hub-options.ts'
import { watch } from './watch.ts'

const UINT32 = 2 ** 32 - 1

export const runCommand: Command = {
  spec: {
    name: 'run',
    about: 'run an experiment from a config file',
    positionals: [
      { name: 'config', about: 'a YAML file, such as one of recipes/', required: true },
    ],
    options: {
      set: { value: 'KEY=VALUE', about: 'replace one value of the config', many: true },
      seed: { value: 'S', about: 'the same as --set seed=S' },
      workers: { value: 'N', about: 'the same as --set workers=N; never changes the result' },
      out: { value: 'DIR', about: 'the run directory; by default runs/<name>-<time>-<short id>' },
      init: { value: 'POLICY', about: 'start the student from the weights of a policy.onnx' },
      ...HUB_OPTIONS,
      'dry-run': {
        about: 'check the config and estimate time, memory and disk, and start nothing',
      },
    },
    notes: [
      'Ctrl-C once: the run makes a cut and stops. Twice: it leaves at once; the last cut remains.',
    ],
    examples: [
      'agon run recipes/maze-accel-quick.yaml',
      'agon run recipes/maze-dr.yaml --seed 3 --set budget.gradientUpdates=300',
      'agon run recipes/maze-plr.yaml --dry-run',
    ],
  },
  async run(args, context) {
    const { services } = context
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
    if (args.flag('dry-run')) {
      await services.checkLaunch(config, given)
      return await printPlan(config, out, json, context)
    }
    return await watch(
      (onProgress) => services.launch(config, { onProgress, ...given }),
      json,
      context,
    )
  },
}
