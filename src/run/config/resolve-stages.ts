import type { RunConfig, StageConfig, StageSources } from '../contract.ts'
import { stagePolicyFiles } from '../stages/stage-files.ts'
import { expandIds } from './expand-ids.ts'
import { isMapping, type Mapping } from './mapping.ts'
import { type ConfigPath, type ConfigProblem, pathText } from './problems.ts'
import { check, hint, type Place } from './schema-problems.ts'
import { stages as stagesSchema, type WrittenStage } from './stages.schema.ts'

export interface ResolvedWhole {
  readonly value: RunConfig | null
  readonly problems: readonly ConfigProblem[]
}

/** Keys that a stage may give itself; of `student` and `students` either replaces both. */
const OWN = ['env', 'adversary', 'student', 'students', 'budget'] as const

/**
 * A config with `stages:` → each stage resolved as the whole config that it makes of the top level, with every problem
 * at the place where it was written.
 * @param resolve of a config without stages
 */
export async function resolveStages(
  config: Mapping,
  place: Place,
  resolve: (whole: Mapping, place: Place) => Promise<ResolvedWhole>,
): Promise<ResolvedWhole> {
  const { stages: written, ...top } = expandIds(config)
  const list = Array.isArray(written)
    ? written.map((stage) => (isMapping(stage) ? expandIds(stage) : stage))
    : written
  const shape = check(stagesSchema, list, place, ['stages'])
  if (shape.value === undefined) return { value: null, problems: shape.problems }
  const stages = shape.value
  const problems: ConfigProblem[] = [...nameProblems(stages, place), ...unused(top, stages, place)]
  const wholes: RunConfig[] = []
  for (const [i, stage] of stages.entries()) {
    const { whole, at } = asWhole(top, stage, i)
    const moved: Place = Object.assign(
      (path: ConfigPath, what?: 'key' | 'value') => place(at(path), what),
      place.written === undefined
        ? {}
        : { written: (path: ConfigPath) => place.written?.(at(path)) ?? null },
    )
    const { value, problems: own } = await resolve(whole, moved)
    // A stage that lacks a budget is blamed, not the top level.
    const told = own.map((one) => ({ ...one, path: pathText(at(one.path.split('.'))) }))
    problems.push(...told.filter((one) => !problems.some((before) => isSame(one, before))))
    if (value !== null) wholes.push(value)
  }
  if (wholes.length === stages.length)
    problems.push(...stages.flatMap((stage, i) => sourceProblems(stage, i, wholes, stages, place)))
  if (problems.length > 0) return { value: null, problems }
  // Threads are the run's, whatever a stage alone would take of them.
  const { workers } = wholes[0].evaluation
  const resolved = wholes.map((whole, i) =>
    stageOf({ ...whole, evaluation: { ...whole.evaluation, workers } }, stages[i]),
  )
  const clash = fileClash(resolved)
  if (clash !== null)
    return {
      value: null,
      problems: [{ place: place(['stages']), path: 'stages', message: clash }],
    }
  return {
    value: { ...wholes[0], placement: placementOfAll(wholes), stages: resolved },
    problems: [],
  }
}

const isSame = (a: ConfigProblem, b: ConfigProblem): boolean =>
  a.place === b.place && a.path === b.path && a.message === b.message

/** The config that a stage is, and where each path of it was written. */
function asWhole(
  top: Mapping,
  stage: WrittenStage,
  index: number,
): { readonly whole: Mapping; readonly at: (path: ConfigPath) => ConfigPath } {
  const own = new Set<string>(OWN.filter((key) => stage[key] !== undefined))
  const { student, students, ...rest } = top
  const kept: Mapping = own.has('student') || own.has('students') ? rest : top
  const given = Object.fromEntries([...own].map((key) => [key, stage[key as keyof WrittenStage]]))
  const evaluation = isMapping(top.evaluation) ? top.evaluation : {}
  const measured = stage.evaluation ?? {}
  const merged =
    Object.keys(measured).length === 0 ? {} : { evaluation: { ...evaluation, ...measured } }
  const whole = { ...kept, ...merged, ...given }
  return {
    whole: { ...whole, ...ofSlots(whole) },
    at([head, ...tail]) {
      const missing =
        head !== undefined && !Object.hasOwn(whole, head) && OWN.some((k) => k === head)
      const inMeasured = head === 'evaluation' && Object.hasOwn(measured, String(tail[0]))
      return missing || own.has(String(head)) || inMeasured
        ? ['stages', index, head, ...tail]
        : head === undefined
          ? []
          : [head, ...tail]
    },
  }
}

/** `placement.student` may name the slots of all stages; each looks at its own. */
function ofSlots({ placement, students, student }: Mapping): Mapping {
  if (!isMapping(placement) || !isMapping(placement.student)) return {}
  const slots = student === undefined && isMapping(students) ? Object.keys(students) : ['agent']
  const own = Object.entries(placement.student).filter(([slot]) => slots.includes(slot))
  const { student: _, ...rest } = placement
  return { placement: own.length === 0 ? rest : { ...rest, student: Object.fromEntries(own) } }
}

function placementOfAll(wholes: readonly RunConfig[]): RunConfig['placement'] {
  const [{ placement }] = wholes
  const bySlot = wholes.flatMap((whole) =>
    typeof whole.placement.student === 'string' ? [] : Object.entries(whole.placement.student),
  )
  return bySlot.length === 0 ? placement : { ...placement, student: Object.fromEntries(bySlot) }
}

function nameProblems(stages: readonly WrittenStage[], place: Place): readonly ConfigProblem[] {
  return stages.flatMap(({ name, evaluation }, i) => {
    const first = stages.findIndex((other) => other.name === name)
    const twice =
      first < i ? [problem(['stages', i, 'name'], `stage '${name}' is there twice`, place)] : []
    const machine = ['workers', 'device'].filter((key) => Object.hasOwn(evaluation ?? {}, key))
    const where = 'is of the whole run: set it in `evaluation` of the top level'
    return [
      ...twice,
      ...machine.map((key) => problem(['stages', i, 'evaluation', key], where, place)),
    ]
  })
}

/** What every stage replaces would be written, read and never looked at. */
function unused(
  top: Mapping,
  stages: readonly WrittenStage[],
  place: Place,
): readonly ConfigProblem[] {
  const replaced = (stage: WrittenStage, key: (typeof OWN)[number]): boolean =>
    key === 'student' || key === 'students'
      ? stage.student !== undefined || stage.students !== undefined
      : stage[key] !== undefined
  return OWN.filter(
    (key) => top[key] !== undefined && stages.every((stage) => replaced(stage, key)),
  ).map((key) => problem([key], 'every stage has its own: leave it out', place, 'key'))
}

const problem = (
  path: ConfigPath,
  message: string,
  place: Place,
  what: 'key' | 'value' = 'value',
): ConfigProblem => ({ place: place(path, what), path: pathText(path), message })

/** What `from` names must be left by an earlier stage, and fit the slots of this one. */
function sourceProblems(
  { from = {} }: WrittenStage,
  index: number,
  wholes: readonly RunConfig[],
  stages: readonly WrittenStage[],
  place: Place,
): readonly ConfigProblem[] {
  const earlier = stages.slice(0, index).map(({ name }) => name)
  const at = (key: string): ConfigPath => ['stages', index, 'from', key]
  const missing = (key: string, name: string): ConfigProblem => {
    const there = earlier.length === 0 ? 'this is the first' : `before it are ${earlier.join(', ')}`
    return {
      ...problem(at(key), `there is no stage '${name}' before this one; ${there}`, place),
      ...hint(name, earlier),
    }
  }
  const problems: ConfigProblem[] = []
  const { policy, archive, dataset } = from
  if (dataset !== undefined && !earlier.includes(dataset))
    problems.push(missing('dataset', dataset))
  else if (dataset !== undefined && stages[earlier.indexOf(dataset)].dataset === undefined)
    problems.push(
      problem(
        at('dataset'),
        `stage '${dataset}' leaves no dataset; say there how many: dataset: { episodes: … }`,
        place,
      ),
    )
  if (archive !== undefined && !earlier.includes(archive))
    problems.push(missing('archive', archive))
  if (policy === undefined) return problems
  const [name, slot] = policy.split('.')
  const source = earlier.indexOf(name)
  if (source < 0) return [...problems, missing('policy', name)]
  const left = Object.keys(wholes[source].students)
  const wanted =
    slot === undefined ? (left.length > 1 ? Object.keys(wholes[index].students) : []) : [slot]
  const lacking = wanted.filter((one) => !left.includes(one))
  return [
    ...problems,
    ...lacking.map((one) =>
      problem(
        at('policy'),
        `stage '${name}' has no slot '${one}'; it has ${left.join(', ')}, each named as ${name}.<slot>`,
        place,
      ),
    ),
  ]
}

function stageOf(whole: RunConfig, { name, from, dataset }: WrittenStage): StageConfig {
  const { env, adversary, students, evaluation, budget } = whole
  const { policy, archive, dataset: read } = from ?? {}
  const sources: StageSources = {
    ...(policy === undefined ? {} : { policy }),
    ...(archive === undefined ? {} : { archive }),
    ...(read === undefined ? {} : { dataset: read }),
  }
  return {
    name,
    env,
    adversary,
    students,
    evaluation,
    budget,
    ...(dataset === undefined ? {} : { dataset }),
    ...(Object.keys(sources).length === 0 ? {} : { from: sources }),
  }
}

/** Stages and slots share the names of the policy files. */
function fileClash(stages: readonly StageConfig[]): string | null {
  const files = stagePolicyFiles(stages)
  const twice = files.find(({ file }, i) => files.findIndex((other) => other.file === file) < i)
  if (twice === undefined) return null
  return `${twice.what} would be ${twice.file}.onnx, which another one is already; give the stage or the slot another name`
}
