import { formatNumber } from '../format.ts'
import { html, type Markup } from '../html.ts'
import type { Replay, ReportData } from '../report-data.ts'

/** A player for the recorded episodes; the page's script shows the frames. */
export function replaySection({
  replays,
  evaluation,
}: Pick<ReportData, 'replays' | 'evaluation'>): Markup {
  if (replays.length === 0)
    return html`<section id="replay"><h2>Replays</h2><p class="empty">${evaluation === null ? 'No episode was recorded.' : 'There is no recorded episode that can be drawn here.'}</p></section>`
  const unfaithful = replays.filter(({ faithful }) => !faithful).length
  return html`<section id="replay">
  <h2>Replays</h2>
  ${unfaithful === 0 ? null : html`<p class="note">${unfaithful} of these episodes end with another return than when they were recorded: the environment is not deterministic, or it has changed since.</p>`}
  <div class="player">
    <div class="frame" id="frame" tabindex="0"></div>
    <div class="controls">
      <label class="field">Episode <select id="episode">${groups(replays)}</select></label>
      <p class="readout" id="readout" aria-live="off"></p>
      <input type="range" id="position" min="0" value="0" step="1" aria-label="Step of the episode">
      <div class="buttons">
        <button type="button" id="back">Back</button>
        <button type="button" id="play" class="primary">Play</button>
        <button type="button" id="forward">Step</button>
        <label class="field">Speed <select id="speed"><option value="2">2/s</option><option value="5">5/s</option><option value="10" selected>10/s</option><option value="30">30/s</option></select></label>
      </div>
      <p class="muted">Space plays and pauses, the arrow keys step, once the player has the focus.</p>
    </div>
  </div>
</section>`
}

/** Episodes by who played them; the first that was solved is shown. */
function groups(replays: readonly Replay[]): Markup[] {
  const labels = replays.map(groupLabel)
  const shown = Math.max(
    0,
    replays.findIndex(({ solved }) => solved),
  )
  return [...new Set(labels)].map(
    (label) =>
      html`<optgroup label="${label}">${replays.map((replay, index) => (labels[index] === label ? option(replay, index, index === shown) : html``))}</optgroup>`,
  )
}

const groupLabel = ({ slot, when }: Replay): string =>
  `${slot}, ${when === 'final' ? 'trained' : 'untrained'}`

function option(replay: Replay, index: number, shown: boolean): Markup {
  const { name, solved, actions, return: total } = replay
  const end =
    solved === undefined ? `return ${formatNumber(total)}` : solved ? 'solved' : 'not solved'
  return html`<option value="${index}"${shown ? ' selected' : ''}>${name} (${end}, ${actions.length} steps)</option>`
}
