import { z } from 'zod'

/**
 * The `slurm:` section: what `agon run --on slurm` asks for. Every value ends up in a line of a shell script or of
 * `#SBATCH`, so each is kept to what its kind can need; the script quotes them all the same.
 */

const word = (what: string): z.ZodString =>
  z.string().regex(/^[A-Za-z0-9_.,:@+/-]{1,200}$/, { error: `must be ${what}` })

const count = (low: number, high: number): z.ZodInt => z.int().min(low).max(high)

/** A line of the script: nothing that begins another one. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
const oneLine = /^[^\u0000-\u001f\u007f\u2028\u2029]+$/

const memory = z
  .string()
  .regex(/^[1-9]\d{0,8}[KMGT]?$/, { error: 'must be a size such as 8G; without a letter, MiB' })

const constraint = z.string().regex(/^[\w.,:&|*()[\]@+-]{1,500}$/, {
  error: 'must be a feature expression such as a100&nvlink or [rack1|rack2]',
})

/** A union tells its own sentence only where no branch comes close, so the branch has it too. */
const numberOrForm = (most: number, form: RegExp, error: string) =>
  z.union([count(1, most), z.string().regex(form, { error })], { error })

const gpus = numberOrForm(
  1024,
  /^[A-Za-z0-9_.-]{1,100}:[1-9]\d{0,3}$/,
  'must be a number, or kind:number such as a100:2',
)

const time = numberOrForm(
  10_000_000,
  /^(\d{1,5}-)?\d{1,7}(:\d{1,2}){0,2}$/,
  'must be minutes such as 90, hours:minutes:seconds such as 12:00:00, or days-hours such as 2-00; for no limit but that of the partition, leave the key out',
)

/** What the script decides itself; setting it again would break the run. */
const OWN_OPTIONS =
  /^--(array|batch|chdir|cpus-per-task|error|export|gres|hint|hold|input|job-name|kill-on-invalid-dep|mem|no-kill|no-requeue|nodes|ntasks.*|open-mode|output|parsable|requeue|signal|test-only|time|wait|wrap)(=|$)/

const options = z
  .array(
    z
      .string()
      .max(500)
      .regex(/^--[a-z][a-z0-9-]*(=[^"'`$#\\]+)?$/, {
        error: 'must be one long option of sbatch, such as --nice=100, without quotes',
      })
      .regex(oneLine, { error: 'must be one line' })
      .refine((option) => !OWN_OPTIONS.test(option), {
        error: 'is an option that Agon sets; see the keys of slurm',
      }),
  )
  .max(100)

const place = {
  cpus: count(1, 4096).default(1),
  memory: memory.optional(),
  partition: word('a partition').optional(),
  constraint: constraint.optional(),
}

const LABEL = /^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$/

const nodes = z.strictObject({
  count: count(1, 10_000)
    .default(1)
    .describe('Nodes of this label, each an `agon node` on a host of its own.'),
  cpus: place.cpus.describe('Cores of each.'),
  memory: place.memory.describe("Memory of each, such as `16G`; the default is the partition's."),
  gpus: gpus.optional().describe('GPUs of each: a number, or `kind:number`.'),
  places: count(1, 1000)
    .optional()
    .describe(
      'Actors that each takes at a time; the default is all that are placed at the label, so that one node can take over from another.',
    ),
  partition: place.partition.describe('Partition, where it is another than `slurm.partition`.'),
  constraint: place.constraint.describe(
    'Features of the hosts, where they are others than `slurm.constraint`.',
  ),
})

const hub = z.strictObject({
  cpus: place.cpus.describe('Cores of the hub.'),
  memory: place.memory.describe("Memory of the hub; the default is the partition's."),
  partition: place.partition.describe("Partition of the hub's host."),
  constraint: place.constraint.describe("Features of the hub's host."),
})

export const slurm = z.strictObject({
  nodes: z
    .record(z.string().regex(LABEL, { error: 'a label is letters, digits, `_` and `-`' }), nodes)
    .default({})
    .describe(
      'What each label of `placement: node:<label>` needs. Labels that no actor is placed at are not asked for.',
    ),
  hub: hub
    .optional()
    .describe(
      'A host for the hub and the actors placed in it; without it they share the first host of the first of `nodes`.',
    ),
  partition: word('a partition').optional().describe("Partition; the default is the cluster's."),
  account: word('an account').optional().describe('Account to charge.'),
  qos: word('a quality of service').optional().describe('Quality of service.'),
  constraint: constraint.optional().describe('Features that every host must have.'),
  time: time
    .optional()
    .describe(
      "Limit of one allocation: minutes, `hours:minutes:seconds` or `days-hours`; the default is the partition's.",
    ),
  signalSeconds: count(10, 65_000)
    .default(120)
    .describe('How long before that limit the run is told to make a cut and stop.'),
  requeue: z
    .boolean()
    .default(true)
    .describe(
      'Whether the job goes back into the queue after its time limit, a preemption or the loss of a host, and goes on from the newest cut.',
    ),
  restarts: count(0, 1_000_000)
    .default(10)
    .describe(
      'How often a node that ends too early is started again on its host; ten good minutes forget it.',
    ),
  options: options
    .default([])
    .describe('More options of sbatch for the whole job, such as `--nice=100`.'),
  command: z
    .array(z.string().min(1).max(4096).regex(oneLine, { error: 'must be one line' }))
    .min(1)
    .optional()
    .describe(
      'Words of the command that is Agon on the hosts, such as `[apptainer, exec, agon.sif, agon]`; the default is the program that submits, under the same path.',
    ),
  setup: z
    .array(z.string().max(2000).regex(oneLine, { error: 'must be one line' }))
    .max(100)
    .default([])
    .describe('Lines of shell that run first, as they stand, such as `module load nodejs/22`.'),
})

export type SlurmConfig = z.output<typeof slurm>
