import type { Place } from './place.ts'

/** An expression: constants, names, the builder's answers, and arithmetic on them. */
export type Expression = Place &
  (
    | { readonly kind: 'constant'; readonly value: number | boolean | string | null }
    /** `Team.e_Left`, `first_team`. */
    | { readonly kind: 'name'; readonly path: readonly string[] }
    | { readonly kind: 'call'; readonly path: readonly string[]; readonly arguments: Arguments }
    | { readonly kind: 'unary'; readonly operator: string; readonly of: Expression }
    | {
        readonly kind: 'binary'
        readonly operator: string
        readonly left: Expression
        readonly right: Expression
      }
    | {
        readonly kind: 'choice'
        readonly condition: Expression
        readonly then: Expression
        readonly otherwise: Expression
      }
  )

export interface Arguments {
  readonly positional: readonly Expression[]
  readonly named: ReadonlyMap<string, Expression>
}

export type Statement = Place &
  (
    | { readonly kind: 'call'; readonly call: Extract<Expression, { kind: 'call' }> }
    | { readonly kind: 'assign'; readonly name: string; readonly value: Expression }
    /** `builder.config().field = value` */
    | { readonly kind: 'configure'; readonly field: string; readonly value: Expression }
    | {
        readonly kind: 'if'
        readonly condition: Expression
        readonly then: readonly Statement[]
        readonly otherwise: readonly Statement[]
      }
  )

export interface ScenarioFile {
  /** What the function calls its argument: `builder`. */
  readonly builder: string
  /** Constants above the function, then its body. */
  readonly statements: readonly Statement[]
}
