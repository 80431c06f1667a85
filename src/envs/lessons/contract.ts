/** Something to be learnt by heart or by rule: what is asked, and what is right. */
export interface Lesson {
  readonly prompt: string
  readonly answer: string
}

export type Operation = 'addition' | 'subtraction' | 'multiplication'
export type Form = 'digits' | 'words' | 'story'

/** Problems that are alike. */
export interface ProblemKind {
  readonly operation: Operation
  readonly form: Form
  /** Of the longest number. */
  readonly digits: number
  /** How often something is added, taken away or multiplied. */
  readonly steps: number
}
