import { AgonError, toErrorRecord } from '../core/errors.ts'

/** What ended a run that had begun. Its code is that of the cause; but something was started, and its cuts remain. */
export class RunError extends AgonError {
  constructor(cause: unknown) {
    const { code, message, ...details } = toErrorRecord(cause)
    super(code, message, { ...details, cause })
    this.name = 'RunError'
  }
}
