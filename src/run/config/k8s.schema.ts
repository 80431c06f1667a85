import { z } from 'zod'

/** The `k8s:` section: what `agon run --on k8s --dry-run` writes manifests from. */

const count = (low: number, high: number): z.ZodInt => z.int().min(low).max(high)

const dnsLabel = (most: number): z.ZodString =>
  z
    .string()
    .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, { error: 'must be lower-case letters, digits and -' })
    .max(most)

const memory = z
  .string()
  .regex(/^[1-9]\d{0,8}(Ki|Mi|Gi|Ti)$/, { error: 'must be a size such as 8Gi' })

const nodes = z.strictObject({
  count: count(1, 10_000).default(1).describe('Nodes of this label, each a pod.'),
  cpus: count(1, 4096).default(1).describe('Cores of each.'),
  memory: memory.optional().describe('Memory of each, such as `16Gi`.'),
  gpus: count(1, 1024).optional().describe('GPUs of each, asked for as `gpuResource`.'),
  gpuResource: z
    .string()
    .regex(/^[a-z0-9./-]{1,253}$/, { error: 'must be the name of a resource' })
    .default('nvidia.com/gpu')
    .describe("What the cluster calls a GPU's resource."),
  places: count(1, 1000)
    .optional()
    .describe('Actors that each takes at a time; the default is all that are placed at the label.'),
})

export const k8s = z.strictObject({
  image: z
    .string()
    .regex(/^[\w.:@/-]{1,500}$/, { error: 'must be the name of an image' })
    .describe('Image whose `agon` is started.'),
  name: dnsLabel(40)
    .optional()
    .describe('Name of the JobSet; the default is made from the name of the config.'),
  namespace: dnsLabel(63).optional().describe('Namespace; the default is that of `kubectl`.'),
  claim: dnsLabel(63).describe(
    'PersistentVolumeClaim that keeps the run directory; only the hub mounts it.',
  ),
  folder: z
    .string()
    .regex(/^[\w.-]+(\/[\w.-]+)*$/, { error: 'must be a path below the root of the volume' })
    .refine((path) => !path.split('/').includes('..'), { error: 'may not leave the volume' })
    .optional()
    .describe(
      'Run directory below the root of that volume; the default is the name of the JobSet.',
    ),
  tokenSecret: dnsLabel(63)
    .optional()
    .describe("Secret whose key `token` is the run's token; the default is `<name>-token`."),
  tlsSecret: dnsLabel(63)
    .optional()
    .describe(
      'Secret with the files of `agon authority`; the default is `<name>-tls`. Not used with `hub.insecure`.',
    ),
  port: count(1, 65_535).default(7070).describe('Port of the hub.'),
  hub: z
    .strictObject({
      cpus: count(1, 4096).default(1).describe('Cores of the hub.'),
      memory: memory.optional().describe('Memory of the hub.'),
    })
    .prefault({})
    .describe('What the hub and the actors placed in it need.'),
  nodes: z
    .record(
      z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$/, {
        error: 'a label is letters, digits, `_` and `-`',
      }),
      nodes,
    )
    .default({})
    .describe('What each label of `placement: node:<label>` needs.'),
  restarts: count(0, 1_000_000)
    .default(10)
    .describe(
      'How often a pod that fails is replaced, and the whole JobSet begun again; evictions do not count.',
    ),
  graceSeconds: count(1, 86_400).default(120).describe('How long an evicted hub has for its cut.'),
  queue: dnsLabel(63).optional().describe("Kueue's local queue."),
})

export type K8sConfig = z.output<typeof k8s>
