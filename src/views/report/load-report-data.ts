import { basename, join, resolve } from 'node:path'
import { AgonError, toErrorRecord } from '../../core/errors.ts'
import { loadConfig, loadDefinition } from '../../run/config/index.ts'
import type { EvaluationFile, GalleryFile, RunConfig, RunManifest } from '../../run/contract.ts'
import { readMetrics, readTimings } from '../../run/metrics/index.ts'
import { type RunFile, readRunFile, readRunText } from '../../run/read-run-file.ts'
import { evaluationSchema, gallerySchema, manifestSchema } from '../../run/run-files.schema.ts'
import { partsOf, stageFolder, stageRun } from '../../run/stages/stage-files.ts'
import { drawLevels } from './draw-levels.ts'
import { replayAll } from './replay-all.ts'
import type { ReportData, StageData } from './report-data.ts'
import { loadSearches } from './search/load-searches.ts'

type Definition = Awaited<ReturnType<typeof loadDefinition<'environment'>>>

/**
 * Reads what there is of a run. A run that was stopped early, was never measured or has lost a file still gives data;
 * `notes` tells the reader what is missing.
 * @param random directory of a run whose attempts are set beside those of a search
 * @throws AgonError `run/not-a-run` where the directory has neither manifest, config nor metrics
 */
export async function loadReportData(dir: string, random?: string): Promise<ReportData> {
  const manifest = await readRunFile(dir, 'manifest.json', manifestSchema)
  const configText = await readRunText(dir, 'config.yaml')
  const gallery = await readRunFile(dir, 'gallery.json', gallerySchema)
  const evaluation = await readRunFile(dir, 'evaluation.json', evaluationSchema)
  const notes = [manifest, configText, gallery, evaluation].flatMap(damageOf)
  const metrics = await rowsOrNote(() => readMetrics(dir), notes)
  const timings = await rowsOrNote(() => readTimings(dir), notes)
  if (manifest.value === null && configText.value === null && metrics.length === 0)
    throw new AgonError('run/not-a-run', 'this is no run directory', {
      place: dir,
      remedy: 'give a directory that holds manifest.json, config.yaml and metrics.jsonl',
    })
  const config = configText.missing ? null : await configOrNote(join(dir, 'config.yaml'), notes)
  const definition =
    config === null ? null : await definitionOrNote(newest(config, manifest.value), notes)
  return {
    run: basename(resolve(dir)),
    manifest: manifest.value,
    config,
    configText: configText.value,
    metrics,
    timings,
    gallery: gallery.value,
    evaluation: evaluation.value,
    ...drawn(newest(config, manifest.value), definition, gallery.value, evaluation.value, notes),
    ...(config?.stages === undefined ? {} : { stages: await stagesOf(dir, config, notes) }),
    ...(await searchesOf(dir, config, notes, random)),
    notes,
  }
}

async function searchesOf(
  dir: string,
  config: RunConfig | null,
  notes: string[],
  random?: string,
): Promise<Pick<ReportData, 'searches'>> {
  const searches = config === null ? [] : await loadSearches(dir, config, notes, random)
  return searches.length === 0 ? {} : { searches }
}

/** The files of the run are those of the stage at hand, or of the last one. */
function newest<C extends RunConfig | null>(config: C, manifest: RunManifest | null): C {
  if (config?.stages === undefined) return config
  const index = Math.min(manifest?.stages?.length ?? 0, config.stages.length - 1)
  return stageRun(config, index) as C
}

/** Those that have left something, each from its own folder. */
async function stagesOf(
  dir: string,
  config: RunConfig,
  notes: string[],
): Promise<readonly StageData[]> {
  const stages: StageData[] = []
  for (const [i, own] of partsOf(config).entries()) {
    const { name } = (config.stages ?? [])[i]
    const folder = join(dir, stageFolder(name))
    const gallery = await readRunFile(folder, 'gallery.json', gallerySchema)
    const evaluation = await readRunFile(folder, 'evaluation.json', evaluationSchema)
    notes.push(...[gallery, evaluation].flatMap(damageOf).map((note) => `${name}: ${note}`))
    if (gallery.missing && evaluation.missing) continue
    const definition = await definitionOrNote(own, notes)
    const students = Object.values(own.students).map(({ id }) => id)
    stages.push({
      name,
      number: i + 1,
      cast: `${students.join(', ')} under ${own.adversary.id} in ${own.env.id}`,
      gallery: gallery.value,
      evaluation: evaluation.value,
      levels: drawn(own, definition, gallery.value, null, notes).levels,
    })
  }
  return stages
}

/** Levels are those of training, recordings those of the environment that measured. */
function drawn(
  config: RunConfig | null,
  definition: Definition | null,
  gallery: GalleryFile | null,
  evaluation: EvaluationFile | null,
  notes: string[],
): Pick<ReportData, 'levels' | 'replays'> {
  if (config === null || definition === null) return { levels: {}, replays: [] }
  try {
    const training = definition.create(config.env.options)
    const measured =
      config.evaluation.env === undefined ? training : definition.create(config.evaluation.env)
    return {
      levels: gallery === null ? {} : drawLevels(training, gallery, notes),
      replays: evaluation === null ? [] : replayAll(measured, evaluation, notes),
    }
  } catch (error) {
    notes.push(noEnvironment(error))
    return { levels: {}, replays: [] }
  }
}

/** A file that is not there is told of where it would be shown; a damaged one here. */
function damageOf(file: RunFile<unknown>): string[] {
  return file.problem === null || file.missing ? [] : [`${file.problem}. It is left out.`]
}

async function rowsOrNote<T>(read: () => Promise<T[]>, notes: string[]): Promise<T[]> {
  try {
    return await read()
  } catch (error) {
    const { message, place } = toErrorRecord(error)
    notes.push(`${place ?? 'The metrics'}: ${message}. The curves are left out.`)
    return []
  }
}

async function configOrNote(path: string, notes: string[]): Promise<RunConfig | null> {
  try {
    return await loadConfig(path)
  } catch (error) {
    notes.push(
      `config.yaml is not valid here (${toErrorRecord(error).message}), so levels cannot be drawn.`,
    )
    return null
  }
}

async function definitionOrNote(config: RunConfig, notes: string[]): Promise<Definition | null> {
  try {
    return await loadDefinition('environment', config.env.module)
  } catch (error) {
    notes.push(noEnvironment(error))
    return null
  }
}

const noEnvironment = (error: unknown): string =>
  `The environment cannot be made here (${toErrorRecord(error).message}), so levels cannot be drawn.`
