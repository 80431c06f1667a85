import {
  type ActionSpec,
  actionDType,
  actionShape,
  describeActions,
  parameterWidth,
  sameActions,
} from '../core/action-space.ts'
import { AgonError } from '../core/errors.ts'
import type { DType, TensorSpec } from '../core/tensor.ts'
import { describeValue, describeValues, type ValueInfo } from './binding.ts'
import type { PolicyCard } from './contract.ts'
import { graphName } from './policy-graph.ts'
import type { Session } from './session-contract.ts'

/** What a policy meets: the part of an environment's spec that it depends on. */
export interface PolicySetting {
  readonly id: string
  readonly profile: string
  readonly observations: Readonly<Record<string, TensorSpec>>
  readonly actions: ActionSpec
}

/**
 * Refuses a policy that was trained on something else: nothing is transposed, padded or renamed to make it fit. An
 * environment that says which actions are allowed shows them as its observation `mask`.
 * @throws AgonError `policy/profile`, `policy/observations`, `policy/actions`
 */
export function checkSetting(card: PolicyCard, setting: PolicySetting): void {
  const { id, profile } = card.environment
  if (id !== setting.id || profile !== setting.profile)
    throw new AgonError(
      'policy/profile',
      `the policy was trained for ${id} with profile ${profile}, this needs ${setting.id} with profile ` +
        `${setting.profile}: refused, not transposed`,
      {
        remedy:
          id === setting.id
            ? `choose profile ${profile} or another policy`
            : `use a policy trained on ${setting.id}`,
        fields: { trained: card.environment, needed: { id: setting.id, profile: setting.profile } },
      },
    )
  const trained = describeSpecs({
    ...card.observations,
    ...(card.mask === true
      ? { mask: { dtype: 'float32', shape: [parameterWidth(card.actions)] } }
      : {}),
  })
  const needed = describeSpecs(setting.observations)
  if (trained !== needed)
    throw new AgonError(
      'policy/observations',
      `the policy reads ${trained}, the environment shows ${needed}`,
      {
        remedy: 'give the environment the options the policy was trained with',
        fields: { trained, needed },
      },
    )
  if (!sameActions(card.actions, setting.actions))
    throw new AgonError('policy/actions', actionsDiffer(card.actions, setting.actions))
}

function actionsDiffer(trained: ActionSpec, needed: ActionSpec): string {
  if (trained.kind === 'discrete' && needed.kind === 'discrete')
    return `the policy chooses among ${trained.count} actions, the environment has ${needed.count}`
  return `the policy acts with ${describeActions(trained)}, the environment takes ${describeActions(needed)}`
}

/** By name, so that the order in a file does not matter. */
function describeSpecs(specs: Readonly<Record<string, TensorSpec>>): string {
  const names = Object.keys(specs).sort()
  return names
    .map((name) => `${name}: ${describeValue(specs[name].dtype, specs[name].shape)}`)
    .join('; ')
}

/**
 * Refuses a graph that is not what its card says. A graph made elsewhere, whose card has `names`, may have outputs that
 * are none of the policy's.
 * @throws AgonError `policy/graph` with expected and found names, dtypes and shapes
 */
export function checkGraph(card: PolicyCard, session: Pick<Session, 'inputs' | 'outputs'>): void {
  const state = Object.entries(card.state)
  const named = (name: string, dtype: DType, ...shape: number[]): ValueInfo => ({
    name: graphName(card, name),
    dtype,
    shape: ['B', ...shape],
  })
  const found = new Set(session.outputs.map(({ name }) => name))
  const chooses = ['action', 'log_prob'].some((name) => found.has(graphName(card, name)))
  const alone = !chooses && found.has(graphName(card, 'logits'))
  if (alone && card.distribution !== undefined)
    throw new AgonError(
      'policy/graph',
      `the graph gives parameters alone, and those of distribution ${card.distribution} are not decoded outside`,
      { remedy: 'give the graph the outputs action and log_prob' },
    )
  const row = actionShape(card.actions)
  const noise = named('noise', 'float32', ...row)
  compare(
    'inputs',
    session.inputs,
    [
      ...[...Object.entries(card.observations), ...state].map(([name, { dtype, shape }]) =>
        named(name, dtype, ...shape),
      ),
      ...(card.mask === true ? [named('mask', 'float32', parameterWidth(card.actions))] : []),
      ...(card.decode === 'sample' && !alone ? [noise] : []),
    ],
    [noise],
  )
  const logits = named('logits', 'float32', parameterWidth(card.actions))
  const action = named('action', actionDType(card.actions), ...row)
  const chosen = [action, named('log_prob', 'float32')]
  const outputs = [
    ...(alone ? [logits] : [...chosen, logits]),
    ...state.map(([name, { dtype, shape }]) => named(`${name}_out`, dtype, ...shape)),
  ]
  const value = named('value', 'float32')
  const wanted = new Set([...outputs, value].map(({ name }) => name))
  const ours =
    card.names === undefined ? session.outputs : session.outputs.filter((o) => wanted.has(o.name))
  compare('outputs', ours, outputs, [value])
}

function compare(
  side: 'inputs' | 'outputs',
  found: readonly ValueInfo[],
  expected: readonly ValueInfo[],
  optional: readonly ValueInfo[],
): void {
  const byName = new Map(found.map((value) => [value.name, value]))
  const known = new Map([...expected, ...optional].map((value) => [value.name, value]))
  const wrong =
    expected.find((value) => !byName.has(value.name))?.name ??
    found.find((value) => !known.has(value.name) || !fits(value, known.get(value.name)!))?.name
  if (wrong === undefined) return
  const expectedText = describeValues(expected)
  const foundText = describeValues(found)
  throw new AgonError(
    'policy/graph',
    `the ${side} of the ONNX graph are not those of its card, first at '${wrong}'; expected ${expectedText}; ` +
      `found ${foundText}`,
    {
      remedy: 'correct the card, or export the graph with these names, dtypes and shapes',
      fields: { side, expected: expectedText, found: foundText },
    },
  )
}

/** The leading axis must be free, so that any number of rows can be run; a symbolic size elsewhere may be anything. */
function fits(found: ValueInfo, expected: ValueInfo): boolean {
  if (found.dtype !== expected.dtype || found.shape.length !== expected.shape.length) return false
  return found.shape.every(
    (size, axis) => typeof size === 'string' || size === expected.shape[axis],
  )
}
