import { describeChoice } from '../../../inference/device-choice.ts'
import type { ServingOptions, VersionInfo } from '../../../inference/serve/index.ts'
import type { ServedPolicy, ServePolicyRequest } from '../../../launch/serve/serve-policy.ts'
import { EXIT } from '../../../run/exit-codes.ts'
import { formatTable } from '../../../views/text/table.ts'
import type { Arguments, CommandContext, CommandDefinition, CommandSpec } from '../../command.ts'
import { DEVICE_OPTION, devicesOf } from '../../options/device-option.ts'
import { HUB_OPTIONS } from '../../options/hub-options.ts'
import { interrupted, tlsFiles, warnExposed } from '../../options/listening.ts'
import { usage } from '../../parser/arguments.ts'
import { printJson, printLines, printWarning } from '../../terminal/terminal.ts'
import { serveLanguageModel } from './serve-language.ts'
import { type ServeServices, serveServices } from './services.ts'

const GRACE_SECONDS = 10

const spec: CommandSpec = {
  name: 'serve',
  about:
    'serve a policy, or any ONNX model, with the Open Inference Protocol (KServe v2); the folder of a language model with OpenAI’s',
  positionals: [
    {
      name: 'policy',
      about:
        'an .onnx file; the .yaml beside it is its card, which may be missing. Or a folder with model.onnx, model.yaml and tokenizer.json',
      required: true,
    },
  ],
  options: {
    name: { value: 'NAME', about: 'what clients call the model; default the name of the file' },
    device: {
      value: 'DEVICE',
      about: `${DEVICE_OPTION.about}; several with commas are taken in turn by the threads`,
    },
    tf32: { about: 'let a GPU round float32 products to tf32: faster, good to about 3 digits' },
    workers: {
      value: 'N',
      about: 'threads, each with a session of its own; default one a device',
    },
    'max-batch': {
      value: 'ROWS',
      about: 'most rows that run together, or in a request; default 256',
    },
    'max-delay': {
      value: 'MS',
      about: 'milliseconds that a request may wait for others to join it; default 0',
    },
    'max-queue': {
      value: 'ROWS',
      about: 'rows that may wait before others are refused as overload; default 16 × max-batch',
    },
    alone: { about: 'requests never share a batch: slower, with the bits of a local session' },
    'max-sequences': {
      value: 'N',
      about: 'sequences whose state is kept at once; default 4096',
    },
    'sequence-idle': {
      value: 'SECONDS',
      about: 'after which a sequence that no one asks about is forgotten; default 60',
    },
    ...HUB_OPTIONS,
    'token-file': {
      value: 'FILE',
      about: 'callers must show the token in it; made if it is not there; needed beyond loopback',
    },
    metrics: { value: 'ADDR', about: 'answer Prometheus there, GET /metrics; loopback only' },
    rendezvous: { value: 'FILE', about: 'write a file that says where this listens' },
    watch: { about: 'serve the file anew whenever it changes, without losing a request' },
    grace: {
      value: 'SECONDS',
      about: `how long requests under way may take after Ctrl-C or SIGTERM; default ${GRACE_SECONDS}`,
    },
  },
  notes: [
    'On loopback no token is asked for; see docs/serve.md, and docs/language-models.md for language models.',
  ],
  examples: [
    'agon serve runs/maze-accel-1/policy.onnx --listen :8001 --watch',
    'agon serve policy.onnx --workers 4 --max-batch 512 --max-delay 2 --metrics :8002',
    'agon serve policy.onnx --device cuda:0,cuda:1 --max-batch 4096',
    'agon serve ./model --listen :8000 --workers 2',
    'agon serve policy.onnx --listen 0.0.0.0:8001 --tls-cert cert.pem --tls-key key.pem --token-file serve.token',
  ],
}

export const serveCommand: CommandDefinition<ServeServices> = {
  services: serveServices,
  spec,
  async run(args, context) {
    const json = args.flag('json')
    const graceMs = (args.integer('grace', 0, 86_400) ?? GRACE_SECONDS) * 1000
    if (await context.services.isLanguageModel(args.positionals[0]))
      return serveLanguageModel(args, spec, graceMs, context)
    const served = await context.services.servePolicy(requestOf(args, json, context))
    announce(served, args, context)
    await interrupted(context)
    if (!json) context.terminal.err('taking no more requests; Ctrl-C again leaves at once\n')
    await served.close(graceMs)
    if (json) printJson(context.terminal, { kind: 'closed', address: served.address })
    return EXIT.ok
  },
}

function requestOf(
  args: Arguments,
  json: boolean,
  { terminal }: CommandContext,
): ServePolicyRequest {
  const tls = tlsFiles(args, spec)
  return {
    path: args.positionals[0],
    ...given('name', args.text('name')),
    listen: args.text('listen') ?? '127.0.0.1:0',
    ...given('metrics', args.text('metrics')),
    ...given('rendezvous', args.text('rendezvous')),
    ...given('tokenFile', args.text('token-file')),
    ...given('tls', tls),
    insecure: args.flag('insecure'),
    watch: args.flag('watch'),
    serving: servingOf(args),
    events: {
      swapped(info) {
        if (json) printJson(terminal, { kind: 'swapped', ...facts(info) })
        else terminal.err(`version ${info.version} is served now\n`)
      },
      notSwapped(warning) {
        if (json) printJson(terminal, { kind: 'warning', warning })
        printWarning(terminal, warning)
      },
    },
  }
}

const given = <K extends string, V>(key: K, value: V | undefined): { [_ in K]?: V } =>
  (value === undefined ? {} : { [key]: value }) as { [_ in K]?: V }

function servingOf(args: Arguments): ServingOptions {
  const idle = milliseconds(args, 'sequence-idle', 1000)
  return {
    device: devicesOf(args, spec),
    tf32: args.flag('tf32'),
    alone: args.flag('alone'),
    ...given('workers', args.integer('workers', 1, 256)),
    ...given('maxBatch', args.integer('max-batch', 1, 65_536)),
    ...given('maxDelayMs', milliseconds(args, 'max-delay', 1)),
    ...given('maxQueueRows', args.integer('max-queue', 1)),
    ...given('maxSequences', args.integer('max-sequences', 1)),
    ...given('sequenceIdleMs', idle),
  }
}

/** A time that may have a fraction. */
function milliseconds(args: Arguments, name: string, unit: number): number | undefined {
  const text = args.text(name)
  if (text === undefined) return undefined
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * unit
  throw usage(spec, 'usage/value', `--${name} takes a number from 0, not '${text}'`)
}

/** What a listing says of a version. */
function facts({ name, version, sha256, maxBatch, unbatched, card, ...on }: VersionInfo) {
  return {
    name,
    version,
    device: on.device,
    devices: on.devices,
    ...(on.choice === undefined ? {} : { choice: on.choice }),
    sha256,
    maxBatch,
    unbatched: unbatched ?? null,
    environment: card?.environment ?? null,
  }
}

function announce(served: ServedPolicy, args: Arguments, { terminal }: CommandContext): void {
  const { info, address, metricsAddress, exposed } = served
  if (exposed) warnExposed(terminal, address)
  if (args.flag('json')) {
    const metrics = metricsAddress ?? null
    printJson(terminal, { kind: 'listening', address, metrics, ...facts(info) })
    return
  }
  const { name, version, devices, choice, card, unbatched } = info
  const trained =
    card === undefined ? 'no card' : `${card.environment.id} (${card.environment.profile})`
  printLines(
    terminal,
    formatTable([
      ['model', `${name} version ${version}, ${trained}`],
      ['device', describeChoice(devices.join(', '), choice)],
      ['dial', `kserve://${address}/${name}`],
      ...(metricsAddress === undefined ? [] : [['metrics', `http://${metricsAddress}/metrics`]]),
      ...(unbatched === undefined ? [] : [['batches', `none: ${unbatched}`]]),
    ]),
  )
}
