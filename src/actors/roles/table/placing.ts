import type { ActorName } from '../names.ts'

/** A part of a config, as far as the cast has to know it. */
interface WrittenPart {
  readonly id: string
}

/** Who takes part, as a config has it: by slot and by name. */
export interface WrittenCast {
  readonly adversary: WrittenPart
  readonly students: Readonly<Record<string, WrittenPart>>
  readonly services?: Readonly<Record<string, WrittenPart>>
}

/** What a config says of a role, and under which key: what can be known of it without its machine. */
export interface Placing {
  /** Under `placement`. */
  readonly key: string
  /** The sentence of that key. */
  readonly about: string
  /** What each of several is told apart by; absent where the role has one actor. */
  readonly by?: 'slot' | 'service'
  /** Whether every resolved config has the key; else only one that was given it. */
  readonly always: boolean
  /** Its actors of a config: by place, null where there is one, with the parts that they are made of, where they have any. */
  parts(cast: Partial<WrittenCast>): readonly (readonly [string | null, WrittenPart | null])[]
  /** One of them, in a sentence. */
  called(place: string | null): string
}

const named = (
  parts: Readonly<Record<string, WrittenPart>> = {},
): readonly (readonly [string, WrittenPart])[] => Object.entries(parts)

/** In the order in which configs are written out. */
export const PLACING = {
  adversary: {
    key: 'adversary',
    about:
      "Where the adversary's actor runs: `local` (the hub's thread), `thread`, `process`, `node:<label>` (a node that joined with that label) or `attach` (an outsider, who is waited for).",
    always: true,
    parts: ({ adversary = null }) => [[null, adversary]],
    called: () => 'the adversary',
  },
  student: {
    key: 'student',
    about:
      "Where each student's actor runs, for all of them or as a mapping by slot; a learner of Agon has threads of its own either way.",
    by: 'slot',
    always: true,
    parts: ({ students }) => named(students),
    called: (slot) => `the student in slot '${slot}'`,
  },
  evaluator: {
    key: 'evaluator',
    about: "Where the evaluator's actor runs.",
    always: true,
    parts: () => [[null, null]],
    called: () => 'the evaluator',
  },
  service: {
    key: 'services',
    about:
      "Where each service's actor runs, for all of them or as a mapping by name; the default is `local`.",
    by: 'service',
    always: false,
    parts: ({ services }) => named(services),
    called: (name) => `the service '${name}'`,
  },
} as const satisfies Readonly<Record<string, Placing>>

/** Every role that there is. */
export type RoleName = keyof typeof PLACING

export const ROLE_NAMES = Object.keys(PLACING) as readonly RoleName[]

const rows: Readonly<Record<string, Placing>> = PLACING
export const placingOf = (role: string): Placing => rows[role]

/** Every actor of a config. */
export const namedCast = (cast: Partial<WrittenCast>): readonly ActorName[] =>
  ROLE_NAMES.flatMap((role) =>
    placingOf(role)
      .parts(cast)
      .map(([place]) => ({ role, place })),
  )
