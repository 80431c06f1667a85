import { type ActionSpec, actionSpecFault } from '../../core/action-space.ts'
import type { agon } from '../../wire/index.ts'
import { checkName, count, MOST, type Refuse } from './description-law.ts'

/** Actions as messages have them. */

export function encodeActions(spec: ActionSpec): agon.v1.ActionSpec.$Properties {
  const names = [...(spec.names ?? [])]
  if (spec.kind === 'discrete') return { count: spec.count, names }
  if (spec.kind === 'multi-discrete') return { counts: [...spec.counts], names }
  return { box: { low: [...spec.low], high: [...spec.high] }, names }
}

export function decodeActions(
  message: agon.v1.ActionSpec.$Properties | null | undefined,
  refuse: Refuse,
): ActionSpec {
  const { counts, box, names: given } = message ?? {}
  const names = given ?? []
  const kinds = [message?.count, counts?.length, box].filter(Boolean)
  if (kinds.length > 1) throw refuse('has more than one kind of actions')
  const named = (due: number): { readonly names?: readonly string[] } => {
    if (names.length !== 0 && names.length !== due)
      throw refuse(`names ${names.length} of ${due} actions`)
    for (const name of names) checkName('an action', name, refuse)
    return names.length === 0 ? {} : { names }
  }
  if (box != null) return decodeBox(box, named, refuse)
  if (!counts?.length) {
    const choices = count(message?.count, 'actions', MOST.choices, refuse)
    return { kind: 'discrete', count: choices, ...named(choices) }
  }
  count(counts.length, 'components of actions', MOST.components, refuse)
  for (const [i, choices] of counts.entries())
    count(choices, `choices of component ${i}`, MOST.choices, refuse)
  return { kind: 'multi-discrete', counts, ...named(counts.length) }
}

function decodeBox(
  { low = [], high = [] }: agon.v1.ActionBox.$Properties,
  named: (due: number) => { readonly names?: readonly string[] },
  refuse: Refuse,
): ActionSpec {
  const width = count(low?.length, 'numbers of an action', MOST.components, refuse)
  const spec = { kind: 'box', shape: [width], low: low ?? [], high: high ?? [] } as const
  const fault = actionSpecFault(spec)
  if (fault !== null) throw refuse(`has actions whose ${fault}`)
  return { ...spec, ...named(width) }
}
