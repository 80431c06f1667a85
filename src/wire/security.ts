import { ChannelCredentials, ServerCredentials } from '@grpc/grpc-js'
import { systemClock } from '../core/clock.ts'
import { AgonError } from '../core/errors.ts'
import { isLoopback } from './address.ts'
import { checkCertificate } from './certificates.ts'
import { withoutIpServername } from './ip-servername.ts'
import { withNamedHandshake } from './named-handshake.ts'
import { readPem } from './pem.ts'

/** How a listener keeps strangers out, beside its token. Certificates and keys are PEM texts. */
export type ServerSecurity =
  /** No encryption. Beyond loopback only where `insecure` says that this is meant. */
  | { readonly kind: 'plain'; readonly insecure?: boolean }
  | {
      readonly kind: 'tls'
      readonly certificate: string
      readonly key: string
      /** Given: whoever dials must show a certificate of this authority (mutual TLS). */
      readonly clientAuthority?: string
    }

/** Paths of PEM files, as {@link ServerSecurity} has their texts. */
export interface ServerFiles {
  readonly certificate: string
  readonly key: string
  readonly clientAuthority?: string
  /** Told to those who dial, and has to be there. */
  readonly authority?: string
}

/** @throws AgonError `wire/certificate` where one cannot be read */
export function readServerSecurity(files: ServerFiles): ServerSecurity {
  const { certificate, key, clientAuthority, authority } = files
  if (authority !== undefined) readPem(authority, 'authority')
  return {
    kind: 'tls',
    certificate: readPem(certificate, 'certificate'),
    key: readPem(key, 'key'),
    ...(clientAuthority === undefined
      ? {}
      : { clientAuthority: readPem(clientAuthority, 'authority') }),
  }
}

export type ClientSecurity =
  | { readonly kind: 'plain' }
  | {
      readonly kind: 'tls'
      /** The authority to believe; absent: those of the system. */
      readonly authority?: string
      /** For mutual TLS. */
      readonly certificate?: string
      readonly key?: string
    }

/**
 * What is asked of every listener, whatever it speaks.
 * @throws AgonError `wire/insecure` for a plain listener that others can reach, `wire/certificate`
 */
export function checkServerSecurity(host: string, security: ServerSecurity): void {
  if (security.kind === 'plain') {
    if (!isLoopback(host) && security.insecure !== true)
      throw new AgonError(
        'wire/insecure',
        `a listener at ${host} can be reached by others, and nothing would be encrypted`,
        { remedy: 'give --tls-cert and --tls-key, or say --insecure if the network is trusted' },
      )
    return
  }
  const { certificate, key, clientAuthority } = security
  checkCertificate(certificate, 'certificate', key, systemClock.wall())
  if (clientAuthority !== undefined)
    checkCertificate(clientAuthority, 'authority', null, systemClock.wall())
}

/** @throws AgonError those of {@link checkServerSecurity} */
export function serverCredentials(host: string, security: ServerSecurity): ServerCredentials {
  checkServerSecurity(host, security)
  if (security.kind === 'plain') return ServerCredentials.createInsecure()
  const { certificate, key, clientAuthority } = security
  return believed(() =>
    ServerCredentials.createSsl(
      clientAuthority === undefined ? null : Buffer.from(clientAuthority),
      [{ cert_chain: Buffer.from(certificate), private_key: Buffer.from(key) }],
      clientAuthority !== undefined,
    ),
  )
}

/** @throws AgonError `wire/certificate` */
export function clientCredentials(security: ClientSecurity): ChannelCredentials {
  if (security.kind === 'plain') return ChannelCredentials.createInsecure()
  const pem = (text: string | undefined): Buffer | null =>
    text === undefined ? null : Buffer.from(text)
  const { authority, certificate, key } = security
  if (authority !== undefined) checkCertificate(authority, 'authority', null, systemClock.wall())
  if (certificate !== undefined)
    checkCertificate(certificate, 'certificate', key ?? null, systemClock.wall())
  return believed(() =>
    withNamedHandshake(
      withoutIpServername(ChannelCredentials.createSsl(pem(authority), pem(key), pem(certificate))),
      systemClock.wall,
    ),
  )
}

function believed<T>(make: () => T): T {
  try {
    return make()
  } catch (cause) {
    throw new AgonError(
      'wire/certificate',
      `certificate and key cannot be used: ${(cause as Error).message}`,
      { cause },
    )
  }
}
