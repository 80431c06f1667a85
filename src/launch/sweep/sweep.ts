import type { ErrorRecord } from '../../core/errors.ts'

/** One run of a sweep. */
export interface SweptRun {
  readonly seed: number
  readonly dir: string
  /** Which variant of a sweep file; absent where one config is run under several seeds. */
  readonly variant?: string
}

/** How it ended. `left`: it was not begun, because the sweep was told to stop. `queued`: its job goes on without the sweep. */
export interface SweptEnd {
  readonly status: 'finished' | 'stopped' | 'failed' | 'left' | 'queued'
  /** Of a failed one. */
  readonly error: ErrorRecord | null
}

export type SweepEvent =
  /** To a cluster, as one job of so many runs. */
  | { readonly kind: 'submitted'; readonly job: string; readonly runs: number }
  | ({ readonly kind: 'begun' } & SweptRun)
  /** `done`: 0 … 1 of the budget. */
  | ({ readonly kind: 'progress'; readonly done: number } & SweptRun)
  | ({ readonly kind: 'ended' } & SweptRun & SweptEnd)

/** A run that has been started somewhere. */
export interface StartedRun {
  readonly ended: Promise<SweptEnd>
  /** The first time with a cut, the second time at once. */
  stop(): void
}

export interface SweepRequest {
  readonly runs: readonly SweptRun[]
  /** At a time. */
  readonly jobs: number
  start(run: SweptRun, onDone: (done: number) => void): StartedRun
  onEvent(event: SweepEvent): void
}

export interface Sweep {
  /** In the order of the runs. */
  readonly result: Promise<readonly (SweptRun & SweptEnd)[]>
  /** Begins no more runs and stops those that are going on; again: at once. */
  stop(): void
}

/** Runs of one config or of several variants under several seeds, some at a time. One that fails is told of, and the others go on. */
export function startSweep({ runs, jobs, start, onEvent }: SweepRequest): Sweep {
  const ended = new Map<SweptRun, SweptEnd>()
  const going = new Set<StartedRun>()
  let next = 0
  let stopped = false

  const work = async (): Promise<void> => {
    while (next < runs.length) {
      const run = runs[next++]
      const end: SweptEnd = stopped ? { status: 'left', error: null } : await oneRun(run)
      ended.set(run, end)
      onEvent({ kind: 'ended', ...run, ...end })
    }
  }
  const oneRun = async (run: SweptRun): Promise<SweptEnd> => {
    onEvent({ kind: 'begun', ...run })
    const started = start(run, (done) => onEvent({ kind: 'progress', ...run, done }))
    going.add(started)
    try {
      return await started.ended
    } finally {
      going.delete(started)
    }
  }
  const workers = Array.from({ length: Math.min(jobs, runs.length) }, work)
  return {
    result: Promise.all(workers).then(() =>
      runs.map((run) => ({ ...run, ...(ended.get(run) ?? { status: 'left', error: null }) })),
    ),
    stop() {
      stopped = true
      for (const started of going) started.stop()
    },
  }
}
