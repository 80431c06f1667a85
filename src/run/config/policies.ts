import { resolve } from 'node:path'
import { sha256, utf8 } from '../../core/bytes.ts'
import { AgonError } from '../../core/errors.ts'
import type { Environment } from '../../envs/contract.ts'
import { formatCard } from '../../inference/card.ts'
import type { PolicyFile } from '../../inference/contract.ts'
import { parsePolicyAddress } from '../../inference/policy-address.ts'
import { readPolicyFile } from '../../inference/policy-file.ts'
import { findBot } from '../../seats/bots.ts'
import { checkSeating } from '../../seats/check-seating.ts'
import type { Seating } from '../../seats/contract.ts'
import { checkSeatable } from '../../seats/view-of.ts'
import type { PolicyConfig } from '../contract.ts'
import type { TopLevel } from './config.schema.ts'
import type { WrittenPolicy } from './policies.schema.ts'
import type { ConfigPath, ConfigProblem } from './problems.ts'
import { atPath } from './resolve-parts.ts'
import { hint, type Place } from './schema-problems.ts'

export interface ResolvedPolicies {
  readonly policies: Readonly<Record<string, PolicyConfig>>
  readonly problems: readonly ConfigProblem[]
}

/** Looks at every named policy that can be looked at without dialling anybody. */
export async function resolvePolicies(
  written: Readonly<Record<string, WrittenPolicy>>,
  environment: Environment<unknown>,
  slots: readonly string[],
  baseDir: string,
  place: Place,
): Promise<ResolvedPolicies> {
  const policies: Record<string, PolicyConfig> = {}
  const problems: ConfigProblem[] = []
  for (const [name, policy] of Object.entries(written).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const [kind] = Object.keys(policy)
    try {
      policies[name] = await resolvePolicy(policy, environment, slots, baseDir)
    } catch (error) {
      problems.push(atPath(error, ['policies', name, kind], place))
    }
  }
  return { policies, problems }
}

async function resolvePolicy(
  written: WrittenPolicy,
  environment: Environment<unknown>,
  slots: readonly string[],
  baseDir: string,
): Promise<PolicyConfig> {
  const { file, bot, kserve, slot, difficulty } = written
  const weakness = {
    ...(written.temperature === undefined ? {} : { temperature: written.temperature }),
    ...(written.epsilon === undefined ? {} : { epsilon: written.epsilon }),
  }
  if (file !== undefined) {
    const path = resolve(baseDir, file)
    const policy = await readPolicyFile(path)
    checkSeatable(policy.card, environment)
    return { file: path, sha256: unchanged(policy, written.sha256), ...weakness }
  }
  if (bot !== undefined) {
    findBot(environment, bot, difficulty)
    return { bot, ...(difficulty === undefined ? {} : { difficulty }) }
  }
  if (kserve !== undefined) {
    parsePolicyAddress(kserve)
    return { kserve, ...weakness }
  }
  if (slot === undefined || !slots.includes(slot))
    throw new AgonError('seat/slot', `there is no student in a slot '${slot}'`, {
      remedy: `the slots are ${slots.join(', ')}`,
      fields: slot === undefined ? {} : { ...hint(slot, slots) },
    })
  return { slot }
}

/** Of the graph and of what its card says. */
export const policyIdentity = ({ onnx, card }: PolicyFile): string =>
  sha256(utf8(`${sha256(onnx)}\n${formatCard(card)}`))

function unchanged(policy: PolicyFile, written: string | undefined): string {
  const found = policyIdentity(policy)
  if (written === undefined || written === found) return found
  throw new AgonError('policy/changed', 'the file is not the one that was written down here', {
    remedy: 'put it back, or leave out sha256 to take it as it is',
  })
}

/**
 * What cannot come about: an end in updates that nobody makes, and a stranger who is to dial a policy with the run's token.
 * @param frozen whether no student learns
 * @param attempting names of the policies that frozen students attempt with
 */
export function castProblems(
  { budget, placement, evaluation, seating, policies = {} }: TopLevel,
  frozen: boolean,
  attempting: readonly string[],
  place: Place,
): readonly ConfigProblem[] {
  const problems: ConfigProblem[] = []
  const blame = (path: readonly string[], message: string): void => {
    problems.push({ place: place(path), path: path.join('.'), message })
  }
  if (frozen && budget.gradientUpdates !== undefined)
    blame(
      ['budget', 'gradientUpdates'],
      'no student learns, so this would never be spent: give cycles or envSteps',
    )
  const measured = [...Object.values(evaluation.seating ?? seating ?? {}), ...attempting]
  if (placement.evaluator !== 'attach') return problems
  const changed = measured.find((name) => isChanged(policies[name]))
  if (changed !== undefined)
    blame(
      ['placement', 'evaluator'],
      `'${changed}' has a difficulty, temperature or epsilon, which an attached evaluator is not told: place it elsewhere`,
    )
  const far = measured.find((name) => policies[name]?.kserve !== undefined)
  if (far !== undefined)
    blame(
      ['placement', 'evaluator'],
      `'${far}' is served to who has its token, which is not handed on to an attached evaluator: place it elsewhere, or name a file`,
    )
  return problems
}

const isChanged = (policy: WrittenPolicy | undefined): boolean =>
  [policy?.difficulty, policy?.temperature, policy?.epsilon].some((given) => given !== undefined)

/**
 * A student that attempts with a policy that nobody named, or with that of one that does not learn either.
 * @param frozen slots of students that do not learn
 */
export function frozenProblems(
  name: string,
  path: ConfigPath,
  frozen: readonly string[],
  written: Readonly<Record<string, WrittenPolicy>>,
  place: Place,
): readonly ConfigProblem[] {
  const at = { place: place(path), path: path.join('.') }
  const known = Object.keys(written)
  if (!Object.hasOwn(written, name)) {
    const listed = known.length === 0 ? 'name it under `policies`' : `there are ${known.join(', ')}`
    return [{ ...at, message: `there is no policy '${name}'; ${listed}`, ...hint(name, known) }]
  }
  const { slot } = written[name]
  if (slot === undefined || !frozen.includes(slot)) return []
  const message = `'${name}' is the student in slot '${slot}', which is frozen too: name a student that learns, or the policy itself`
  return [{ ...at, message }]
}

/** Seats that there are not, and policies that nobody named. */
export function seatingProblems(
  seating: Seating | undefined,
  environment: Pick<Environment<unknown>, 'spec'>,
  names: readonly string[],
  path: ConfigPath,
  place: Place,
): readonly ConfigProblem[] {
  return Object.entries(seating ?? {}).flatMap(([seat, name]) => {
    try {
      checkSeating({ [seat]: name }, environment.spec, names)
      return []
    } catch (error) {
      return [atPath(error, [...path, seat], place)]
    }
  })
}
