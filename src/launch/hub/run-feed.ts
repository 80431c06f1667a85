import type { ErrorRecord } from '../../core/errors.ts'
import type { ActorStates } from '../../run/actor-states.ts'
import type { Budget, MetricsRow, ProgressEvent, Spent } from '../../run/contract.ts'
import { shareOf } from '../../views/listing/run-listing.ts'
import { eventText } from '../../views/text/event-text.ts'
import { renderLine } from '../../views/text/line.ts'
import { type agon, encodeFault } from '../../wire/index.ts'

export type RunMessage = agon.v1.Run.$Properties
export type NewsMessage = agon.v1.RunEvent.$Properties

/** What is known of a run before it begins. */
export interface RunFacts {
  readonly id: string
  readonly name: string
  /** Absolute. */
  readonly directory: string
  /** ISO 8601. */
  readonly created: string
  readonly budget: Budget
  readonly spent: Spent
}

export interface NewsReader {
  news(event: NewsMessage): void
  /** Nothing comes after it. */
  end(): void
}

/** A run as those who ask for it see it, kept up by what the run tells of itself. */
export interface RunFeed {
  on(event: ProgressEvent): void
  run(): RunMessage
  /** First the run as it is. @returns ends it */
  subscribe(reader: NewsReader): () => void
  /** The run as it ended is the last news. */
  end(status: 'finished' | 'stopped' | 'failed', error?: ErrorRecord): void
}

export function runFeed(facts: RunFacts, actors: ActorStates): RunFeed {
  const { id, name, directory } = facts
  const fixed = { id, name, directory, createdMs: Date.parse(facts.created) }
  const readers = new Set<NewsReader>()
  let status = 'running'
  let spent = facts.spent
  let { budget } = facts
  let stage = ''
  let done = shareOf(spent, budget)
  let epoch = 1
  const solved = new Map<string, agon.v1.SlotScore.$Properties>()
  let failure: ErrorRecord | undefined

  const tell = (event: NewsMessage): void => {
    for (const reader of [...readers]) reader.news(event)
  }
  /** Of the first slot, as in a listing. */
  const newest = () => solved.get([...solved.keys()].sort()[0] ?? '')
  const bySlot = () => (solved.size > 1 ? { slots: Object.fromEntries(solved) } : {})
  const run = (): RunMessage => ({
    ...fixed,
    status,
    ...spent,
    budget,
    stage,
    done,
    epoch,
    actors: [...actors.list()],
    ...newest(),
    ...bySlot(),
    ...(failure === undefined ? {} : { error: encodeFault(failure) }),
  })
  actors.subscribe((actor) => tell({ actor }))
  return {
    run,
    on(event) {
      if (event.kind === 'cycle') ({ spent, done } = event)
      if (event.kind === 'stage') ({ stage, budget, done } = event)
      if (event.kind === 'restored') epoch = event.epoch
      if (event.kind === 'evaluation' && event.when !== 'baseline')
        solved.set(event.slot, {
          ...(event.solvedRate === null ? {} : { solvedRate: event.solvedRate }),
          measures: { ...event.measures },
        })
      if (readers.size === 0) return
      if (event.kind === 'cycle') return tell({ metrics: rowMessage(event.metrics, done) })
      if (event.kind === 'restored' || event.kind === 'stage') tell({ run: run() })
      if (event.kind === 'warning') return tell({ warning: encodeFault(event.warning) })
      const line = eventText(event)
      if (line !== null) tell({ note: { kind: event.kind, text: renderLine(line, false) } })
    },
    subscribe(reader) {
      readers.add(reader)
      reader.news({ run: run() })
      return () => readers.delete(reader)
    },
    end(ended, error) {
      status = ended
      failure = error
      tell({ run: run() })
      for (const reader of [...readers]) reader.end()
      readers.clear()
    },
  }
}

function rowMessage(row: MetricsRow, done: number): agon.v1.MetricsRow.$Properties {
  const { cycle, gradient_updates: gradientUpdates, env_steps: envSteps, ...values } = row
  return { cycle, gradientUpdates, envSteps, values, done }
}
