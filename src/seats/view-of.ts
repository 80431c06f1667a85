import { sameActions } from '../core/action-space.ts'
import { AgonError } from '../core/errors.ts'
import type { Tensor } from '../core/tensor.ts'
import type { Environment, EnvironmentSpec, View } from '../envs/contract.ts'
import type { ActBatch, PolicyCard } from '../inference/contract.ts'
import { checkSetting } from '../inference/policy-fit.ts'
import { seenBy } from '../inference/policy-graph.ts'

type WithViews = Pick<Environment<unknown>, 'spec' | 'views' | 'view'>

/** How a policy sees an environment that shows several profiles; undefined where it sees all of what the spec says. */
export function viewOf({ environment }: PolicyCard, { views, view }: WithViews): View | undefined {
  return views?.includes(environment.profile) ? view?.(environment.profile) : undefined
}

/**
 * Refuses a policy that an environment has no seat for: by its view, or by its spec.
 * @throws AgonError `policy/profile`, `policy/observations`, `policy/actions`
 */
export function checkSeatable(card: PolicyCard, environment: WithViews): void {
  const { spec, views } = environment
  const { id, profile } = card.environment
  const view = viewOf(card, environment)
  if (view !== undefined) checkSetting(card, settingOf(view, card, spec))
  else if (views === undefined || id !== spec.id || profile === spec.profile)
    checkSetting(card, spec)
  else
    throw new AgonError(
      'policy/profile',
      `the policy was trained for ${id} with profile ${profile}, this shows ${views.join(', ')}: refused, not transposed`,
      {
        remedy: `show ${profile} too, or choose another policy`,
        fields: { trained: card.environment, needed: { id, profile: views.join(', ') } },
      },
    )
}

function settingOf(view: View, { environment, actions }: PolicyCard, spec: EnvironmentSpec) {
  return {
    id: spec.id,
    profile: environment.profile,
    observations: Object.fromEntries(
      Object.entries(view.observations).map(([own, name]) => [own, spec.observations[name]]),
    ),
    actions: view.actions.find((known) => sameActions(known, actions)) ?? view.actions[0],
  }
}

/** What an environment shows, as a policy takes it. */
export function seenThrough(
  view: View | undefined,
  card: PolicyCard,
  shown: Readonly<Record<string, Tensor>>,
): Pick<ActBatch, 'observations' | 'mask'> {
  if (view === undefined) return seenBy(card, shown)
  const own = Object.entries(view.observations).map(([own, name]) => [own, shown[name]])
  return seenBy(card, Object.fromEntries(own))
}
