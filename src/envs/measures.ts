import type { Measure } from './contract.ts'

const NAME = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/
const LONGEST = 60
const MOST = 32
/** Rows that every evaluation writes beside them. */
const TAKEN = ['solved_rate', 'mean_return']

/** Why an evaluation cannot give these, or null. */
export function measuresFault(measures: readonly Measure[]): string | null {
  if (measures.length > MOST) return `there are ${measures.length} measures, at most ${MOST}`
  const seen = new Set<unknown>(TAKEN)
  for (const { name, about, better, of, above } of measures) {
    if (typeof name !== 'string' || name.length > LONGEST || !NAME.test(name))
      return `a measure has the name ${JSON.stringify(name)?.slice(0, 2 * LONGEST)}: names are words of a-z and 0-9 joined by _, of at most ${LONGEST} characters`
    if (seen.has(name)) return `the name of the measure '${name}' is taken`
    seen.add(name)
    if (typeof about !== 'string') return `the measure '${name}' has no text \`about\``
    if (better !== 'higher' && better !== 'lower')
      return `the measure '${name}' is better neither 'higher' nor 'lower'`
    if (of !== 'return' && of !== 'length')
      return `the measure '${name}' is of neither 'return' nor 'length'`
    if (above !== undefined && !Number.isFinite(above))
      return `the measure '${name}' counts episodes above ${above}, which is no finite number`
  }
  return null
}
