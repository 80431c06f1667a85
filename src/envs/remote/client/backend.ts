import type { AgonError } from '../../../core/errors.ts'
import type { agon } from '../../../wire/index.ts'
import type { PipePaths } from './pipe-paths.ts'

/** What a remote environment can be asked, whatever protocol carries it: the calls of agon.v1.Environments. */
export interface Backend {
  call<K extends keyof LevelCalls>(
    method: K,
    request: LevelCalls[K]['request'],
  ): Promise<LevelCalls[K]['answer']>
  /**
   * @param rows that every step will have
   * @throws AgonError what the server said, or why it cannot be reached; `environment/answer` for another number of rows
   */
  open(request: agon.v1.Open.$Properties, rows: number): Promise<BackendVector>
  close(): void
}

export interface BackendVector {
  ask(request: agon.v1.StepRequest.$Properties): Promise<agon.v1.StepReply.$Properties>
  close(): void
  /** Where steps may go another way. */
  readonly pipes?: PipePaths
  /** What its stream ended with, once it did. */
  readonly broken?: Promise<AgonError>
}

export type LevelMethod = Exclude<keyof LevelCalls, 'describe'>

/** The unary calls. */
export interface LevelCalls {
  readonly describe: Call<
    agon.v1.DescribeRequest.$Properties,
    agon.v1.EnvironmentDescription.$Properties
  >
  readonly sampleLevels: Call<agon.v1.SampleLevelsRequest.$Properties, agon.v1.Levels.$Properties>
  readonly mutateLevels: Call<agon.v1.MutateLevelsRequest.$Properties, agon.v1.Levels.$Properties>
  readonly describeLevels: Call<
    agon.v1.DescribeLevelsRequest.$Properties,
    agon.v1.LevelDescriptions.$Properties
  >
  readonly parseLevels: Call<agon.v1.ParseLevelsRequest.$Properties, agon.v1.Levels.$Properties>
  readonly crossLevels: Call<agon.v1.CrossLevelsRequest.$Properties, agon.v1.Levels.$Properties>
  readonly toGenome: Call<agon.v1.ToGenomeRequest.$Properties, agon.v1.Points.$Properties>
  readonly fromGenome: Call<agon.v1.FromGenomeRequest.$Properties, agon.v1.Levels.$Properties>
  readonly resampleLevels: Call<
    agon.v1.ResampleLevelsRequest.$Properties,
    agon.v1.Levels.$Properties
  >
  readonly drawStates: Call<agon.v1.DrawStatesRequest.$Properties, agon.v1.Pictures.$Properties>
}

interface Call<Q, A> {
  readonly request: Q
  readonly answer: A
}
