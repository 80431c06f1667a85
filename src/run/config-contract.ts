import type { AskLimits } from '../actors/kit/asking/contract.ts'
import type { Spending } from '../actors/roles/experiment-contract.ts'
import type { SlotId } from '../core/ids.ts'
import type { ModuleUrl } from '../core/module.ts'
import type { Weakness } from '../inference/contract.ts'
import type { Device } from '../inference/device.ts'
import type { Seating } from '../seats/contract.ts'
import type { K8sConfig } from './config/k8s.schema.ts'
import type { SlurmConfig } from './config/slurm.schema.ts'

/**
 * A validated experiment: every default filled in, every part named by a module that other threads can import.
 * Made by `loadConfig` from YAML or by `resolveConfig` from a plain object; written to `<run>/config.yaml`, from
 * which it can be loaded again.
 */
export interface RunConfig {
  /** Names the run directory: letters, digits, `-`, `_`, `.`. */
  readonly name: string
  /** 0 … 2³²−1. */
  readonly seed: number
  readonly env: PartConfig
  readonly adversary: PartConfig
  /** One student per slot; `student:` in YAML means `{ agent: … }`. Keys sorted. */
  readonly students: Readonly<Record<SlotId, PartConfig>>
  /** Whom adversaries, students and graders may ask, by name; absent where there is none. Keys sorted. */
  readonly services?: Readonly<Record<string, ServiceConfig>>
  /** Services that turn artefacts into statistics before the adversary sees an outcome. */
  readonly graders?: readonly string[]
  /** By name, sorted; absent where the config names none. */
  readonly policies?: Readonly<Record<string, PolicyConfig>>
  /** Who sits in which seat, in tasks that say nothing else. */
  readonly seating?: Seating
  readonly evaluation: EvaluationConfig
  readonly budget: Budget
  readonly cuts: { readonly every: number; readonly keep: number }
  /** Threads that share one student's work. Never changes a bit of the result. */
  readonly workers: number
  /** By the key that a role's row names: of all its actors, or one by one. */
  readonly placement: Readonly<Record<string, Placement | Readonly<Record<string, Placement>>>>
  /**
   * At most `restarts` restarts of actors within `windowSeconds`, and in a row without anything new done; then the run stops with
   * the first error. An actor that does not answer within `answerSeconds` counts as lost.
   */
  readonly supervision: {
    readonly restarts: number
    readonly windowSeconds: number
    /** Absent in runs that were begun before there was one: {@link ANSWER_SECONDS}. */
    readonly answerSeconds?: number
  }
  readonly hub: HubConfig
  /** Absent where the config says nothing of Slurm. */
  readonly slurm?: SlurmConfig
  readonly k8s?: K8sConfig
  readonly tensorboard: boolean
  /** Absent: true. */
  readonly levelLog?: boolean
  /**
   * Where the run has stages: all of them, and the cast, evaluation and budget above are those of the first. Absent in a
   * run that is one.
   */
  readonly stages?: readonly StageConfig[]
  /** Of a config that is one stage: what it leaves of its students' episodes. */
  readonly dataset?: DatasetConfig
}

export interface DatasetConfig {
  readonly episodes: number
  readonly take: 'first' | 'last'
}

/** A part of a run with a cast, a measurement and a budget of its own. */
export interface StageConfig
  extends Pick<RunConfig, 'env' | 'adversary' | 'students' | 'evaluation' | 'budget'> {
  readonly name: string
  readonly dataset?: DatasetConfig
  readonly from?: StageSources
}

/** What a stage takes over of earlier ones, as it was written. */
export interface StageSources {
  /** `<stage>` or `<stage>.<slot>`. */
  readonly policy?: string
  /** `<stage>`. */
  readonly archive?: string
  /** `<stage>`. */
  readonly dataset?: string
}

/** Where a named policy comes from. */
export type PolicyConfig =
  /** An absolute path; the digest is of the graph and its card. */
  | ({ readonly file: string; readonly sha256: string } & Weakness)
  | { readonly bot: string; readonly difficulty?: number }
  | ({ readonly kserve: string } & Weakness)
  | { readonly slot: string }

export interface PartConfig {
  /** A built-in id (`maze`, `accel`, `ppo`) or the path the user wrote (`./my-env.ts`). */
  readonly id: string
  readonly module: ModuleUrl
  readonly options: Readonly<Record<string, unknown>>
}

export interface ServiceConfig extends PartConfig {
  readonly limits: AskLimits
}

/**
 * `local`: in the hub's thread; `thread`: in a worker thread of its own; `process`: in a process of its own on this machine;
 * `node:<label>`: on a node of that label (`agon node`); `attach`: an outsider of that role, who is waited for.
 */
export type Placement = 'local' | 'thread' | 'process' | 'attach' | 'node' | `node:${string}`

/** How others reach a run while it goes on. Never changes a bit of the result. */
export interface HubConfig {
  /** `host:port`; port 0 lets the system choose. */
  readonly listen: string
  /** What the rendezvous file tells others to dial instead of the host of `listen`. */
  readonly advertise?: string
  /** Absolute paths of PEM files; absent: no encryption. */
  readonly tls?: {
    readonly certificate: string
    readonly key: string
    /** For those who dial; the certificate itself where absent. */
    readonly authority?: string
    /** Given: who dials must show a certificate of this authority. */
    readonly clientAuthority?: string
    /** What those may show who can read the rendezvous file and these. */
    readonly clientCertificate?: string
    readonly clientKey?: string
  }
  /** Listens beyond loopback in the clear. */
  readonly insecure: boolean
  readonly heartbeatMs: number
  readonly missedHeartbeats: number
  readonly resumeSeconds: number
  readonly attachSeconds: number
  readonly maxMessageMb: number
  readonly creditMb: number
  /** What becomes of an actor on another numeric platform than the one before it. */
  readonly otherPlatform: 'refuse' | 'inexact'
}

export interface EvaluationConfig {
  /** Suites joined with `+`. */
  readonly suite: string
  readonly episodes: number
  /** In gradient updates; 0 = only at the end. */
  readonly every: number
  /** Of the untrained and of the final student, measured when the run ends, with recordings for the report. */
  readonly final: { readonly suite: string; readonly episodes: number }
  /** Options of the environment that measures, all of them; absent where they are those of training. */
  readonly env?: Readonly<Record<string, unknown>>
  /** Who sits in which seat while measuring; absent where everybody is the student. */
  readonly seating?: Seating
  readonly seed: number
  readonly workers: number
  /** Where policies are measured; absent: the CPU. */
  readonly device?: Device
}

/** Exactly one unit; cycles, gradient updates and environment steps are counted and reported all the same. */
export type Budget = { [U in keyof Spent]-?: Readonly<Record<U, number>> }[keyof Spent]

export type Spent = Spending
