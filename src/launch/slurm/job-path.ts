import { AgonError } from '../../core/errors.ts'

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
const UNWRITABLE = /["\\\u0000-\u001f\u007f]/

/**
 * A `#SBATCH` line takes a path in quotes, and has no way to write a quote, a backslash or an end of line.
 * @throws AgonError `slurm/path`
 */
export function checkJobPath(path: string): void {
  if (!UNWRITABLE.test(path)) return
  throw new AgonError(
    'slurm/path',
    'sbatch cannot be told of a path with a quote, a backslash or a control character',
    { place: path, remedy: 'give another --out' },
  )
}
