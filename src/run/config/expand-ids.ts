import { isMapping, type Mapping } from './mapping.ts'

/** `env: maze` is short for `env: { id: maze }`. */
export function expandIds(config: Mapping): Mapping {
  const expand = (part: unknown): unknown => (typeof part === 'string' ? { id: part } : part)
  const each = (parts: unknown): unknown =>
    isMapping(parts)
      ? Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, expand(part)]))
      : parts
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => {
      if (key === 'students' || key === 'services') return [key, each(value)]
      return [key, ['env', 'adversary', 'student'].includes(key) ? expand(value) : value]
    }),
  )
}
