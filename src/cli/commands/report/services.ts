import type { ReportOptions } from '../../../views/report/write-report.ts'

/** What `agon report` asks of the rest of Agon. */
export interface ReportServices {
  /** @returns the path of the page */
  writeReport(dir: string, options: ReportOptions): Promise<string>
}

export const reportServices = (): ReportServices => ({
  writeReport: async (dir, options) =>
    (await import('../../../views/report/write-report.ts')).writeReport(dir, options),
})
