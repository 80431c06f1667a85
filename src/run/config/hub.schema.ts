import { z } from 'zod'
import { parseAddress } from '../../wire/address.ts'

const file = z.string().min(1).max(4096)
const count = (low: number, high: number): z.ZodInt => z.int().min(low).max(high)

const address = z.string().refine(isAddress, {
  error: 'must be host:port, such as 127.0.0.1:0 (0 lets the system choose a port)',
})

function isAddress(text: string): boolean {
  try {
    parseAddress(text)
    return true
  } catch {
    return false
  }
}

/** The `hub:` section: the listener of a run. File paths start from the config file. */
export const hub = z.strictObject({
  listen: address
    .default('127.0.0.1:0')
    .describe('Where the run listens, `host:port`; port 0 lets the system choose one.'),
  advertise: z
    .string()
    .regex(/^[A-Za-z0-9._:-]{1,255}$/, { error: 'must be a host name or an IP address' })
    .optional()
    .describe(
      "The host that others are told to dial; the default is that of `listen`, or this machine's name where that is every interface.",
    ),
  tls: z
    .strictObject({
      certificate: file.describe('PEM file of the certificate to show.'),
      key: file.describe('PEM file of its key.'),
      authority: file
        .optional()
        .describe(
          'PEM file of the authority that others are told to believe; the default is the certificate, as fits a self-signed one.',
        ),
      clientAuthority: file
        .optional()
        .describe(
          'PEM file of an authority: whoever dials must show a certificate of it (mutual TLS).',
        ),
      clientCertificate: file
        .optional()
        .describe(
          'PEM file of a certificate that those may show who can read it; the rendezvous file names it.',
        ),
      clientKey: file.optional().describe('PEM file of its key.'),
    })
    .refine((tls) => (tls.clientCertificate === undefined) === (tls.clientKey === undefined), {
      error: 'must have clientCertificate and clientKey together',
    })
    .optional()
    .describe('Encrypts what is listened to; needed beyond loopback, unless `insecure`.'),
  insecure: z
    .boolean()
    .default(false)
    .describe('Whether to listen beyond loopback in the clear, where the network is trusted.'),
  heartbeatMs: count(50, 600_000)
    .default(2000)
    .describe('Milliseconds between two heartbeats of an actor or node that dialled in.'),
  missedHeartbeats: count(1, 1000)
    .default(3)
    .describe('Heartbeats that may be missing before it counts as lost.'),
  resumeSeconds: z
    .number()
    .min(0)
    .max(86_400)
    .default(30)
    .describe(
      'Seconds that a broken stream may take to come back before its actor counts as lost.',
    ),
  attachSeconds: z
    .number()
    .positive()
    .max(10_000_000)
    .default(600)
    .describe('Seconds that the run waits for an outsider or a node that it needs.'),
  maxMessageMb: count(1, 1024).default(64).describe('The longest message that is taken, in MiB.'),
  creditMb: count(1, 1024)
    .default(16)
    .describe('How much may be under way to a reader that has not taken it yet, in MiB.'),
  otherPlatform: z
    .enum(['refuse', 'inexact'])
    .default('refuse')
    .describe(
      'What becomes of an actor whose numeric platform is not that of the one before it: refused, or taken and journalled as inexact.',
    ),
})

export type HubKeys = z.output<typeof hub>
