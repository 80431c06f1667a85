/** What a command shows: as text, and as plain data for `--json`. */
export interface Presented {
  readonly lines: readonly string[]
  readonly json: Readonly<Record<string, unknown>>
}
