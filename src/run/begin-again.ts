import { join } from 'node:path'

/** What is left to do for a run that cannot go on because `what` is lost. */
export const beginAgain = (run: string, what: string): string =>
  `put back a copy of ${what}, or begin again in a new directory: agon run ${join(run, 'config.yaml')}`
