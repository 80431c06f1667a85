import type { ModuleUrl } from '../../core/module.ts'
import type { NamedTensors } from '../../core/tensor.ts'
import type { AdamJob, AdamReport, GradientReport, SharedModel } from './contract.ts'

export interface TrainerSetup {
  readonly module: ModuleUrl
  readonly options: unknown
  readonly model: SharedModel
}

export interface ColumnsJob {
  readonly shard: number
  readonly steps: number
  readonly columns: readonly number[]
  /** 1/(T·B) of the whole batch, so that means of shards just add. */
  readonly share: number
}

/** What a thread of a learner over batches does, one call at a time. */
export interface TrainerThread {
  open(setup: TrainerSetup): Promise<void>
  /** The batch in shared memory; its contents may change between calls. */
  attach(batch: NamedTensors): Promise<void>
  gradient(job: ColumnsJob): Promise<GradientReport>
  /** @throws AgonError `learner/not-finite`; the parameters are then left as they were */
  adam(job: AdamJob): Promise<AdamReport>
}
