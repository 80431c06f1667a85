import type { Environment } from '../../envs/contract.ts'
import type { FootballLevel } from '../../envs/football/level.ts'
import { buildReplayPage } from '../replay/build-replay-page.ts'
import { oneGame, replayOf } from '../replay/games-of-run.ts'
import { html } from '../report/html.ts'
import { pictureScript } from '../report/page/picture-script.ts'
import { replayScript } from '../report/page/replay-script.ts'
import { style } from '../report/page/style.ts'
import { pageDocument } from '../report/page-document.ts'
import { type Recording, replayEpisode } from '../report/replay-episode.ts'
import { replaySection } from '../report/sections/replay-section.ts'

/** Who sat where, and what it was. */
export interface WatchedAttempt {
  readonly title: string
  readonly policy: string
  readonly seating: Readonly<Record<string, string>>
}

/** A page on which an attempt can be watched; null where the environment draws no states. */
export function replayPage(
  environment: Environment<unknown>,
  recording: Recording,
  attempt: WatchedAttempt,
): string | null {
  return environment.spec.id === 'football'
    ? gamePage(environment as Environment<FootballLevel>, recording, attempt)
    : framesPage(environment, recording, attempt)
}

function gamePage(
  environment: Environment<FootballLevel>,
  recording: Recording,
  { policy, seating }: WatchedAttempt,
): string {
  const batch = oneGame(environment)
  try {
    const { left = policy, right = policy } = seating
    return buildReplayPage([replayOf(environment, batch, { left, right }, recording)])
  } finally {
    batch.close()
  }
}

function framesPage(
  environment: Environment<unknown>,
  recording: Recording,
  { title, policy }: WatchedAttempt,
): string | null {
  const replay = replayEpisode(environment, recording, { slot: policy, when: 'final' })
  if (replay === null) return null
  const { name, actions, returns, frames } = replay
  return pageDocument({
    ...{ title: `${title} – Agon`, style },
    body: html`<nav><button type="button" id="theme">Dark or light</button></nav>
<main><header><h1>${title}</h1></header>
${replaySection({ replays: [replay], evaluation: null })}</main>`,
    data: { pictures: [], replays: [{ name, actions, returns, frames }] },
    scripts: [pictureScript, replayScript],
  })
}
