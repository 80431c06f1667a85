// What the certificate library asks for first.
import 'reflect-metadata'
import { webcrypto } from 'node:crypto'
import { isIP } from 'node:net'
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  type Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  Name,
  PemConverter,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509'

/** A certificate with its key, PEM texts. */
export interface Issued {
  readonly certificate: string
  readonly key: string
}

/** A certificate authority that lives in this process alone: its key is never written and goes with it. */
export interface Authority {
  /** PEM text of what others are to believe. */
  readonly certificate: string
  /** For a listener that is dialled as one of `hosts`: names and IP addresses. */
  issueServer(hosts: readonly string[]): Promise<Issued>
  /** For one who dials a listener that asks for certificates. */
  issueClient(name: string): Promise<Issued>
}

export interface AuthorityOptions {
  /** Who it is, for people who look at a certificate. */
  readonly name: string
  /** Milliseconds since 1970; certificates begin an hour earlier, for clocks that disagree. */
  readonly now: number
  readonly days: number
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
const HOUR_MS = 3_600_000

/** ECDSA on P-256, SHA-256, no intermediate. */
export async function createAuthority({ name, now, days }: AuthorityOptions): Promise<Authority> {
  const notBefore = new Date(now - HOUR_MS)
  const notAfter = new Date(now + days * 24 * HOUR_MS)
  const issuer = subject(`${name} authority`)
  const own = await newKeys()
  const root = await X509CertificateGenerator.createSelfSigned({
    name: issuer,
    notBefore,
    notAfter,
    signingAlgorithm: ALGORITHM,
    keys: own,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign, true),
    ],
  })
  const issue = async (who: string, extensions: readonly Extension[]): Promise<Issued> => {
    const keys = await newKeys()
    const certificate = await X509CertificateGenerator.create({
      subject: subject(who),
      issuer,
      notBefore,
      notAfter,
      signingAlgorithm: ALGORITHM,
      publicKey: keys.publicKey,
      signingKey: own.privateKey,
      extensions: [
        new BasicConstraintsExtension(false, undefined, true),
        new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
        ...extensions,
      ],
    })
    return { certificate: `${certificate.toString('pem')}\n`, key: await pemKey(keys.privateKey) }
  }
  return {
    certificate: `${root.toString('pem')}\n`,
    issueServer: (hosts) =>
      issue(`${name} hub`, [
        new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
        new SubjectAlternativeNameExtension(
          [...new Set(hosts)].map((host) => ({
            type: isIP(host) === 0 ? 'dns' : 'ip',
            value: host,
          })),
        ),
      ]),
    issueClient: (who) =>
      issue(who, [new ExtendedKeyUsageExtension([ExtendedKeyUsage.clientAuth])]),
  }
}

const newKeys = (): Promise<webcrypto.CryptoKeyPair> =>
  webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])

async function pemKey(key: webcrypto.CryptoKey): Promise<string> {
  const bytes = await webcrypto.subtle.exportKey('pkcs8', key)
  return `${PemConverter.encode(bytes, 'PRIVATE KEY')}\n`
}

/** A distinguished name as data: nothing in it is parsed. */
const subject = (name: string): Name => new Name([{ CN: [{ utf8String: name }] }])
