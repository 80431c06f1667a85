import type { PeerCertificate, TLSSocket } from 'node:tls'
import type { ChannelCredentials } from '@grpc/grpc-js'
import { outOfDate, validityOf } from './certificates.ts'

interface Connector {
  readonly connectionOptions: { rejectUnauthorized?: boolean }
  connect(socket: unknown): Promise<{ readonly socket: TLSSocket }>
}

interface Connecting {
  _createSecureConnector(...target: unknown[]): Connector
}

/** Stands before what is wrong with a certificate in the library's sentence, which is all that comes through it. */
const MARK = '[certificate] '

/**
 * Says what is wrong with the certificate of who was dialled. The handshake is let finish so that the certificate can be
 * looked at; what it is not believed for ends the connection all the same, before anything is sent.
 * @param wall milliseconds since 1970, to say since when a certificate is out of date
 */
export function withNamedHandshake(
  credentials: ChannelCredentials,
  wall: () => number,
): ChannelCredentials {
  const connecting = credentials as unknown as Connecting
  const create = connecting._createSecureConnector.bind(credentials)
  connecting._createSecureConnector = (...target) => {
    const connector = create(...target)
    connector.connectionOptions.rejectUnauthorized = false
    const connect = connector.connect.bind(connector)
    connector.connect = async (socket) => {
      const connected = await connect(socket)
      if (connected.socket.authorized) return connected
      const fault = handshakeFault(connected.socket, wall())
      connected.socket.destroy()
      throw new Error(fault)
    }
    return connector
  }
  return credentials
}

/** What {@link withNamedHandshake} found, out of a sentence that quotes it; null where it found nothing. */
export function namedFault(details: string): string | null {
  const at = details.indexOf(MARK)
  return at < 0 ? null : details.slice(at + MARK.length).replace(/\.?\s*$/, '')
}

function handshakeFault(socket: TLSSocket, now: number): string {
  const code = String(socket.authorizationError)
  const certificate = socket.getPeerCertificate(true)
  if (/ALTNAME/.test(code))
    return `${MARK}the certificate is for ${certificate.subjectaltname ?? 'no name'}, not for the name that was dialled`
  if (!/EXPIRED|NOT_YET_VALID/.test(code))
    // Of another authority, or none: files may still be on their way, so this is no fault of the certificate's own.
    return `the certificate that was shown is not of the authority that is believed (${code})`
  for (const one of chainOf(certificate)) {
    const fault = outOfDate(validityOf(one), now)
    if (fault !== null) return `${MARK}the certificate '${one.subject.CN}' ${fault}`
  }
  return `${MARK}a certificate of its chain is out of date (${code})`
}

/** Its own certificate, then those of who issued it. */
function* chainOf(certificate: PeerCertificate): Generator<PeerCertificate> {
  let at: PeerCertificate | undefined = certificate
  for (let depth = 0; at !== undefined && depth < 10; depth++) {
    yield at
    const { issuerCertificate } = at as { readonly issuerCertificate?: PeerCertificate }
    at = issuerCertificate === at ? undefined : issuerCertificate
  }
}
