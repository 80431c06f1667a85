import { type ZodType, z } from 'zod'
import { isMapping, type Mapping } from './mapping.ts'

/** One key of a schema, as `--help` and `docs/config.md` show it. */
export interface OptionRow {
  /** Dotted; `students.<slot>` where any name is taken. */
  readonly path: string
  /** `integer`, `number`, `boolean`, `text`, `list of integer`, `one of`, `mapping`. */
  readonly type: string
  /** Absent where the key has no fixed default. */
  readonly default?: unknown
  /** Values or bounds, `1 … 64`; empty where the type says it all. */
  readonly allowed: string
  readonly description: string
}

const cache = new WeakMap<ZodType, Mapping>()

/** The shape of a zod schema's *input* as JSON Schema: defaults filled in are not required, transforms are seen through. */
export function inputShape(schema: ZodType): Mapping {
  const known = cache.get(schema)
  if (known !== undefined) return known
  const shape: unknown = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    reused: 'inline',
    cycles: 'ref',
  })
  const mapping = isMapping(shape) ? shape : {}
  cache.set(schema, mapping)
  return mapping
}

/** The rows of every leaf and every described mapping of `schema`, in the order of the schema. */
export function describeOptions(schema: ZodType, prefix = ''): readonly OptionRow[] {
  const rows: OptionRow[] = []
  walk(inputShape(schema), prefix, rows, [])
  return rows
}

/** `parents` carries the defaults of the mappings above: `prefault({ a: 1 })` is also the default of `a`. */
function walk(shape: Mapping, path: string, rows: OptionRow[], parents: readonly unknown[]): void {
  const { properties, additionalProperties } = shape
  const last = parents.at(-1)
  for (const [key, child] of Object.entries(isMapping(properties) ? properties : {})) {
    if (!isMapping(child)) continue
    const own = isMapping(last) && Object.hasOwn(last, key) ? last[key] : child.default
    const at = path === '' ? key : `${path}.${key}`
    const nested = isMapping(child.properties) && Object.keys(child.properties).length > 0
    if (!nested || typeof child.description === 'string') rows.push(row(child, at, own, nested))
    walk(child, at, rows, [...parents, own])
  }
  if (isMapping(additionalProperties) && isMapping(additionalProperties.properties))
    walk(additionalProperties, `${path}.<name>`, rows, [])
}

function row(shape: Mapping, path: string, value: unknown, nested: boolean): OptionRow {
  return {
    path,
    type: nested ? 'mapping' : typeName(shape),
    ...(value === undefined || nested ? {} : { default: value }),
    allowed: nested ? '' : allowedText(shape),
    description: typeof shape.description === 'string' ? shape.description : '',
  }
}

const TYPE_NAMES: Readonly<Record<string, string>> = { string: 'text', object: 'mapping' }

function typeName(shape: Mapping): string {
  const options = alternatives(shape)
  if (options !== null) return [...new Set(options.map(typeName))].join(' or ')
  if (allowedValues(shape) !== null) return 'one of'
  if (shape.type === 'array')
    return `list of ${isMapping(shape.items) ? typeName(shape.items) : 'any'}`
  const type = typeof shape.type === 'string' ? shape.type : 'any'
  return TYPE_NAMES[type] ?? type
}

const alternatives = (shape: Mapping): readonly Mapping[] | null => {
  if (Array.isArray(shape.type)) return shape.type.map((type) => ({ type }))
  const list = shape.anyOf ?? shape.oneOf
  return Array.isArray(list) ? list.filter(isMapping) : null
}

/** The listed values of an enum or literal, or null. */
export function allowedValues(shape: Mapping): readonly string[] | null {
  if (Array.isArray(shape.enum)) return shape.enum.map(String)
  if (Object.hasOwn(shape, 'const')) return [String(shape.const)]
  return null
}

function allowedText(shape: Mapping): string {
  const options = alternatives(shape)
  if (options !== null)
    return options
      .map(allowedText)
      .filter((text) => text !== '')
      .join(' or ')
  const values = allowedValues(shape)
  if (values !== null) return values.join(', ')
  if (shape.type === 'array' && isMapping(shape.items)) return allowedText(shape.items)
  return boundsText(shape)
}

function boundsText({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Mapping): string {
  // Integers carry the safe-integer range, which says nothing to a reader.
  const told = (bound: unknown): bound is number =>
    typeof bound === 'number' && Math.abs(bound) < Number.MAX_SAFE_INTEGER
  const low = told(minimum) ? `≥ ${minimum}` : told(exclusiveMinimum) ? `> ${exclusiveMinimum}` : ''
  const high = told(maximum)
    ? `≤ ${maximum}`
    : told(exclusiveMaximum)
      ? `< ${exclusiveMaximum}`
      : ''
  if (told(minimum) && told(maximum)) return `${minimum} … ${maximum}`
  return [low, high].filter((text) => text !== '').join(', ')
}
