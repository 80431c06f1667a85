import { AgonError } from '../../core/errors.ts'

/** Numbers of one kind that an actor may report at a time: metrics of a cycle, timings, extras of an episode. */
const MOST = 1000
/** `snake_case`; a slot's own name may stand in it, with a capital or a `-`. */
const NAME = /^[A-Za-z][A-Za-z0-9_-]{0,99}$/

/**
 * What an actor reports under names of its own goes to files, tables and pages, so the names are plain and their number bounded.
 * @param what `metrics`, `timings`, for the error
 * @throws AgonError `metrics/name`, `metrics/count`
 */
export function checkNumbers(record: Readonly<Record<string, unknown>>, what: string): void {
  const names = Object.keys(record)
  if (names.length > MOST)
    throw new AgonError('metrics/count', `${names.length} numbers in ${what}, at most ${MOST}`)
  for (const name of names)
    if (!NAME.test(name))
      throw new AgonError(
        'metrics/name',
        `${JSON.stringify(shortened(name))} is no name in ${what}`,
        {
          remedy: 'name them in snake_case: letters, digits and _, at most 100 characters',
        },
      )
}

const shortened = (name: string): string => (name.length > 40 ? `${name.slice(0, 40)}…` : name)
