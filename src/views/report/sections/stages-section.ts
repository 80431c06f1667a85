import { html, type Markup } from '../html.ts'
import type { PictureIndex } from '../picture-index.ts'
import type { StageData } from '../report-data.ts'
import { evaluationSection } from './evaluation-section.ts'
import { gallerySection } from './gallery-section.ts'

/** One section a stage: what was measured at its end, and the levels its adversary had. */
export function stagesSection(stages: readonly StageData[], pictures: PictureIndex): Markup {
  if (stages.length === 0)
    return html`<section id="evaluation"><h2>Stages</h2><p class="empty">No stage has left anything yet.</p></section>`
  return html`${stages.map((stage, i) => {
    const { name, number, cast, evaluation } = stage
    return html`<div class="stage" data-stage="${name}">
<h2>Stage ${number}: ${name} <span class="muted">${cast}</span></h2>
${evaluationSection(evaluation, i === 0 ? 'evaluation' : null)}
${gallerySection(stage, pictures, i === 0 ? 'gallery' : null)}
</div>`
  })}`
}
