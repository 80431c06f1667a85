import type { Finding } from '../conformance/index.ts'
import type { ErrorRecord } from '../core/errors.ts'
import type { EvaluationReport, EvaluationRequest } from '../evaluation/contract.ts'
import type { PolicyCard, PolicyFile } from '../inference/contract.ts'
import type { Device } from '../inference/device.ts'
import type { PolicySource, RemotePolicyRef } from '../inference/policy-source.ts'
import type { Check } from '../launch/check.ts'
import type { ExamineRequest } from '../launch/conformance/examine.ts'
import type { InstallPlan, ProviderInstall } from '../launch/gpu/install-provider.ts'
import type { ExperimentsClient } from '../launch/hub/experiments-client.ts'
import type { LiveRun } from '../launch/hub/live-runs.ts'
import type { FolderEvent, FolderHub } from '../launch/hub/serve-folder.ts'
import type { ServedEnvironment, ServeRequest } from '../launch/serve/serve-environment.ts'
import type { ServedPolicy, ServePolicyRequest } from '../launch/serve/serve-policy.ts'
import type { SubmittableJob } from '../launch/slurm/slurm-job.ts'
import type { Estimate } from '../run/config/estimate.ts'
import type { LoadOptions } from '../run/config/load-config.ts'
import type { ConfigSection } from '../run/config/sections.ts'
import type { ProgressEvent, RunConfig, RunHandle } from '../run/contract.ts'
import type { RunListing } from '../views/listing/run-listing.ts'
import type { StoredReplay } from '../views/replay/write-stored-replay.ts'
import type { EvaluationSetting } from './commands/eval/evaluation-setting.ts'
import type { Played, PlayRequest } from './commands/play/play-request.ts'
import type { DialFiles } from './options/dial-options.ts'

/**
 * What commands ask of the rest of Agon. The real ones import their part of the engine when they are called, so that
 * a command costs only what it uses; tests give their own.
 */
export interface Services {
  loadConfig(path: string, options: LoadOptions): Promise<RunConfig>
  /** With the rate of this machine, measured in a fraction of a second. */
  estimate(config: RunConfig): Promise<Estimate>
  /** Bytes free where `path` is or would be made. */
  freeDisk(path: string): Promise<number>
  /** Every key of a config of built-in parts. */
  configKeys(): Promise<readonly ConfigSection[]>
  /**
   * Whether such a run could begin; leaves nothing.
   * @param options `orResume`: what has begun in `out` would be gone on with
   * @throws AgonError what `launch` or `launchOrResume` would refuse
   */
  checkLaunch(
    config: RunConfig,
    options: { readonly out?: string; readonly init?: PolicyFile; readonly orResume: boolean },
  ): Promise<void>
  launch(
    config: RunConfig,
    options: {
      readonly out?: string
      readonly init?: PolicyFile
      readonly onProgress: (event: ProgressEvent) => void
    },
  ): Promise<RunHandle>
  /** Begins the run in `out`, or goes on with the one that has begun there. */
  launchOrResume(
    config: RunConfig,
    options: {
      readonly out: string
      readonly init?: PolicyFile
      readonly onProgress: (event: ProgressEvent) => void
    },
  ): Promise<RunHandle>
  /** The run as a job of Slurm; nothing is written before it is submitted. */
  slurmJob(
    config: RunConfig,
    options: { readonly out?: string; readonly init?: PolicyFile },
  ): Promise<SubmittableJob>
  /** The run as manifests for Kubernetes. */
  k8sManifests(config: RunConfig): Promise<string>
  /** @returns the files made */
  makeAuthority(request: {
    readonly folder: string
    readonly hosts: readonly string[]
    readonly days: number
  }): Promise<readonly string[]>
  resume(
    dir: string,
    options: {
      readonly set: readonly string[]
      readonly onProgress: (event: ProgressEvent) => void
    },
  ): Promise<RunHandle>
  readPolicy(path: string): Promise<PolicyFile>
  /**
   * Writes a released network and the card it lacks to `path`.
   * @param release its family; found by its graph where it is undefined
   */
  importPolicy(file: string, release: string | undefined, path: string): Promise<PolicyCard>
  /**
   * Writes the levels of a scenario file of Google Research Football to `path`.
   * @throws AgonError `level/scenario` with file, line and column, `level/missing`, `level/unwritable`
   */
  importScenario(file: string, path: string): Promise<ImportedScenario>
  /**
   * A policy that others run, by its address `kserve://host:port/model`.
   * @throws AgonError `usage/address`, `policy/*` and what the connection fails of
   */
  findRemotePolicy(address: string, hints: RemotePolicyHints): Promise<RemotePolicyRef>
  /** The environment of an evaluation, from `--env` or from what the policy was trained on. */
  evaluationSetting(policy: PolicySource, env: string | undefined): Promise<EvaluationSetting>
  /** Levels of a user's file, name → canonical bytes. */
  readLevels(
    path: string,
    setting: EvaluationSetting,
  ): Promise<Readonly<Record<string, Uint8Array>>>
  measure(
    policy: PolicySource,
    request: EvaluationRequest,
    options: { readonly workers: number; readonly device: Device },
  ): Promise<EvaluationReport>
  /** The report as text and as plain data. */
  presentEvaluation(report: EvaluationReport): Promise<Presented>
  /** Listens until it is closed. */
  servePolicy(request: ServePolicyRequest): Promise<ServedPolicy>
  serveEnvironment(request: ServeRequest): Promise<ServedEnvironment>
  /** Whether a third party speaks the protocol: one finding a check. */
  examine(request: ExamineRequest): AsyncIterable<Finding>
  writeReport(dir: string): Promise<string>
  /** @throws AgonError `play/*`, `policy/*`, `level/*`, `football/*` and what files fail of */
  playFootball(request: PlayRequest): Promise<Played>
  /**
   * Stored football games as a page (`.html`), or one as a replay (`.json`).
   * @throws AgonError `usage/value`, `usage/argument`, `replay/*` and what runs are refused for
   */
  writeStoredReplay(games: readonly string[], path: string): Promise<StoredReplay>
  compare(dirs: readonly string[]): Promise<Presented>
  listRuns(root: string): Promise<readonly RunListing[]>
  /** @param target address or rendezvous file @throws AgonError `wire/rendezvous`, `wire/token-file` */
  experiments(target: string, files: DialFiles): Promise<ExperimentsClient>
  /** Lets time go by. */
  pause(ms: number): Promise<void>
  /** {@link listRuns}, with what the hubs of those that are going on say. */
  liveRuns(root: string, files: DialFiles): Promise<readonly LiveRun[]>
  /**
   * Serves a folder of runs until it is closed.
   * @param set of the `hub:` section, as `--set` takes it
   */
  serveFolder(
    root: string,
    set: readonly string[],
    onEvent: (event: FolderEvent) => void,
    onWarning: (warning: ErrorRecord) => void,
  ): Promise<FolderHub>
  /** The text of a config, and what it is to be called where it does not say. */
  readConfigText(path: string): Promise<{ readonly text: string; readonly name: string | null }>
  checkMachine(): Promise<readonly Check[]>
  /** @returns whether CUDA works comes last */
  checkGpu(): Promise<readonly Check[]>
  /**
   * @param from what `--from` says
   * @param onPlan told before anything is fetched
   * @throws AgonError `gpu/*`
   */
  installGpu(from: string, onPlan: (plan: InstallPlan) => void): Promise<ProviderInstall>
}

/** How to reach and read a policy that others run; paths of files. */
export interface RemotePolicyHints {
  readonly tokenFile?: string
  /** PEM file; makes the connection one of TLS. */
  readonly authority?: string
  /** `policy.yaml` of a model whose server has no card for it. */
  readonly card?: string
}

export interface ImportedScenario {
  /** Their names, in the order of the file. */
  readonly levels: readonly string[]
  /** What the scenario says that is no part of a level. */
  readonly notes: readonly string[]
}

export interface Presented {
  readonly lines: readonly string[]
  readonly json: Readonly<Record<string, unknown>>
}
