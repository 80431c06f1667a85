import type { Arguments, OptionSpec } from '../command.ts'

/** What a command that dials may be told beside the address or the rendezvous file. */
export const DIAL_OPTIONS: Readonly<Record<string, OptionSpec>> = {
  'token-file': {
    value: 'FILE',
    about: 'the token to show; by default the one beside the rendezvous file, else AGON_TOKEN',
  },
  'tls-ca': {
    value: 'FILE',
    about: 'the authority to believe, PEM; by default the one beside the rendezvous file',
  },
  'tls-cert': { value: 'FILE', about: 'the certificate to show where the hub asks for one, PEM' },
  'tls-key': { value: 'FILE', about: 'its key, PEM' },
}

/** Paths of files, where given. */
export interface DialFiles {
  readonly tokenFile?: string
  readonly authority?: string
  readonly certificate?: string
  readonly key?: string
}

const FILES: Readonly<Record<keyof DialFiles, string>> = {
  tokenFile: 'token-file',
  authority: 'tls-ca',
  certificate: 'tls-cert',
  key: 'tls-key',
}

export function dialFiles(args: Arguments): DialFiles {
  const given = Object.entries(FILES).flatMap(([name, option]) => {
    const path = args.text(option)
    return path === undefined ? [] : [[name, path] as const]
  })
  return Object.fromEntries(given)
}
