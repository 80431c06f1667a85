import type { ServedEnvironment, ServeRequest } from '../../../launch/serve/serve-environment.ts'
import { EXIT } from '../../../run/exit-codes.ts'
import type { Arguments, CommandContext, CommandDefinition, CommandSpec } from '../../command.ts'
import { HUB_OPTIONS } from '../../options/hub-options.ts'
import { interrupted, tlsFiles, warnExposed } from '../../options/listening.ts'
import { usage } from '../../parser/arguments.ts'
import { printJson } from '../../terminal/terminal.ts'
import { type EnvServices, envServices } from './services.ts'

const GRACE_SECONDS = 10

const spec: CommandSpec = {
  name: 'env',
  about: 'serve an environment to other processes and machines',
  positionals: [
    {
      name: 'environment',
      about: 'a built-in id such as maze, or the path of a module',
      required: false,
    },
  ],
  options: {
    env: { value: 'FILE', about: 'serve the environment of this config file instead' },
    set: { value: 'KEY=VALUE', about: 'an option of the environment', many: true },
    device: {
      value: 'DEVICE',
      about: 'where it steps, for environments that have the option device: cpu or cuda',
    },
    ...HUB_OPTIONS,
    protocol: {
      value: 'PROTOCOL',
      about: 'what is spoken: agon (default), or dm_env_rpc, where every world is one slot',
    },
    rendezvous: {
      value: 'FILE',
      about: 'file that says where it listens, for those who dial; default <environment>.json',
    },
    'token-file': {
      value: 'FILE',
      about: 'file with the token that callers show, made if it is not there; default a new token',
    },
    grace: {
      value: 'SECONDS',
      about: `how long calls under way may take after Ctrl-C or SIGTERM; default ${GRACE_SECONDS}`,
    },
  },
  notes: [
    'A config uses it with env: { remote: FILE } or env: { remote: host:port }; then the token stands in AGON_TOKEN.',
  ],
  examples: [
    'agon env maze --rendezvous maze.json',
    'agon env football --device cuda --set scenario=5_vs_5',
    'agon env maze --set profile=jaxued --listen 127.0.0.1:7070 --token-file maze.token',
    'agon env --env recipes/maze-accel.yaml --listen 0.0.0.0:7070 --tls-cert cert.pem --tls-key key.pem',
  ],
}

export const envCommand: CommandDefinition<EnvServices> = {
  services: envServices,
  spec,
  async run(args, context) {
    const json = args.flag('json')
    const graceMs = (args.integer('grace', 0, 86_400) ?? GRACE_SECONDS) * 1000
    const served = await context.services.serveEnvironment(requestOf(args))
    announce(served, json, context)
    await interrupted(context)
    if (!json) context.terminal.err('no new calls are taken; Ctrl-C again leaves at once\n')
    await served.close(graceMs)
    if (json) printJson(context.terminal, { kind: 'closed', address: served.address })
    return EXIT.ok
  },
}

function requestOf(args: Arguments): ServeRequest {
  const [part] = args.positionals
  const config = args.text('env')
  const tokenFile = args.text('token-file')
  const tls = tlsFiles(args, spec)
  const device = args.text('device')
  return {
    ...(part === undefined ? {} : { part }),
    ...(config === undefined ? {} : { config }),
    set: [...args.texts('set'), ...(device === undefined ? [] : [`device=${device}`])],
    protocol: protocolOf(args),
    listen: args.text('listen') ?? '127.0.0.1:0',
    rendezvous: args.text('rendezvous') ?? `${nameOf(part)}.json`,
    ...(tokenFile === undefined ? {} : { tokenFile }),
    ...(tls === undefined ? {} : { tls }),
    insecure: args.flag('insecure'),
  }
}

function protocolOf(args: Arguments): ServeRequest['protocol'] {
  const protocol = args.text('protocol') ?? 'agon'
  if (protocol === 'agon' || protocol === 'dm_env_rpc') return protocol
  throw usage(spec, 'usage/value', `--protocol is agon or dm_env_rpc, not '${protocol}'`)
}

/** `maze` of `maze`, `my-env` of `./envs/my-env.ts`. */
const nameOf = (part = 'environment'): string =>
  part.replace(/^.*[\\/]/, '').replace(/\.[mc]?[jt]s$/, '')

function announce(
  { spec: served, address, rendezvous, exposed }: ServedEnvironment,
  json: boolean,
  { terminal }: CommandContext,
): void {
  const { id, profile } = served
  if (exposed) warnExposed(terminal, address)
  if (json) printJson(terminal, { kind: 'listening', id, profile, address, rendezvous })
  else terminal.out(`${id} (${profile}) at ${address}, rendezvous ${rendezvous}\n`)
}
