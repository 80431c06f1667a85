/** One thing that `agon doctor` looked at. */
export interface Check {
  readonly name: string
  /** `absent`: not there, and no run needs it. */
  readonly state: 'good' | 'absent' | 'bad'
  /** For people. */
  readonly text: string
  /** The same for programs. */
  readonly facts: Readonly<Record<string, unknown>>
}
