import { createPrivateKey, X509Certificate } from 'node:crypto'
import { AgonError } from '../core/errors.ts'

/** When a certificate holds; both ISO 8601. */
export interface Validity {
  readonly from: string
  readonly to: string
}

/** What stands between a certificate and its use now, with its dates; null where nothing does. */
export function outOfDate({ from, to }: Validity, now: number): string | null {
  if (now < Date.parse(from)) return `is not valid before ${minute(from)}`
  return now > Date.parse(to) ? `expired on ${minute(to)}` : null
}

const minute = (iso: string): string => `${iso.slice(0, 16).replace('T', ' ')} UTC`

export function validityOf(dates: { readonly valid_from: string; readonly valid_to: string }) {
  const iso = (text: string): string => new Date(text).toISOString()
  return { from: iso(dates.valid_from), to: iso(dates.valid_to) }
}

/**
 * A certificate that nobody would believe now, or whose key is another one's, is named before anybody dials.
 * @param pem as many certificates as an authority has; one that holds will do
 * @param now milliseconds since 1970 by the clock of the handshake, which is that of the system
 * @throws AgonError `wire/certificate`
 */
export function checkCertificate(
  pem: string,
  what: 'certificate' | 'authority',
  key: string | null,
  now: number,
): void {
  const certificates = (pem.match(CERTIFICATE) ?? []).map(readCertificate)
  const [first] = certificates
  if (first === undefined)
    throw new AgonError('wire/certificate', `the ${what} holds no certificate`)
  const faults = certificates.map(({ validFrom, validTo }) =>
    outOfDate(validityOf({ valid_from: validFrom, valid_to: validTo }), now),
  )
  const [fault] = what === 'certificate' ? faults : faults.includes(null) ? [null] : faults
  if (fault !== null)
    throw new AgonError('wire/certificate', `the ${what} '${nameOf(first)}' ${fault}`, {
      remedy: 'make new ones, such as with `agon authority`; see also whether the clock is right',
    })
  if (key !== null && !first.checkPrivateKey(readKey(key)))
    throw new AgonError('wire/certificate', `the key is not that of '${nameOf(first)}'`, {
      remedy: 'give the certificate and the key that were made together',
    })
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g

const nameOf = ({ subject }: X509Certificate): string =>
  /^CN=(.*)$/m.exec(subject ?? '')?.[1] ?? 'without a name'

function readCertificate(pem: string): X509Certificate {
  try {
    return new X509Certificate(pem)
  } catch (cause) {
    throw new AgonError('wire/certificate', 'the certificate is damaged', { cause })
  }
}

function readKey(pem: string): ReturnType<typeof createPrivateKey> {
  try {
    return createPrivateKey(pem)
  } catch (cause) {
    throw new AgonError('wire/certificate', 'the key cannot be read', {
      remedy: 'give a PEM file of a private key without a passphrase',
      cause,
    })
  }
}
