import { basename, join, resolve } from 'node:path'
import { AgonError, toErrorRecord } from '../../core/errors.ts'
import { loadModule } from '../../core/module.ts'
import type { Environment, EnvironmentDefinition } from '../../envs/contract.ts'
import { loadConfig } from '../config/index.ts'
import type { EvaluationFile, GalleryFile, RunConfig } from '../contract.ts'
import { readMetrics, readTimings } from '../metrics/index.ts'
import { drawLevels } from './draw-levels.ts'
import { type RunFile, readRunFile, readRunText } from './read-run-file.ts'
import { replayAll } from './replay-all.ts'
import type { ReportData } from './report-data.ts'
import { evaluationSchema, gallerySchema, manifestSchema } from './run-files.schema.ts'

/**
 * Reads what there is of a run. A run that was stopped early, was never measured or has lost a file still gives data;
 * `notes` tells the reader what is missing.
 * @throws AgonError `run/not-a-run` where the directory has neither manifest, config nor metrics
 */
export async function loadReportData(dir: string): Promise<ReportData> {
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
  const environment = config === null ? null : await environmentOrNote(config, notes)
  return {
    run: basename(resolve(dir)),
    manifest: manifest.value,
    config,
    configText: configText.value,
    metrics,
    timings,
    gallery: gallery.value,
    evaluation: evaluation.value,
    ...drawn(environment, gallery.value, evaluation.value, notes),
    notes,
  }
}

function drawn(
  environment: Environment<unknown> | null,
  gallery: GalleryFile | null,
  evaluation: EvaluationFile | null,
  notes: string[],
): Pick<ReportData, 'levels' | 'replays'> {
  if (environment === null) return { levels: {}, replays: [] }
  return {
    levels: gallery === null ? {} : drawLevels(environment, gallery, notes),
    replays: evaluation === null ? [] : replayAll(environment, evaluation, notes),
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

async function environmentOrNote(
  config: RunConfig,
  notes: string[],
): Promise<Environment<unknown> | null> {
  try {
    const { environment } = await loadModule(config.env.module)
    return (environment as EnvironmentDefinition<unknown, unknown>).create(
      config.evaluation.env ?? config.env.options,
    )
  } catch (error) {
    const { message } = toErrorRecord(error)
    notes.push(`The environment cannot be made here (${message}), so levels cannot be drawn.`)
    return null
  }
}
