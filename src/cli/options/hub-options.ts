import { resolve } from 'node:path'
import type { Arguments, OptionSpec } from '../command.ts'

/** Short forms of the `hub:` section, for commands that listen. */
export const HUB_OPTIONS: Readonly<Record<string, OptionSpec>> = {
  listen: {
    value: 'ADDR',
    about: 'where to listen, host:port; by default 127.0.0.1:0 (a free port of loopback)',
  },
  'tls-cert': { value: 'FILE', about: 'encrypt: the certificate to show, PEM' },
  'tls-key': { value: 'FILE', about: 'its key, PEM' },
  'tls-client-ca': {
    value: 'FILE',
    about: 'whoever dials must show a certificate of this authority, PEM',
  },
  'tls-authority': {
    value: 'FILE',
    about: 'the authority that others are told to believe, PEM; by default the certificate itself',
  },
  insecure: { about: 'listen beyond loopback in the clear, where the network is trusted' },
}

/** The options as `--set` takes them. File paths start from the working directory. */
export function hubOverrides(args: Arguments): readonly string[] {
  const text = (key: string, value: string | undefined): readonly string[] =>
    // A JSON text is YAML as well, and `[::1]:0` without quotes is not.
    value === undefined ? [] : [`hub.${key}=${JSON.stringify(value)}`]
  const file = (key: string, option: string): readonly string[] => {
    const path = args.text(option)
    return text(`tls.${key}`, path === undefined ? undefined : resolve(path))
  }
  return [
    ...text('listen', args.text('listen')),
    ...file('certificate', 'tls-cert'),
    ...file('key', 'tls-key'),
    ...file('clientAuthority', 'tls-client-ca'),
    ...file('authority', 'tls-authority'),
    ...(args.flag('insecure') ? ['hub.insecure=true'] : []),
  ]
}
