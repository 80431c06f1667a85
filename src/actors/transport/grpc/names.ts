import { AgonError } from '../../../core/errors.ts'

const LONGEST_NAME = 200

/**
 * What others call themselves goes to journals and terminals, so it is short and has no character that a terminal obeys.
 * @throws AgonError `wire/hello`
 */
export function checkName(value: string, what: string): void {
  if (value.length > LONGEST_NAME)
    throw new AgonError('wire/hello', `the ${what} has more than ${LONGEST_NAME} characters`)
  if (/\p{Cc}/u.test(value))
    throw new AgonError('wire/hello', `the ${what} has a control character`, {
      remedy: 'use printable characters',
    })
}
