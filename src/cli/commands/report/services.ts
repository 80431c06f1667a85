/** What `agon report` asks of the rest of Agon. */
export interface ReportServices {
  /** @returns the path of the page */
  writeReport(dir: string): Promise<string>
}

export const reportServices = (): ReportServices => ({
  writeReport: async (dir) =>
    (await import('../../../views/report/write-report.ts')).writeReport(dir),
})
