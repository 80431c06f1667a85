import { readFileSync } from 'node:fs'
import { AgonError } from '../../core/errors.ts'
import { withFile } from '../../core/system-errors.ts'
import { type Comparison, compareArchives, compareRetests } from './compare-archives.ts'
import { parseFormat } from './parse-format.ts'
import { readArchive } from './read-archive.ts'
import type { RetestFile } from './retest-contract.ts'

const isRetest = (path: string): boolean => /\.json$/i.test(path)

/**
 * @param first a directory of a stress test, or the file of a retest; `second` likewise
 * @throws AgonError `stress/no-archive`, `stress/different`, `stress/no-retest`, `run/damaged`
 */
export function compareStress(first: string, second: string): Comparison {
  if (isRetest(first) !== isRetest(second))
    throw new AgonError('stress/different', 'one is a retest, the other is none', {
      remedy: 'give two stress tests, or two retests of one archive',
    })
  return isRetest(first)
    ? compareRetests(readRetest(first), readRetest(second))
    : compareArchives(readArchive(first), readArchive(second))
}

function readRetest(path: string): RetestFile {
  const text = withFile(path, () => readFileSync(path, 'utf8'))
  const file = parseFormat<RetestFile>(text, 'levels')
  if (file !== null) return file
  throw new AgonError('stress/no-retest', 'this is no file of a retest', {
    place: path,
    remedy: '`agon stress retest DIR POLICY` writes DIR/retest-<policy>.json',
  })
}
