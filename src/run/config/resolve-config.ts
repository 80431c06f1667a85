import { availableParallelism } from 'node:os'
import { type SlotId, slotId } from '../../core/ids.ts'
import type { EvaluationConfig, PartConfig, RunConfig } from '../contract.ts'
import { assembleConfig } from './assemble-config.ts'
import { configSchema, type TopLevel } from './config.schema.ts'
import { expandIds } from './expand-ids.ts'
import { hubConfig } from './hub-config.ts'
import { isMapping } from './mapping.ts'
import { isPartSource, partAt } from './part-at.ts'
import { placementProblems } from './placements.ts'
import { type ConfigProblem, configError, pathText } from './problems.ts'
import { expandRemote } from './remote-part.ts'
import { castOf, castProblems, studentSources } from './resolve-cast.ts'
import { environmentProblems, measuredAt } from './resolve-environments.ts'
import { type AttemptingPolicy, resolveSeats } from './resolve-seats.ts'
import { resolveServices } from './resolve-services.ts'
import { type ResolvedWhole, resolveStages } from './resolve-stages.ts'
import { check, type Place } from './schema-problems.ts'
import { settleWorkers } from './settle-workers.ts'

export interface ResolveOptions {
  /** Folder that relative module paths start from. */
  readonly baseDir: string
  /** What messages call the whole; default `config`. */
  readonly source?: string
  /** Where a path was written; default the dotted path itself. */
  readonly place?: Place
  /** Default of `name`. */
  readonly name?: string
  /** Of the machine, for `workers: auto`; by default this one's. */
  readonly cores?: number
}

/**
 * A config as `ConfigInput` describes it, or parsed from a file → everything validated, every default filled in, every part's module found. Nothing is
 * started and no file is written.
 * @throws AgonError `config/invalid` with every problem in `fields.problems`
 */
export async function resolveConfig(config: unknown, options: ResolveOptions): Promise<RunConfig> {
  const { baseDir, source = 'config', name, cores = availableParallelism() } = options
  const place: Place = options.place ?? ((path) => (path.length === 0 ? source : pathText(path)))
  if (!isMapping(config)) {
    const found = config === null || config === undefined ? 'is empty' : 'is not a mapping'
    throw configError(
      [{ place: place([]), path: '', message: `${found}; it needs env, adversary and budget` }],
      source,
    )
  }
  const named = name === undefined ? config : { name, ...config }
  const { value, problems } =
    named.stages === undefined
      ? await resolveWhole(named, baseDir, place, cores)
      : await resolveStages(named, place, (whole, at) => resolveWhole(whole, baseDir, at, cores))
  if (value === null) throw configError(problems, source)
  return value
}

/** A config without stages, or what one stage makes of it. */
async function resolveWhole(
  config: Readonly<Record<string, unknown>>,
  baseDir: string,
  place: Place,
  cores: number,
): Promise<ResolvedWhole> {
  const written = expandIds(config)
  const plain: Readonly<Record<string, unknown>> =
    'env' in written ? { ...written, env: expandRemote(written.env, baseDir) } : written
  const ofAdversary: ConfigProblem[] = []
  const adversary = await partAt(
    'adversary',
    plain.adversary,
    ['adversary'],
    place,
    baseDir,
    ofAdversary,
  )
  const needs = adversary?.definition.cast?.(adversary.part.options) ?? {}
  const cast = castOf(plain, needs)
  const top = check(configSchema, cast, place)
  const problems: ConfigProblem[] = [...top.problems, ...slotProblems(plain, place)]
  const env = await partAt('environment', plain.env, ['env'], place, baseDir, problems)
  problems.push(...ofAdversary)
  const students: Record<SlotId, PartConfig> = {}
  const attempting: AttemptingPolicy[] = []
  for (const [slots, written, path] of studentSources(plain, needs)) {
    const student = await partAt('student', written, path, place, baseDir, problems)
    if (student === null) continue
    const names = student.definition.policies?.(student.part.options) ?? []
    for (const slot of slots) {
      students[slotId(slot)] = student.part
      for (const name of names) attempting.push({ slot, name, path: [...path, 'policy'] })
    }
  }
  problems.push(...castProblems(plain, needs, place))
  const threads = settleWorkers(
    { workers: top.value?.workers ?? 'auto', evaluation: top.value?.evaluation.workers ?? 'auto' },
    students,
    cores,
  )
  const evaluation = top.value === undefined ? null : evaluationOf(top.value, threads.evaluation)
  const overrides = top.value?.evaluation.env
  const measured =
    overrides === undefined || env === null || !isPartSource(plain.env)
      ? env
      : await measuredAt(plain.env, overrides, place, baseDir, problems)
  if (env !== null)
    problems.push(...environmentProblems(env, ['env'], measured === env ? evaluation : null, place))
  if (measured !== null && measured !== env)
    problems.push(...environmentProblems(measured, ['evaluation', 'env'], evaluation, place))
  const asked =
    top.value === undefined ? null : await resolveServices(top.value, cast.services, place, baseDir)
  problems.push(...(asked?.problems ?? []))
  const seats =
    top.value === undefined || env === null
      ? {}
      : await resolveSeats(
          top.value,
          env,
          { baseDir, slots: Object.keys(students), attempting, place },
          problems,
        )
  if (top.value !== undefined && adversary !== null)
    problems.push(
      ...placementProblems(
        top.value.placement,
        { students, adversary: adversary.part, services: top.value.services ?? {} },
        place,
      ),
    )
  if (
    problems.length > 0 ||
    top.value === undefined ||
    env === null ||
    adversary === null ||
    evaluation === null
  )
    return { value: null, problems }
  const value = assembleConfig(
    { ...top.value, workers: threads.workers },
    {
      hub: hubConfig(top.value.hub, baseDir),
      env: env.part,
      adversary: adversary.part,
      students,
      ...asked?.parts,
      ...seats,
      evaluation:
        measured === null || measured === env
          ? evaluation
          : { ...evaluation, env: measured.part.options },
    },
  )
  return { value, problems }
}

function slotProblems(
  { student, students }: Readonly<Record<string, unknown>>,
  place: Place,
): ConfigProblem[] {
  if (student === undefined || students === undefined) return []
  return [
    {
      place: place(['students'], 'key'),
      path: 'students',
      message: 'stands beside `student`; give one of the two',
    },
  ]
}

function evaluationOf({ evaluation, seating }: TopLevel, workers: number): EvaluationConfig {
  const { suite = 'random:100', episodes, every, final, seed, device } = evaluation
  const last = { suite: final.suite ?? suite, episodes: final.episodes ?? episodes }
  const seats = evaluation.seating ?? seating
  const seated = seats === undefined ? {} : { seating: seats }
  return { suite, episodes, every, final: last, ...seated, seed, workers, device }
}
