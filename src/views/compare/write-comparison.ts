import { AgonError } from '../../core/errors.ts'
import { systemRemedy } from '../../core/system-errors.ts'
import { replaceFile } from '../../run/durable-file.ts'

/**
 * Writes a comparison's page or CSV over what stands there.
 * @throws AgonError `compare/unwritable`
 */
export function writeComparison(path: string, text: string): void {
  try {
    replaceFile(path, text)
  } catch (cause) {
    const system = (cause as Error).cause ?? cause
    throw new AgonError(
      'compare/unwritable',
      `this file cannot be written: ${(system as Error).message}`,
      {
        place: path,
        remedy: systemRemedy(system) ?? 'name a file in a folder that exists',
        cause,
      },
    )
  }
}
