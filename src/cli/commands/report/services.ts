/** What `agon report` asks of the rest of Agon. */
export interface ReportServices {
  /**
   * @param random directory of a run whose attempts are set beside those of a search
   * @returns the path of the page
   */
  writeReport(dir: string, random?: string): Promise<string>
}

export const reportServices = (): ReportServices => ({
  writeReport: async (dir, random) =>
    (await import('../../../views/report/write-report.ts')).writeReport(dir, random),
})
