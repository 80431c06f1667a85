import { AgonError, fromErrorRecord, toErrorRecord } from '../../../core/errors.ts'
import { isPolicyAddress } from '../../../inference/policy-address.ts'
import { isRemote, type PolicySource } from '../../../inference/policy-source.ts'
import { EXIT } from '../../../run/exit-codes.ts'
import type { Arguments, CommandDefinition, CommandSpec, ServedContext } from '../../command.ts'
import { DEVICE_OPTION, deviceOf } from '../../options/device-option.ts'
import { usage } from '../../parser/arguments.ts'
import { printJson, printLines } from '../../terminal/terminal.ts'
import type { EvaluationSetting } from './evaluation-setting.ts'
import { isRunDirectory, policyOfRun, type RunPolicy } from './policy-of-run.ts'
import { type EvalServices, evalServices } from './services.ts'

const UINT32 = 2 ** 32 - 1

const spec: CommandSpec = {
  name: 'eval',
  about: 'measure a policy file on evaluation levels that no training saw',
  positionals: [
    {
      name: 'policy',
      about:
        'a policy.onnx with its policy.yaml beside it, kserve://host:port/model, or the directory of a run',
      required: true,
    },
  ],
  options: {
    slot: { value: 'SLOT', about: 'whose policy, where a run of several students is given' },
    suite: { value: 'SUITE', about: 'suites of the environment and random:<n>, joined with +' },
    levels: { value: 'FILE', about: 'levels of your own in text form, instead of a suite' },
    episodes: { value: 'N', about: 'episodes per level, each with fresh state; default 10' },
    seed: { value: 'S', about: 'seed of the sampled actions and drawn levels; default 0' },
    env: {
      value: 'ENV',
      about:
        'a config file, an environment id or a module; by default the environment of the run, or that in policy.yaml',
    },
    workers: { value: 'N', about: 'threads; never changes the result; default 1' },
    device: DEVICE_OPTION,
    card: { value: 'FILE', about: 'the card of a kserve:// policy whose server has none' },
    'token-file': { value: 'FILE', about: 'token of a kserve:// server; else AGON_TOKEN' },
    'tls-ca': { value: 'FILE', about: 'authority of a kserve:// server that speaks TLS, PEM' },
  },
  notes: ['A policy of another environment or profile is refused, never adapted.'],
  examples: [
    'agon eval runs/maze-accel-1/policy.onnx --suite maze/minimax-report',
    'agon eval policy.onnx --suite random:100 --episodes 1 --device auto --json',
    'agon eval kserve://127.0.0.1:8001/policy --suite random:100',
    'agon eval policy.onnx --levels my-mazes.txt --env my-config.yaml',
    'agon eval runs/two-students --slot antagonist --suite random:100',
  ],
  onlyPrints: () => true,
}

export const evalCommand: CommandDefinition<EvalServices> = {
  services: evalServices,
  spec,
  async run(args, context) {
    const { services, terminal } = context
    const episodes = args.integer('episodes', 1) ?? 10
    const seed = args.integer('seed', 0, UINT32) ?? 0
    const workers = args.integer('workers', 1, 256) ?? 1
    const device = deviceOf(args, spec)
    const run = await chosenRun(args)
    const named = run?.policy ?? args.positionals[0]
    const policy = await chosenPolicy(named, args, context)
    if (isRemote(policy) && device !== 'cpu')
      throw usage(spec, 'usage/option', '--device is for policies that run here')
    const setting = await services.evaluationSetting(policy, args.text('env') ?? run?.config)
    const request = {
      environment: setting.ref,
      episodes,
      seed,
      ...(await chosenLevels(args, setting, context)),
    }
    const report = await services
      .measure(policy, request, { workers, device })
      .catch((error) => Promise.reject(ofFile(error, named)))
    const { lines, json } = await services.presentEvaluation(report)
    if (args.flag('json')) printJson(terminal, { kind: 'evaluation', ...json })
    else printLines(terminal, lines)
    return EXIT.ok
  },
}

async function chosenRun(args: Arguments): Promise<RunPolicy | null> {
  const [given] = args.positionals
  const slot = args.text('slot')
  if (isRunDirectory(given)) return policyOfRun(given, slot)
  if (slot === undefined) return null
  throw usage(spec, 'usage/option', '--slot is for the directory of a run')
}

function chosenPolicy(
  named: string,
  args: Arguments,
  { services }: ServedContext<EvalServices>,
): Promise<PolicySource> {
  const hints = { tokenFile: 'token-file', authority: 'tls-ca', card: 'card' } as const
  const given = Object.entries(hints).flatMap(([hint, option]) => {
    const text = args.text(option)
    return text === undefined ? [] : [[hint, text, option] as const]
  })
  if (isPolicyAddress(named)) return services.findRemotePolicy(named, Object.fromEntries(given))
  if (given.length === 0) return services.readPolicy(named)
  throw usage(spec, 'usage/option', `--${given[0][2]} is for policies at kserve:// addresses`)
}

/** What is wrong with a graph is told of its file. */
function ofFile(error: unknown, path: string): unknown {
  if (!(error instanceof AgonError) || !/^(onnx|policy)\//.test(error.code)) return error
  return fromErrorRecord({ ...toErrorRecord(error), place: path }, error.cause)
}

/** @throws AgonError `usage/option` unless exactly one of suite and file is given, `suite/unknown` */
async function chosenLevels(
  args: Arguments,
  setting: EvaluationSetting,
  { services }: ServedContext<EvalServices>,
): Promise<{ suite: string; levels?: Readonly<Record<string, Uint8Array>> }> {
  const suite = args.text('suite')
  const file = args.text('levels')
  if (suite !== undefined && file !== undefined)
    throw usage(spec, 'usage/option', '--suite and --levels exclude each other')
  if (file !== undefined) return { suite: file, levels: await services.readLevels(file, setting) }
  if (suite !== undefined) return { suite }
  const { suites } = setting.environment
  throw new AgonError('usage/option', '--suite is missing', {
    place: 'agon eval',
    remedy: `choose among ${[...suites, 'random:<n>'].join(', ')}, or give --levels`,
    fields: { suites },
  })
}
