import { AgonError } from '../../../core/errors.ts'
import type { EvaluationReport, EvaluationRequest } from '../../../evaluation/contract.ts'
import type { SealedEpisode, SealedResults } from '../../../evaluation/sealed.ts'
import { isRemote } from '../../../inference/policy-source.ts'
import type { NamedPolicies, NamedPolicy, Seating } from '../../../seats/contract.ts'
import type { agon } from '../../../wire/index.ts'
import type { Measure, Measured } from '../contract.ts'
import { bytes, document, finite, listed, positive, text } from './fields.ts'
import { portableUrl, resolvedUrl } from './portable-url.ts'
import { decodePolicy, encodePolicy } from './state.ts'

/** What the hub needs to put a measurement to someone who plans none: both are pure functions of the request. */
export interface Sealing {
  episodes(request: EvaluationRequest): readonly SealedEpisode[]
  report(request: EvaluationRequest, results: SealedResults, policySha256: string): EvaluationReport
  /** The handle of the environment that is measured in, for those who step it over the wire. */
  environment(request: EvaluationRequest): agon.v1.Environment.$Properties
}

export const cannotSeat = (role: string): AgonError =>
  new AgonError(
    'evaluator/seats',
    `the measurement seats named policies, and the ${role} does not say that it can`,
    { remedy: 'measure with an evaluator of Agon, or leave out evaluation.seating' },
  )

/**
 * Hub → evaluator or student.
 * @param known named policies that the other side does not have
 */
export function encodeMeasure(
  message: Measure,
  sealing: Sealing,
  known: NamedPolicies = {},
): agon.v1.Measure.$Properties {
  const { key, policy, request } = message
  const { seating, policies = {} } = request
  return {
    key,
    ...(policy === null ? {} : { policy: encodePolicy(policy) }),
    environment: sealing.environment(request),
    suite: request.suite,
    episodes: sealing.episodes(request).map((episode) => ({ ...episode })),
    requestJson: encodeRequest(request),
    ...(seating === undefined
      ? {}
      : { seating: { ...seating }, seated: encodeSeated(seating, { ...known, ...policies }) }),
  }
}

/** Those that are seated and that the other side is not made with. */
function encodeSeated(
  seating: Seating,
  policies: NamedPolicies,
): Record<string, agon.v1.SeatedPolicy.$Properties> {
  const names = [...new Set(Object.values(seating))].sort()
  return Object.fromEntries(
    names.flatMap((name): [string, agon.v1.SeatedPolicy.$Properties][] => {
      const named = Object.hasOwn(policies, name) ? policies[name] : undefined
      if (named?.kind === 'bot') return [[name, { bot: named.bot }]]
      if (named?.kind !== 'source' || isRemote(named.source)) return []
      return [[name, { file: encodePolicy(named.source) }]]
    }),
  )
}

const MOST_SEATED = 64

/** @throws AgonError `wire/body`, `policy/card` */
function decodeSeated({
  seated,
}: agon.v1.Measure.$Properties): Pick<EvaluationRequest, 'policies'> {
  const entries = Object.entries(seated ?? {})
  if (entries.length === 0) return {}
  if (entries.length > MOST_SEATED)
    throw new AgonError('wire/body', `measure.seated has ${entries.length} entries`)
  const policies = entries.map(([name, { file, bot }]): [string, NamedPolicy] => [
    name,
    file == null
      ? { kind: 'bot', bot: text(bot, 'measure.seated.bot') }
      : { kind: 'source', source: decodePolicy(file) },
  ])
  return { policies: Object.fromEntries(policies) }
}

/** At an evaluator of Agon, which plans the episodes itself. @throws AgonError `wire/body` */
export function decodeMeasure(wire: agon.v1.Measure.$Properties): Measure {
  return {
    type: 'measure',
    key: text(wire.key, 'measure.key'),
    policy: wire.policy == null ? null : decodePolicy(wire.policy),
    request: {
      ...decodeRequest(document(wire.requestJson, 'measure.request_json')),
      ...decodeSeated(wire),
    },
  }
}

/** Evaluator → hub. */
export function encodeMeasured({ key, report }: Measured): agon.v1.Measured.$Properties {
  const { levels, recordings, policySha256 } = report
  const pairs = new Map<string, number>()
  levels.forEach(({ name }, entry) => {
    pairs.set(name, entry * report.episodes)
  })
  return {
    key,
    results: levels.flatMap(({ returns, lengths }) =>
      returns.map((value, i) => ({ return: value, length: lengths[i] })),
    ),
    policySha256,
    // Recordings come in the order of their episodes; those of one level are its first ones.
    recordings: recordings.map(({ name, level, actions }) => {
      const episode = pairs.get(name) ?? 0
      pairs.set(name, episode + 1)
      return { episode, level, ...actionNumbers(actions) }
    }),
  }
}

/** Whatever is no list of choices travels as real numbers. */
function actionNumbers(actions: readonly number[]): agon.v1.Recording.$Properties {
  const choices = actions.every((action) => Number.isInteger(action) && action >= 0)
  return choices ? { actions: [...actions] } : { values: [...actions] }
}

/** Steps of one episode. */
const LONGEST_EPISODE = 2 ** 31 - 1

/** At the hub. @throws AgonError `wire/body`, `wire/number`, `evaluator/episodes` */
export function decodeMeasured(
  wire: agon.v1.Measured.$Properties,
  asked: ReadonlyMap<string, Measure>,
  sealing: Sealing,
): Measured {
  const key = text(wire.key, 'measured.key')
  const question = asked.get(key)
  if (question === undefined)
    throw new AgonError('wire/body', `nothing was asked under the key '${key}'`)
  const results = wire.results ?? []
  const recordings = listed(wire.recordings, 'measured.recordings', results.length)
  const report = sealing.report(
    question.request,
    {
      returns: results.map((result) => finite(result.return, 'measured.return')),
      lengths: results.map(({ length }) => positive(length, 'measured.length', LONGEST_EPISODE)),
      recordings: recordings.map(({ episode, level, actions, values }) => ({
        pair: episode ?? 0,
        level: bytes(level, 'recording.level'),
        actions: [...(values?.length ? values : (actions ?? []))],
      })),
    },
    digest(wire.policySha256),
  )
  return { type: 'measured', key, report }
}

/** Empty where a student measured itself. */
function digest(given: string | null | undefined): string {
  if (!given || /^[0-9a-f]{64}$/.test(given)) return given ?? ''
  throw new AgonError('wire/body', 'measured.policy_sha256 is no SHA-256 in hexadecimal')
}

function encodeRequest({
  environment,
  levels,
  policies: _,
  ...request
}: EvaluationRequest): string {
  return JSON.stringify({
    ...request,
    environment: { ...environment, module: portableUrl(environment.module) },
    ...(levels === undefined ? {} : { levels: toBase64(levels) }),
  })
}

function decodeRequest(json: string): EvaluationRequest {
  const { environment, levels, ...request } = JSON.parse(json)
  return {
    ...request,
    environment: { ...environment, module: resolvedUrl(environment.module) },
    ...(levels === undefined ? {} : { levels: fromBase64(levels) }),
  }
}

const toBase64 = (levels: Readonly<Record<string, Uint8Array>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(levels).map(([name, level]) => [name, Buffer.from(level).toString('base64')]),
  )

const fromBase64 = (levels: Readonly<Record<string, string>>): Record<string, Uint8Array> =>
  Object.fromEntries(
    Object.entries(levels).map(([name, level]) => [
      name,
      new Uint8Array(Buffer.from(level, 'base64')),
    ]),
  )
