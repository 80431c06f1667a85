import { join } from 'node:path'
import { AgonError } from '../../core/errors.ts'
import { replaceFile } from '../../run/durable-file.ts'
import { buildReport } from './build-report.ts'
import { loadReportData } from './load-report-data.ts'
import type { ReportData } from './report-data.ts'
import { mapSvg } from './search/map-svg.ts'

export const REPORT_FILE = 'report.html'

export interface ReportOptions {
  /** Directory of a run whose attempts are set beside those of a search. */
  readonly random?: string
  /** Where the map of the last search is written, as an SVG of its own. */
  readonly map?: string
}

/**
 * Writes `<dir>/report.html` whole or not at all, and returns its path.
 * @throws AgonError `run/not-a-run`, `run/unwritable`, `stress/no-history` for a map of a run that searched nothing
 */
export async function writeReport(
  dir: string,
  { random, map }: ReportOptions = {},
): Promise<string> {
  const data = await loadReportData(dir, random)
  if (map !== undefined) write(map, mapOf(dir, data))
  const path = join(dir, REPORT_FILE)
  write(path, buildReport(data))
  return path
}

function mapOf(dir: string, { searches = [] }: ReportData): string {
  const search = searches.at(-1)
  if (search !== undefined) return mapSvg(search)
  throw new AgonError('stress/no-history', 'the run has no search to draw a map of', {
    place: dir,
    remedy: 'name a run whose adversary keeps a grid of elites, such as one of `agon stress`',
  })
}

function write(path: string, text: string): void {
  try {
    replaceFile(path, text)
  } catch (cause) {
    throw new AgonError('run/unwritable', 'the report cannot be written', {
      place: path,
      remedy: 'see that the directory may be written to and the disk has room',
      cause,
    })
  }
}
