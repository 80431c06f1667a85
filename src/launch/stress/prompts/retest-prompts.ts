import { createAsker } from '../../../actors/kit/asking/asker.ts'
import type { Clock } from '../../../core/clock.ts'
import { AgonError } from '../../../core/errors.ts'
import { slotId, type TaskId } from '../../../core/ids.ts'
import { stream } from '../../../core/random.ts'
import { realTimers } from '../../../core/timers.ts'
import type { Outcome, Task } from '../../../learners/contract.ts'
import { promptedOptions } from '../../../learners/prompted/options.ts'
import { promptedStudent } from '../../../learners/prompted/student.ts'
import type { RetestFile } from '../../../run/archive/retest-contract.ts'
import { loadDefinition, partModule } from '../../../run/config/index.ts'
import type { ServiceConfig } from '../../../run/contract.ts'
import type { HistoryRow } from '../../../run/history/contract.ts'
import type { Answer, Ask, Json, Service } from '../../../services/contract.ts'
import type { GradeAnswer } from '../../../services/graders/contract.ts'
import type { RetestRequest } from '../retest.ts'
import { retestedLevel, retestTotals } from '../summarise-retest.ts'
import { parseModelAddress } from './model-address.ts'
import { openPromptArchive, type PromptArchive } from './prompt-elites.ts'

export type PromptRetest = Pick<
  RetestRequest,
  'dir' | 'name' | 'top' | 'repeats' | 'seed' | 'onProgress'
> & { readonly model: string; readonly clock: Clock }

/** Elites at a time. */
const PIECE = 32

/**
 * Asks a model the prompts of an archive again, and has the answers graded by who the search never asked: the graders of its run. The
 * objective is the first grader's `failed`.
 * @throws AgonError `stress/no-prompts`, `stress/no-graders`, `usage/value`, `model/*`
 */
export async function retestPrompts(request: PromptRetest): Promise<RetestFile> {
  const { dir, repeats, seed, onProgress } = request
  const archive = await openPromptArchive(dir)
  const { graders = [] } = archive.config
  if (graders.length === 0)
    throw new AgonError('stress/no-graders', 'nobody outside the search can judge this run', {
      place: dir,
      remedy:
        'name a grader in its config.yaml: services.outside: { id: prompt-rules, role: outside }, graders: [outside]',
    })
  const target = await openTarget(archive, request)
  const judges = await Promise.all(graders.map((name) => openService(archive, name)))
  const rows = archive.rows.slice(0, request.top)
  const levels: ReturnType<typeof retestedLevel>[] = []
  try {
    for (let from = 0; from < rows.length; from += PIECE) {
      const piece = rows.slice(from, from + PIECE)
      const outcomes = await attempted(archive, target, piece, repeats, seed)
      const graded = await Promise.all(
        judges.map((judge, i) => failures(judge, `${graders[i]}/${from}`, piece, outcomes)),
      )
      levels.push(
        ...piece.map((row, i) =>
          levelOf(
            row,
            graders,
            graded.map((one) => one[i]),
          ),
        ),
      )
      onProgress({ done: levels.length, of: rows.length, evaluations: levels.length * repeats })
    }
  } finally {
    await Promise.all([target, ...judges].map((service) => service.close()))
  }
  return {
    ...{ format: 1, objective: 'failed', axes: archive.axes },
    policy: { name: request.name, sha256: null },
    ...{ repeats, seed, ...retestTotals(levels), levels },
  }
}

interface OpenService {
  ask(request: Ask): Promise<Answer>
  close(): Promise<void>
}

/** A service of the run, within the limits that its config gives. */
async function openService(
  { config }: PromptArchive,
  name: string,
  part: ServiceConfig = config.services![name],
): Promise<OpenService> {
  const definition = await loadDefinition('service', part.module)
  const service: Service = await definition.create(part.options, {
    ...{ name, seed: config.seed, workers: 1 },
    environment: { module: config.env.module, options: config.env.options },
  })
  return {
    ask: (request) => service.ask(request, new AbortController().signal),
    close: () => service.close(),
  }
}

async function openTarget(
  archive: PromptArchive,
  { model, clock }: PromptRetest,
): Promise<OpenService> {
  const { service } = parseModelAddress(model)
  const { id, ...options } = service
  const module = partModule('service', String(id), process.cwd())
  const definition = await loadDefinition('service', module)
  const { concurrency = 4, deadlineSeconds = 60, retries = 3 } = definition.limits?.({}) ?? {}
  const limits = { concurrency, deadlineSeconds, retries }
  const parsed = definition.options.safeParse(options)
  if (!parsed.success)
    throw new AgonError('usage/value', `'${model}': ${parsed.error.issues[0].message}`)
  const opened = await definition.create(parsed.data, {
    ...{ name: 'target', seed: archive.config.seed, environment: archive.ref, workers: 1 },
  })
  const asker = createAsker<Ask, Answer>({
    ...{ name: 'target', limits, place: 'agon stress retest', clock, timers: realTimers },
    random: [archive.config.seed, 'retest'],
    send: (question, signal) => opened.ask(question, signal),
  })
  return { ask: (question) => asker.ask(question), close: () => opened.close() }
}

async function attempted(
  { config, ref, environment }: PromptArchive,
  target: OpenService,
  rows: readonly HistoryRow[],
  repeats: number,
  seed: number,
): Promise<readonly Outcome[]> {
  const [[slot, part]] = Object.entries(config.students)
  const options = promptedOptions.safeParse(part.options)
  const student = await promptedStudent(
    options.success ? options.data : promptedOptions.parse({}),
    {
      ...{ slot: slotId(slot), seed, environment: ref, spec: environment.spec, workers: 1 },
      ...{ training: {}, ask: (_, question) => target.ask(question) },
    },
  )
  const tasks = rows.flatMap((row) => {
    const random = stream(seed, 'retest', row.id)
    return Array.from(
      { length: repeats },
      (_, repeat): Task => ({
        ...{ id: `${row.id}.0` as TaskId, level: row.level, seed: random.uint32(), repeat },
        ...{ train: false, lineage: { parents: [], operator: 'replay', generation: 0 } },
      }),
    )
  })
  const batch = { cycle: 1, slot: slotId(slot), tasks, autoReset: 'none', probes: [] } as const
  return (await student.attempt(batch)).outcomes
}

/** Of each row, what a grader says of its repeats; those that it cannot judge are left out. */
async function failures(
  judge: OpenService,
  key: string,
  rows: readonly HistoryRow[],
  outcomes: readonly Outcome[],
): Promise<number[][]> {
  const levels = new Map(rows.map((row) => [`${row.id}.0`, row.level]))
  const asked = outcomes.map(({ slot, task, repeat, artefacts }) => ({
    ...{ slot, task, repeat, artefacts },
    level: Buffer.from(levels.get(task)!).toString('base64'),
  }))
  const { payload } = await judge.ask({
    key,
    payload: { cycle: 1, outcomes: asked } as unknown as Json,
  })
  const { statistics } = payload as unknown as GradeAnswer
  return rows.map((row) =>
    statistics
      .filter(({ task }) => task === `${row.id}.0`)
      .flatMap(({ sealed, extras }) => ({ ...extras, ...sealed }).failed ?? []),
  )
}

function levelOf(
  row: HistoryRow,
  graders: readonly string[],
  found: readonly (readonly number[])[],
): ReturnType<typeof retestedLevel> {
  const repeats = found[0].map((failed, i) => ({
    objective: failed,
    values: Object.fromEntries(graders.map((name, g) => [name, found[g][i] ?? failed])),
  }))
  return retestedLevel({ id: row.id, cell: row.cell ?? [], archived: row.objective ?? 0 }, repeats)
}
