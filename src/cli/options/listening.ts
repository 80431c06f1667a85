import { EXIT } from '../../run/exit-codes.ts'
import type { Arguments, CommandContext, CommandSpec } from '../command.ts'
import { usage } from '../parser/arguments.ts'
import { onInterrupt } from '../terminal/interrupts.ts'
import { printWarning, type Terminal } from '../terminal/terminal.ts'

// What the commands that serve something until they are told to stop have in common.

/** The files of `--tls-cert`, `--tls-key`, `--tls-client-ca` and `--tls-authority`. @throws AgonError `usage/option` for a half of them */
export function tlsFiles(args: Arguments, spec: CommandSpec) {
  const certificate = args.text('tls-cert')
  const key = args.text('tls-key')
  const clientAuthority = args.text('tls-client-ca')
  const authority = args.text('tls-authority')
  const others = {
    ...(clientAuthority === undefined ? {} : { clientAuthority }),
    ...(authority === undefined ? {} : { authority }),
  }
  if (certificate !== undefined && key !== undefined) return { certificate, key, ...others }
  if (certificate === undefined && key === undefined && Object.keys(others).length === 0)
    return undefined
  throw usage(spec, 'usage/option', 'TLS needs both --tls-cert and --tls-key')
}

export function warnExposed(terminal: Terminal, address: string): void {
  printWarning(terminal, {
    code: 'wire/insecure',
    message: 'anyone on the network can reach this listener and read what crosses',
    place: address,
    remedy: 'give --tls-cert and --tls-key',
  })
}

/** Resolves with the first Ctrl-C or SIGTERM; the second leaves at once. */
export function interrupted({ interrupts, clock, exit }: CommandContext): Promise<void> {
  return new Promise((resolve) => {
    onInterrupt(interrupts, clock, { stop: resolve, exit: () => exit(EXIT.interrupted) })
  })
}
