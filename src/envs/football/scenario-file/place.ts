import { AgonError } from '../../../core/errors.ts'

/** Where something stands in the file, both from 1. */
export interface Place {
  readonly line: number
  readonly column: number
}

const KNOWN = 'docs/environments/football.md#scenario-files says what is read of a scenario file'

/** What is wrong with a scenario file; whoever knows its name puts it before the place. */
export function scenarioError(message: string, { line, column }: Place, remedy = KNOWN): AgonError {
  return new AgonError('level/scenario', message, { place: `${line}:${column}`, remedy })
}
