import { AgonError } from './errors.ts'
import { nodeProblem } from './node-version.ts'

// Imported first by every entry of the library: on an old Node it ends the import before anything is done.

const problem = nodeProblem()
if (problem !== null) {
  const { code, message, ...details } = problem
  throw new AgonError(code, message, details)
}
