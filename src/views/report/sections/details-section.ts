import { formatCount } from '../format.ts'
import { html, type Markup } from '../html.ts'
import type { ReportData } from '../report-data.ts'

/** What another person needs to run it again: config, platform, and the times it went back to a cut. */
export function detailsSection({ configText, manifest }: ReportData): Markup {
  return html`<section id="config"><h2>Config</h2>
  ${configText === null ? html`<p class="empty">There is no config.yaml in the run directory.</p>` : html`<details open><summary>config.yaml, with every default written out</summary><pre class="scroll"><code>${configText}</code></pre></details>`}
</section>
<section id="platform"><h2>Platform</h2>
  ${manifest === null ? html`<p class="empty">There is no manifest.json in the run directory.</p>` : platform(manifest)}
</section>`
}

function platform({ platform, epochs, configSha256 }: NonNullable<ReportData['manifest']>): Markup {
  const rows: readonly (readonly [string, string])[] = [
    ['Node', platform.node],
    ['ONNX Runtime', platform.onnxruntime],
    ['Provider', platform.provider],
    ['Architecture', platform.arch],
    ['Operating system', platform.os],
    ['Instruction sets', platform.instructions],
    ['SHA-256 of the config', configSha256],
  ]
  return html`<p class="muted">The same config and seed give the same bytes on a platform equal to this one.</p>
  <dl class="facts">${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
  ${
    epochs.length < 2
      ? null
      : html`<h3>Epochs</h3><div class="scroll"><table><thead><tr><th>Epoch</th><th>From cycle</th><th>At</th><th>Cause</th></tr></thead><tbody>${epochs.map(
          ({ epoch, from, at, cause }) =>
            html`<tr><td>${epoch}</td><td>${formatCount(from)}</td><td>${at}</td><td>${cause}</td></tr>`,
        )}</tbody></table></div>`
  }`
}
