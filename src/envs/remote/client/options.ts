import { z } from 'zod'

/** How an environment that another process serves is found. */
export const remoteOptions = z.strictObject({
  address: z
    .string()
    .min(1)
    .max(4096)
    .describe(
      'Where it is served: `host:port`, or the rendezvous file of what serves it, relative to the config file.',
    ),
  environment: z
    .string()
    .max(200)
    .default('')
    .describe('Which environment of that server; by default its only one.'),
  protocol: z
    .enum(['agon', 'dm_env_rpc'])
    .default('agon')
    .describe('What is spoken there: `agon.v1.Environments`, or `dm_env_rpc.v1`.'),
  tokenFile: z
    .string()
    .max(4096)
    .optional()
    .describe(
      'File (mode 0600) that holds the token; by default the one that the rendezvous file names, else AGON_TOKEN.',
    ),
  authority: z
    .string()
    .max(4096)
    .optional()
    .describe('PEM file of the certificate authority to believe; makes an address one of TLS.'),
  certificate: z
    .string()
    .max(4096)
    .optional()
    .describe('PEM file of the certificate to show, under mutual TLS.'),
  key: z.string().max(4096).optional().describe('PEM file of the key of that certificate.'),
  timeoutSeconds: z
    .number()
    .positive()
    .max(86_400)
    .default(60)
    .describe('How long one answer may take, in seconds, before the environment counts as lost.'),
  waitSeconds: z
    .number()
    .min(0)
    .max(86_400)
    .default(60)
    .describe(
      'How long to wait, in seconds, for an environment that was there before to be served again; then the run ends.',
    ),
})
export type RemoteOptions = z.output<typeof remoteOptions>
