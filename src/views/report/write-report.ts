import { join } from 'node:path'
import { AgonError } from '../../core/errors.ts'
import { replaceFile } from '../../run/durable-file.ts'
import { buildReport } from './build-report.ts'
import { loadReportData } from './load-report-data.ts'

export const REPORT_FILE = 'report.html'

/**
 * Writes `<dir>/report.html` whole or not at all, and returns its path.
 * @param random directory of a run whose attempts are set beside those of a search
 * @throws AgonError `run/not-a-run`, `run/unwritable`
 */
export async function writeReport(dir: string, random?: string): Promise<string> {
  const page = buildReport(await loadReportData(dir, random))
  const path = join(dir, REPORT_FILE)
  try {
    replaceFile(path, page)
  } catch (cause) {
    throw new AgonError('run/unwritable', 'the report cannot be written', {
      place: path,
      remedy: 'see that the directory may be written to and the disk has room',
      cause,
    })
  }
  return path
}
