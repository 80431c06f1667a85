import { readFile } from 'node:fs/promises'
import { basename, dirname, extname, resolve } from 'node:path'
import { z } from 'zod'
import { fromUtf8 } from '../../core/bytes.ts'
import { NAME_PATTERN } from '../../run/config/config.schema.ts'
import { isMapping } from '../../run/config/mapping.ts'
import { type ConfigProblem, configError } from '../../run/config/problems.ts'
import { check } from '../../run/config/schema-problems.ts'
import { readYaml } from '../../run/config/yaml-source.ts'

/** What a sweep file asks for: every variant under every seed. */
export interface SweepPlan {
  readonly name: string
  /** As `--seeds` takes them; null leaves it to the command line. */
  readonly seeds: string | null
  readonly variants: readonly SweepVariant[]
}

/** One config of a sweep, with what is set in it. */
export interface SweepVariant {
  /** Name of its folder, and of its group in the comparison. */
  readonly label: string
  readonly config: string
  /** `key=value`, as `--set` takes them. */
  readonly set: readonly string[]
}

const MOST_VARIANTS = 1000

const overrides = z.record(z.string().min(1), z.unknown())
const path = z.string().min(1)
const schema = z.strictObject({
  sweep: z.strictObject({
    name: z.string().regex(NAME_PATTERN).optional(),
    config: path.optional(),
    seeds: z.union([z.string(), z.int().nonnegative()]).optional(),
    set: overrides.default({}),
    variants: z
      .record(
        z.string().regex(NAME_PATTERN),
        z.strictObject({ config: path.optional(), set: overrides.default({}) }),
      )
      .optional(),
    grid: z.record(z.string().min(1), z.array(z.unknown()).min(1)).default({}),
  }),
})
type Sweep = z.infer<typeof schema>['sweep']

/**
 * Reads a sweep file: YAML with the one key `sweep`. Paths in it start from its folder. Null where the file is none, but
 * perhaps a config.
 * @throws AgonError `config/invalid` with file, line and column of every problem
 */
export async function readSweepFile(file: string): Promise<SweepPlan | null> {
  const text = await readFile(file).then(fromUtf8, () => null)
  // What is wrong with such a file is said where configs are read.
  const source = text === null ? null : readYaml(text, file).source
  if (source === null || !isMapping(source.plain) || !Object.hasOwn(source.plain, 'sweep'))
    return null
  const checked = check(schema, source.plain, source.place)
  if (checked.value === undefined) throw configError(checked.problems, file)
  const { sweep } = checked.value
  const name = sweep.name ?? basename(file, extname(file))
  const problems: ConfigProblem[] = []
  const variants = variantsOf(sweep, file, (path, message) =>
    problems.push({ place: source.place(path), path: path.join('.'), message }),
  )
  if (problems.length > 0) throw configError(problems, file)
  return { name, seeds: sweep.seeds === undefined ? null : String(sweep.seeds), variants }
}

/** Every variant with every point of the grid. */
function variantsOf(
  sweep: Sweep,
  file: string,
  complain: (path: readonly string[], message: string) => void,
): SweepVariant[] {
  const points = pointsOf(sweep.grid)
  const listed = Object.entries(sweep.variants ?? {})
  const named: readonly (readonly [string, { config?: string; set: Record<string, unknown> }])[] =
    listed.length > 0 ? listed : [['', { set: {} }]]
  if (named.length * points.length > MOST_VARIANTS) {
    complain(['sweep'], `has ${named.length * points.length} variants, more than ${MOST_VARIANTS}`)
    return []
  }
  const variants = named.flatMap(([name, own]) => {
    const config = own.config ?? sweep.config
    if (config === undefined) {
      const where = name === '' ? ['sweep'] : ['sweep', 'variants', name]
      complain(where, 'needs a config, here or for the whole sweep')
      return []
    }
    return points.map((point): SweepVariant => {
      const label = labelOf(name, point, sweep.name ?? basename(file, extname(file)))
      const set = { name: label, ...sweep.set, ...own.set, ...point }
      return {
        label,
        config: resolve(dirname(file), config),
        set: Object.entries(set).map(([key, value]) => `${key}=${JSON.stringify(value)}`),
      }
    })
  })
  const labels = variants.map(({ label }) => label)
  const twice = labels.find((label, index) => labels.indexOf(label) !== index)
  if (twice !== undefined) complain(['sweep', 'grid'], `two of its points are called '${twice}'`)
  return variants
}

type Point = Readonly<Record<string, unknown>>

/** The product of the grid's lists, the last key fastest. */
const pointsOf = (grid: Readonly<Record<string, readonly unknown[]>>): readonly Point[] =>
  Object.entries(grid).reduce<readonly Point[]>(
    (points, [key, values]) =>
      points.flatMap((point) => values.map((value) => ({ ...point, [key]: value }))),
    [{}],
  )

/** `plr-learningRate-0.001`: letters, digits and what a folder's name may have. */
function labelOf(variant: string, point: Point, whole: string): string {
  const parts = Object.entries(point).map(
    ([key, value]) =>
      `${key.split('.').at(-1)}-${typeof value === 'string' ? value : JSON.stringify(value)}`,
  )
  const label = [...(variant === '' && parts.length > 0 ? [] : [variant || whole]), ...parts]
    .join('-')
    .replaceAll(/[^A-Za-z0-9._-]+/g, '_')
    .replace(/^[^A-Za-z0-9]+/, '')
  return label.slice(0, 100)
}
