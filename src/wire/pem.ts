import { readFileSync } from 'node:fs'
import { AgonError } from '../core/errors.ts'

/** @throws AgonError `wire/certificate` where the file cannot be read or is no PEM */
export function readPem(path: string, what: 'certificate' | 'key' | 'authority'): string {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (cause) {
    throw new AgonError(
      'wire/certificate',
      `the ${what} cannot be read: ${(cause as Error).message}`,
      {
        place: path,
        cause,
      },
    )
  }
  if (/-----BEGIN [A-Z ]*-----/.test(text)) return text
  throw new AgonError('wire/certificate', `the ${what} is no PEM file`, {
    place: path,
    remedy: 'give a file that begins with -----BEGIN',
  })
}
