import { AgonError } from '../core/errors.ts'
import { NAME_PATTERN } from './config/config.schema.ts'

/** `<name>-20260102-030405-<id>`: the folder of a run that was given none. */
export function runFolder(name: string, created: string, id: string): string {
  const stamp = created.slice(0, 19).replace(/[-:]/g, '').replace('T', '-')
  return `${name}-${stamp}-${id}`
}

/**
 * A name from elsewhere is one folder and nothing more.
 * @throws AgonError `run/name`
 */
export function checkedRunName(name: string): string {
  if (NAME_PATTERN.test(name)) return name
  throw new AgonError('run/name', `${JSON.stringify(name)} cannot name a run`, {
    remedy:
      'use letters, digits, `.`, `_` and `-`, at most 100, starting with a letter or a digit: it is one folder among the runs',
  })
}
