export type {
  Dataset,
  DatasetEpisode,
  DatasetManifest,
  DatasetRef,
  DatasetShard,
} from './contract.ts'
export { openDataset } from './open-dataset.ts'
