import { isIP } from 'node:net'
import type { ChannelCredentials } from '@grpc/grpc-js'

interface Connector {
  readonly connectionOptions: { readonly host: string; servername?: string }
}

interface Connecting {
  _createSecureConnector(...target: unknown[]): Connector
}

/**
 * Names no server in the handshake where an IP address is dialled, as RFC 6066 has it: grpc-js 1.14 names the address, and Node
 * warns of it (DEP0123). The certificate is still checked against the address.
 */
export function withoutIpServername(credentials: ChannelCredentials): ChannelCredentials {
  const connecting = credentials as unknown as Connecting
  const create = connecting._createSecureConnector.bind(credentials)
  connecting._createSecureConnector = (...target) => {
    const connector = create(...target)
    if (isIP(connector.connectionOptions.host) !== 0) connector.connectionOptions.servername = ''
    return connector
  }
  return credentials
}
