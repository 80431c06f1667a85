import { isIP } from 'node:net'
import { AgonError } from '../core/errors.ts'

export interface Address {
  /** A name, an IPv4 or an IPv6 address without brackets. */
  readonly host: string
  /** 0 … 65535; 0 lets the system choose when listening. */
  readonly port: number
}

/**
 * `host:port`, `[::1]:port`, `:port` or `port`; without a host it is loopback.
 * @throws AgonError `usage/address`
 */
export function parseAddress(text: string): Address {
  const match =
    /^(?:\[([0-9a-fA-F:.]+)\]:|([^:[\]\s/]*):)?(\d{1,5})$/.exec(text.trim()) ?? undefined
  const host = match?.[1] ?? match?.[2]
  const port = Number(match?.[3])
  if (match === undefined || port > 65_535 || (match[1] !== undefined && isIP(match[1]) !== 6))
    throw new AgonError('usage/address', `'${text}' is no address`, {
      remedy: 'write host:port, such as 127.0.0.1:0 (0 lets the system choose a port)',
    })
  return { host: host === undefined || host === '' ? '127.0.0.1' : host, port }
}

export function formatAddress({ host, port }: Address): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}

/** Whether only this machine can reach a listener at `host`. Names other than `localhost` are not trusted to be. */
export function isLoopback(host: string): boolean {
  if (host === 'localhost' || host === '::1') return true
  return isIP(host) === 4 && host.startsWith('127.')
}
