import { join } from 'node:path'
import type { EnvironmentSpec } from '../../envs/contract.ts'
import { version } from '../../version.ts'
import type { ProgressEvent, RunConfig } from '../contract.ts'
import type { RunDirectory } from '../run-directory.ts'
import { type DatasetStore, datasetFolder, openDatasetStore } from './dataset-store.ts'

export interface StageDatasetInput {
  readonly config: RunConfig
  readonly directory: Pick<RunDirectory, 'check'>
  readonly onProgress: (event: ProgressEvent) => void
}

export interface RecordedStage {
  readonly name: string
  /** The run directory. */
  readonly root: string
  /** Of the environment in which its students play. */
  readonly spec: EnvironmentSpec
}

/** A store that knows what to say of its stage. */
export interface StageDataset extends Omit<DatasetStore, 'leave'> {
  leave(): void
}

/** What a stage records, or null where it is to leave nothing. @throws AgonError `dataset/damaged` */
export function openStageDataset(
  { config, directory, onProgress }: StageDatasetInput,
  { name, root, spec }: RecordedStage,
): StageDataset | null {
  const { dataset, seed } = config
  if (dataset === undefined) return null
  const store = openDatasetStore(join(root, datasetFolder(name)), dataset, directory.check)
  const { id, profile, observations, actions, agents } = spec
  return {
    ...store,
    leave() {
      const episodes = store.leave({
        ...{ agon: version, stage: name, seed, environment: { id, profile } },
        ...{ observations, actions, agents },
      })
      if (episodes === dataset.episodes) return
      const message = `the stage '${name}' leaves ${episodes} episodes, not the ${dataset.episodes} that its dataset may have: no more ended`
      onProgress({ kind: 'warning', warning: { code: 'dataset/short', message } })
    },
  }
}
