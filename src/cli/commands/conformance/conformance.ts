import type { Finding } from '../../../conformance/index.ts'
import { ROLES } from '../../../launch/conformance/examined-roles.ts'
import { EXIT } from '../../../run/exit-codes.ts'
import { paint } from '../../../views/text/line.ts'
import type { Arguments, CommandContext, CommandDefinition, CommandSpec } from '../../command.ts'
import { DIAL_OPTIONS, dialFiles } from '../../options/dial-options.ts'
import { usage } from '../../parser/arguments.ts'
import { printJson, type Terminal } from '../../terminal/terminal.ts'
import { type ConformanceServices, conformanceServices } from './services.ts'

const ATTACH_SECONDS = 60
const PATIENCE_SECONDS = 60

const spec: CommandSpec = {
  name: 'conformance',
  about: 'prove that a third party speaks the protocol',
  positionals: [
    {
      name: 'address',
      about:
        'environment, policy: where it listens, host:port, a rendezvous file or kserve://host:port/model; actors: where to listen for it, such as 127.0.0.1:0',
      required: true,
    },
    {
      name: 'command',
      about: 'after --: starts the actor that attaches; {hub} becomes the rendezvous file',
      required: false,
      many: true,
    },
  ],
  options: {
    role: { value: 'ROLE', about: `what it is: ${ROLES.join(', ')}` },
    env: {
      value: 'ENV',
      about:
        'actors: id or module of the environment to work in, default a maze of 7 × 7; environment: its name at the server',
    },
    model: { value: 'NAME', about: 'policy: the model to ask' },
    payload: {
      value: 'JSON',
      about: 'service: a question that it understands; default null',
    },
    attach: {
      value: 'SECONDS',
      about: `how long to wait for an actor to attach; default ${ATTACH_SECONDS}`,
    },
    patience: {
      value: 'SECONDS',
      about: `how long one answer may take; default ${PATIENCE_SECONDS}`,
    },
    ...DIAL_OPTIONS,
  },
  notes: [
    'Code 0: every check that applies was passed. Code 1: one failed, or nobody attached.',
    'An actor finds the token beside the rendezvous file, or is given the one of --token-file.',
  ],
  examples: [
    'agon conformance 127.0.0.1:0 --role student -- python3 my_student.py {hub}',
    'agon conformance 127.0.0.1:0 --role service --payload \'{"level":"#"}\' -- python3 my_judge.py {hub}',
    'agon conformance maze.json --role environment',
    'agon conformance 127.0.0.1:8001 --role policy --model small --json',
  ],
  onlyPrints: () => true,
}

export const conformanceCommand: CommandDefinition<ConformanceServices> = {
  services: conformanceServices,
  spec,
  async run(args, context) {
    const json = args.flag('json')
    const counts = { ok: 0, failed: 0, skipped: 0 }
    for await (const finding of context.services.examine(requestOf(args, context))) {
      counts[finding.verdict] += 1
      if (json) printJson(context.terminal, { kind: 'check', ...finding })
      else printFinding(context.terminal, finding)
    }
    const { ok, failed, skipped } = counts
    if (json) printJson(context.terminal, { kind: 'conformance', ...counts })
    else context.terminal.out(`${ok} checks passed, ${failed} failed, ${skipped} skipped\n`)
    return failed > 0 || ok === 0 ? EXIT.failed : EXIT.ok
  },
}

function requestOf(args: Arguments, { terminal }: CommandContext) {
  const role = ROLES.find((one) => one === args.text('role'))
  if (role === undefined)
    throw usage(
      spec,
      'usage/value',
      `--role is one of ${ROLES.join(', ')}, not '${args.text('role') ?? ''}'`,
    )
  const [target, ...command] = args.positionals
  const [address, named] = servedModel(target)
  const model = args.text('model') ?? named
  if (role === 'policy' && model === undefined)
    throw usage(spec, 'usage/option', '--model is missing: which one of the server?')
  const files = dialFiles(args)
  const env = args.text('env')
  return {
    role,
    address,
    command,
    ...(env === undefined ? {} : { env }),
    model: model ?? '',
    payload: payloadOf(args),
    ...(files.tokenFile === undefined ? {} : { tokenFile: files.tokenFile }),
    dialling: { ...files, env: process.env },
    attachMs: 1000 * (args.integer('attach', 1, 86_400) ?? ATTACH_SECONDS),
    patienceMs: 1000 * (args.integer('patience', 1, 86_400) ?? PATIENCE_SECONDS),
    onAwait: once((rendezvous: string, at: string) =>
      terminal.err(`waiting for the ${role} at ${at}, rendezvous ${rendezvous}\n`),
    ),
    onWord: (line: string) => terminal.err(line),
  }
}

/** @throws AgonError `usage/value` */
function payloadOf(args: Arguments): string {
  const given = args.text('payload') ?? 'null'
  try {
    JSON.parse(given)
  } catch (error) {
    throw usage(spec, 'usage/value', `--payload is no JSON: ${(error as Error).message}`)
  }
  return given
}

/** `kserve://host:port/model`, as `agon serve` prints it, or an address alone. */
function servedModel(target: string): readonly [string, string | undefined] {
  const [, address, model] = /^kserve:\/\/([^/]+)\/(.+)$/.exec(target) ?? []
  return address === undefined ? [target, undefined] : [address, model]
}

function once<A extends readonly unknown[]>(work: (...args: A) => void): (...args: A) => void {
  let done = false
  return (...args) => {
    if (!done) work(...args)
    done = true
  }
}

const MARKS = { ok: 'ok    ', failed: 'FAILED', skipped: 'skip  ' } as const
const COLOURS = { ok: 'green', failed: 'red', skipped: 'dim' } as const

function printFinding(terminal: Terminal, finding: Finding): void {
  const { name, verdict, sent, expected, received, reason } = finding
  const why = reason === '' ? '' : ` (${reason})`
  terminal.out([paint(COLOURS[verdict], MARKS[verdict]), ` ${name}${why}`])
  if (verdict !== 'failed') return
  if (sent !== '') terminal.out(`         sent      ${sent}`)
  terminal.out(`         expected  ${expected}`)
  terminal.out(`         received  ${received}`)
}
