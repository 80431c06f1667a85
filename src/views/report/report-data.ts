import type {
  EvaluationFile,
  GalleryFile,
  MetricsRow,
  RunConfig,
  RunManifest,
  TimingsRow,
} from '../../run/contract.ts'
import type { FrameStore } from './frame-store.ts'
import type { SearchData } from './search/contract.ts'

/** Everything that the page shows. What a stopped or damaged run lacks is null or empty, and `notes` says why. */
export interface ReportData {
  /** Name of the run directory. */
  readonly run: string
  readonly manifest: RunManifest | null
  readonly config: RunConfig | null
  /** `config.yaml` as it stands. */
  readonly configText: string | null
  readonly metrics: readonly MetricsRow[]
  readonly timings: readonly TimingsRow[]
  readonly gallery: GalleryFile | null
  readonly evaluation: EvaluationFile | null
  /** Pictures and features by level bytes (base64, as the files have them). */
  readonly levels: Readonly<Record<string, DrawnLevel>>
  readonly replays: readonly Replay[]
  /** Where the run has stages: what each of them left that was begun. What stands above is of the newest. */
  readonly stages?: readonly StageData[]
  /** What searches over levels came to, one for each adversary that kept a grid; absent where none did. */
  readonly searches?: readonly SearchData[]
  /** Sentences for the reader of the page. */
  readonly notes: readonly string[]
}

export interface StageData extends Pick<ReportData, 'evaluation' | 'gallery' | 'levels'> {
  readonly name: string
  /** From 1. */
  readonly number: number
  /** `ppo under accel in maze`. */
  readonly cast: string
}

export interface DrawnLevel {
  /** An `<svg>` element; absent where the environment draws none. */
  readonly picture?: string
  readonly features: Readonly<Record<string, number>>
}

/** A recorded evaluation episode, played again. */
export interface Replay {
  readonly slot: string
  /** Who played: the student before its first update, or the final one. */
  readonly when: 'baseline' | 'final'
  readonly name: string
  /** Absent where nothing can be solved. */
  readonly solved?: boolean
  readonly return: number
  /** What was done before frame `t` + 1: names where the environment has them. */
  readonly actions: readonly string[]
  /** Cumulative return at frame `t`. */
  readonly returns: readonly number[]
  readonly frames: FrameStore
  /** Whether the replayed return equals the recorded one. */
  readonly faithful: boolean
}

/** The id of students that never learn. */
export const FROZEN = 'frozen'

/** Whether no student of the run learned anything. */
export const nobodyLearned = ({ config }: Pick<ReportData, 'config'>): boolean =>
  config !== null && Object.values(config.students).every(({ id }) => id === FROZEN)
