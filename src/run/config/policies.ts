import { resolve } from 'node:path'
import { sha256, utf8 } from '../../core/bytes.ts'
import { AgonError } from '../../core/errors.ts'
import type { Environment } from '../../envs/contract.ts'
import { formatCard } from '../../inference/card.ts'
import type { PolicyFile } from '../../inference/contract.ts'
import { parsePolicyAddress } from '../../inference/policy-address.ts'
import { readPolicyFile } from '../../inference/policy-file.ts'
import { checkSetting } from '../../inference/policy-fit.ts'
import { findBot } from '../../seats/bots.ts'
import { checkSeating } from '../../seats/check-seating.ts'
import type { Seating } from '../../seats/contract.ts'
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
  const { file, bot, kserve, slot } = written
  if (file !== undefined) {
    const path = resolve(baseDir, file)
    const policy = await readPolicyFile(path)
    checkSetting(policy.card, environment.spec)
    return { file: path, sha256: unchanged(policy, written.sha256) }
  }
  if (bot !== undefined) {
    findBot(environment, bot)
    return { bot }
  }
  if (kserve !== undefined) {
    parsePolicyAddress(kserve)
    return { kserve }
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

/** A measurement stands alone: no student of the run is at hand to sit in it. */
export function studentsAmong(
  seating: Seating | undefined,
  written: Readonly<Record<string, WrittenPolicy>>,
  place: Place,
): readonly ConfigProblem[] {
  return Object.entries(seating ?? {}).flatMap(([seat, name]) => {
    if (!Object.hasOwn(written, name) || written[name].slot === undefined) return []
    const path = ['evaluation', 'seating', seat]
    const message = `'${name}' is a student of this run, which cannot sit in a measurement: name another policy for the seat`
    return [{ place: place(path), path: path.join('.'), message }]
  })
}

/**
 * What cannot come about: an end in updates that nobody makes, and a stranger who knows none of the policies.
 * @param frozen whether no student learns
 */
export function castProblems(
  { budget, placement, evaluation, seating }: TopLevel,
  frozen: boolean,
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
  const seated = (evaluation.seating ?? seating) !== undefined
  if (placement.evaluator === 'attach' && (seated || frozen))
    blame(
      ['placement', 'evaluator'],
      'an attached evaluator knows no named policies: place it elsewhere where policies take seats',
    )
  return problems
}

/** A student that attempts with a policy that nobody named, or that is itself a student. */
export function frozenProblems(
  name: string,
  path: ConfigPath,
  written: Readonly<Record<string, WrittenPolicy>>,
  place: Place,
): readonly ConfigProblem[] {
  const at = { place: place(path), path: path.join('.') }
  const known = Object.keys(written)
  if (!Object.hasOwn(written, name)) {
    const listed = known.length === 0 ? 'name it under `policies`' : `there are ${known.join(', ')}`
    return [{ ...at, message: `there is no policy '${name}'; ${listed}`, ...hint(name, known) }]
  }
  if (written[name].slot === undefined) return []
  const message = `'${name}' is a student that learns; a frozen student takes a file, a bot or a kserve:// address`
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
