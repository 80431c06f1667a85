import { availableParallelism, hostname } from 'node:os'
import type { ErrorRecord } from '../../../core/errors.ts'
import { realTimers } from '../../../core/timers.ts'
import type { NodeEvent } from '../../../launch/node/run-node.ts'
import { EXIT } from '../../../run/exit-codes.ts'
import type { Arguments, Command, CommandContext } from '../../command.ts'
import { DIAL_OPTIONS, dialFiles } from '../../options/dial-options.ts'
import { onInterrupt } from '../../terminal/interrupts.ts'
import { printJson } from '../../terminal/terminal.ts'

const LABEL_PATTERN = /^(process student\/|process )?[A-Za-z0-9][A-Za-z0-9._/-]{0,99}$/

export const nodeCommand: Command = {
  spec: {
    name: 'node',
    about: 'offer places for actors to the hub of a run',
    positionals: [],
    options: {
      join: {
        value: 'TARGET',
        about: 'the hub: <run>/hub.json, or host:port (the token is then in AGON_TOKEN)',
      },
      label: { value: 'L', about: 'what `placement: node:<label>` asks for; default node' },
      places: { value: 'N', about: 'actors to take at a time; default 1' },
      name: { value: 'NAME', about: 'what the run calls this node; default the host name' },
      gpus: { value: 'N', about: 'GPUs to tell the hub of; default 0' },
      patience: {
        value: 'SECONDS',
        about: 'leave after so long without a hub; 0 waits for ever, the default',
      },
      linger: {
        value: 'SECONDS',
        about: 'when told to leave, stay so long for the hub to let go first; default 0',
      },
      quiet: { about: 'say nothing but errors' },
      ...DIAL_OPTIONS,
    },
    notes: [
      'The file is read again at every attempt: a hub that is started again with `agon resume` is found.',
      'Ctrl-C lets the actors go and leaves; the run places them elsewhere. With --linger a hub that is told to stop at the same moment still gets its cut.',
    ],
    examples: [
      'agon node --join runs/maze-1/hub.json --label gpu',
      'AGON_TOKEN=… agon node --join 10.0.0.7:4711 --tls-ca hub.pem --places 4',
    ],
  },
  async run(args, context) {
    const { runNode } = await import('../../../launch/node/run-node.ts')
    const { resolveTarget } = await import('../../../wire/index.ts')
    const { usage } = await import('../../parser/arguments.ts')
    const target = args.text('join')
    if (target === undefined)
      throw usage(nodeCommand.spec, 'usage/option', '--join is missing: which hub?')
    const label = args.text('label') ?? 'node'
    if (!LABEL_PATTERN.test(label))
      throw usage(nodeCommand.spec, 'usage/value', `'${label}' is no label: letters, digits, . _ -`)
    const hints = { ...dialFiles(args), env: process.env }
    const node = runNode({
      endpoint: () => resolveTarget(target, hints),
      label,
      places: args.integer('places', 1, 10_000) ?? 1,
      name: args.text('name') ?? hostname(),
      cpus: availableParallelism(),
      gpus: args.integer('gpus', 0, 1024) ?? 0,
      patienceSeconds: args.integer('patience', 0, 1_000_000) ?? 0,
      onEvent: printer(args, context),
    })
    const linger = args.integer('linger', 0, 1_000_000) ?? 0
    let stay = (): void => {}
    const release = onInterrupt(context.interrupts, context.clock, {
      stop: () => {
        stay = realTimers.after(linger * 1000, node.leave)
      },
      exit: () => context.exit(EXIT.interrupted),
    })
    try {
      await node.over
    } finally {
      stay()
      release()
    }
    return EXIT.ok
  },
}

function printer(args: Arguments, { terminal }: CommandContext): (event: NodeEvent) => void {
  let away = ''
  return (event) => {
    if (args.flag('json')) {
      printJson(terminal, event)
      return
    }
    if (event.kind === 'failed') terminal.err(`${event.actor}: ${told(event.error)}\n`)
    if (args.flag('quiet') || event.kind === 'failed') return
    if (event.kind === 'joined') terminal.err('joined\n')
    else if (event.kind === 'actor') terminal.err(`${event.actor} ${event.state}\n`)
    // A hub that is away stays away for many attempts.
    else if (event.why.message !== away) terminal.err(`no hub: ${told(event.why)}\n`)
    away = event.kind === 'away' ? event.why.message : ''
  }
}

const told = ({ code, message, origin }: ErrorRecord): string =>
  `${message}${origin === undefined ? '' : `, at ${origin}`} [${code}]`
