import type { RunNews, RunView } from '../../launch/hub/run-view.ts'
import type { ActorState } from '../../run/actor-states.ts'
import { countTexts } from '../../views/text/counts.ts'
import { formatCount, isMeasured, scoreText } from '../../views/text/quantities.ts'
import { formatTable } from '../../views/text/table.ts'
import type { Progress } from './progress.ts'

/**
 * Shows what a watcher hears as `agon run` shows it.
 * @param interactive on a screen, evaluations stand in the status line
 */
export function showNews(progress: Progress, interactive: boolean): (news: RunNews) => void {
  const actors = new Map<string, ActorState['state']>()
  let begun = false
  return (news) => {
    if (news.kind === 'run') {
      for (const { actor, state } of news.run.actors) actors.set(actor, state)
      if (!begun) begin(news.run, progress)
      begun = true
    } else if (news.kind === 'actor') {
      const { actor, state } = news.actor
      const text = actorText(news.actor, actors.get(actor))
      actors.set(actor, state)
      if (text !== null) progress.note(text)
    } else if (news.kind === 'note') {
      const left = news.of === 'cut' || (news.of === 'evaluation' && interactive)
      if (!left) progress.note(news.text)
    } else progress.on(news)
  }
}

/** A run that has been going on for a while shows where it is before its next cycle. */
function begin({ dir, spent, budget, done }: RunView, progress: Progress): void {
  if (budget !== null) progress.on({ kind: 'started', dir, from: 0, spent, budget })
  const { cycles: cycle, gradientUpdates: gradient_updates, envSteps: env_steps } = spent
  const metrics = { cycle, gradient_updates, env_steps }
  if (cycle > 0) progress.on({ kind: 'cycle', spent, done, metrics })
}

/** What someone may have to do about an actor, or need not do any more. */
function actorText(
  { actor, state, placement, name }: ActorState,
  before: ActorState['state'] | undefined,
): string | null {
  const who = name === '' ? actor : `${actor} (${name})`
  if (state === 'awaited' || state === 'lost') return `${who} is ${state}, placement ${placement}`
  const back = before === 'awaited' || before === 'lost'
  return state === 'working' && back ? `${who} is working` : null
}

/** What became of a run, as lines. */
export function watchedSummary({ status, spent, dir, ...solved }: RunView): readonly string[] {
  const counts = [
    `${formatCount(spent.cycles)} cycles`,
    `${formatCount(spent.gradientUpdates)} gradient updates`,
    `${formatCount(spent.envSteps)} env steps`,
    ...countTexts(spent),
  ]
  return formatTable([[status, counts.join(', ')], ...scores(solved), ['directory', dir]])
}

/** A line for each slot. */
function scores({
  slots,
  ...only
}: Pick<RunView, 'solvedRate' | 'measures' | 'slots'>): string[][] {
  if (!isMeasured(only)) return []
  const word = only.solvedRate === null ? 'measured' : 'solved'
  if (slots === undefined) return [[word, scoreText(only)]]
  return Object.entries(slots).map(([slot, score]) => [`${word} ${slot}`, scoreText(score)])
}
