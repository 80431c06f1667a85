import { z } from 'zod'
import { DEVICE_FORM, DEVICE_PATTERN, type Device } from '../../inference/device.ts'
import type { RunConfig } from '../contract.ts'
import { ANSWER_SECONDS } from './answer-seconds.ts'
import { budget } from './budget.schema.ts'
import { hub } from './hub.schema.ts'
import { k8s } from './k8s.schema.ts'
import { count, part, studentSlots } from './parts.schema.ts'
import { type PlacementInput, placementSchema } from './placement.schema.ts'
import { policiesSchema, seatingSchema } from './policies.schema.ts'
import { limits, serviceName } from './services.schema.ts'
import { slurm } from './slurm.schema.ts'
import { stages } from './stages.schema.ts'

/**
 * The top level of a config file. Every key's sentence also feeds `--help` and `docs/config.md`. A part (`env`,
 * `adversary`, a student) is a mapping with an `id`; its other keys are checked by the part's own options.
 */

/** Threads; `auto` is settled by the machine when the config is read. */
const workers = z.union([count(1, 256), z.literal('auto')])

const UINT32 = 4_294_967_295
const seed = z.int().min(0).max(UINT32)

/** Names become folder names, so they are kept to what every file system takes. */
export const NAME_PATTERN = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/
const suite = z.string().min(1).max(1000)

const evaluation = z.strictObject({
  suite: suite
    .optional()
    .describe(
      'What is measured: suites of the environment and `random:<n>`, joined with `+`; the default is `random:100`.',
    ),
  episodes: count(1, 10_000).default(1).describe('Episodes per level while training goes on.'),
  every: count(0)
    .default(250)
    .describe('Gradient updates between two evaluations; 0 measures only when the run ends.'),
  final: z
    .strictObject({
      suite: suite
        .optional()
        .describe(
          'What the untrained and the trained student are measured on when the run ends; the default is `evaluation.suite`.',
        ),
      episodes: count(1, 10_000)
        .optional()
        .describe('Episodes per level of that measurement; the default is `evaluation.episodes`.'),
    })
    .prefault({})
    .describe(
      'The measurement of the untrained and of the trained student, with recordings for the report.',
    ),
  env: z
    .record(z.string(), z.unknown())
    .optional()
    .describe(
      'Options of the environment that differ while measuring, such as `{ nWalls: 60 }` where training starts from empty rooms.',
    ),
  seating: seatingSchema
    .optional()
    .describe('Who sits in which seat while measuring; the default is `seating`.'),
  seed: seed
    .default(0)
    .describe('Seed of the evaluation alone: which held-out levels, and the sampled actions.'),
  workers: workers
    .default('auto')
    .describe(
      'Threads that measure, or `auto`: the cores that learning leaves, at most 8; never changes a result.',
    ),
  device: (
    z.string().regex(DEVICE_PATTERN, { error: `must be ${DEVICE_FORM}` }) as z.ZodType<
      Device,
      string
    >
  )
    .default('cpu')
    .describe(
      'Where policies are measured: `cpu`, `cuda`, `cuda:<n>`, or `auto`, which times both when the run begins and keeps what it chose.',
    ),
})

export const configSchema = z.strictObject({
  name: z
    .string()
    .regex(NAME_PATTERN, {
      error: 'must be letters, digits, `.`, `_` and `-`, at most 100, not starting with a sign',
    })
    .default('experiment')
    .describe('Names the run directory; the default is the name of the config file.'),
  seed: seed.default(0).describe('Everything random in the run follows from it.'),
  env: part.describe('The environment: its id and its options.'),
  adversary: part.describe('Who proposes the levels: its id and its options.'),
  student: part
    .optional()
    .describe('The one student (slot `agent`): its id and its options; the default is `ppo`.'),
  students: studentSlots
    .optional()
    .describe('Several students, slot name → student, instead of `student`.'),
  services: z
    .record(serviceName, part.extend({ limits: limits.prefault({}) }))
    .refine((named) => Object.keys(named).length <= 64, { error: 'must name at most 64' })
    .optional()
    .describe(
      'Whom the adversary and the students may ask, service name → its id, its options and its `limits`.',
    ),
  graders: z
    .array(serviceName)
    .max(64)
    .refine((names) => new Set(names).size === names.length, { error: 'must name each once' })
    .optional()
    .describe(
      'Services that turn artefacts into statistics before the adversary sees an outcome; nobody else may ask them.',
    ),
  policies: policiesSchema
    .optional()
    .describe('Policies by name, for seats and for frozen students: name → where it comes from.'),
  seating: seatingSchema
    .optional()
    .describe(
      'Who sits in which seat of the environment: seat → name of a policy, in every task that says nothing else and in evaluations. Seats that are not named are the students’.',
    ),
  evaluation: evaluation.prefault({}).describe('Measurements on levels that no adversary sees.'),
  budget: budget.describe(
    'When the run is done, in exactly one unit, always at the end of a cycle; cycles, gradient updates and environment steps are counted all the same.',
  ),
  cuts: z
    .strictObject({
      every: count()
        .default(100)
        .describe('Cycles between two cuts (snapshots from which a run goes on).'),
      keep: count(1, 10_000).default(2).describe('How many of the newest cuts stay on disk.'),
    })
    .prefault({})
    .describe('Snapshots of every stateful actor.'),
  workers: workers
    .default('auto')
    .describe(
      "Threads that share one student's work, or `auto`: one for each of its shards where there are cores; never changes a bit of the result.",
    ),
  placement: placementSchema as z.ZodType<RunConfig['placement'], PlacementInput>,
  supervision: z
    .strictObject({
      restarts: count(0, 1_000_000)
        .default(5)
        .describe(
          'How many restarts of lost actors are taken within the window, and, without a clock, in a row in which no cycle was completed that had not been before; then the run stops with the first error.',
        ),
      windowSeconds: z
        .number()
        .positive()
        .max(1_000_000_000)
        .default(60)
        .describe('Length of that window, in seconds.'),
      answerSeconds: z
        .number()
        .positive()
        .max(1_000_000)
        .default(ANSWER_SECONDS)
        .describe(
          'Seconds after which an actor that is there and does not answer counts as lost: in one part of a cycle, a cut or a measurement.',
        ),
    })
    .prefault({})
    .describe('What is done when an actor dies.'),
  hub: hub
    .prefault({})
    .describe('How others reach the run while it goes on; never changes a result.'),
  slurm: slurm
    .optional()
    .describe('What `agon run --on slurm` asks the cluster for; never changes a result.'),
  k8s: k8s
    .optional()
    .describe('What `agon run --on k8s` writes manifests from; never changes a result.'),
  stages: stages
    .optional()
    .describe(
      'Parts of the run that come one after another, each with its own cast and budget; what one leaves out is that of the top level.',
    ),
  tensorboard: z.boolean().default(true).describe('Whether TensorBoard event files are written.'),
  levelLog: z
    .boolean()
    .optional()
    .describe(
      'Whether `levels.jsonl` is written, from which `agon levels` tells what each update was trained on; the default is true.',
    ),
})

/** What `run(config)` takes: the keys of a config file, with a plain id allowed for a part. */
type PartInput = string | { readonly id: string; readonly [option: string]: unknown }
type Keys = Omit<
  z.input<typeof configSchema>,
  'env' | 'adversary' | 'student' | 'students' | 'services'
>
interface Cast {
  readonly env: PartInput
  readonly adversary: PartInput
  readonly student?: PartInput
  readonly students?: Readonly<Record<string, PartInput>>
  readonly services?: Readonly<Record<string, PartInput>>
}
type StageKeys = Omit<NonNullable<Keys['stages']>[number], keyof Cast>
export type ConfigInput =
  | (Omit<Keys, 'stages'> & Cast)
  | (Partial<Omit<Keys, 'stages'>> &
      Partial<Cast> & { readonly stages: readonly (StageKeys & Partial<Cast>)[] })

/** The checked top level, before its parts are looked up. */
export type TopLevel = z.output<typeof configSchema>
