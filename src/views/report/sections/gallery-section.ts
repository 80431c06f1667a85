import type { GalleryFile } from '../../../run/contract.ts'
import { formatCount, formatNumber } from '../format.ts'
import { html, type Markup } from '../html.ts'
import type { PictureIndex } from '../picture-index.ts'
import type { ReportData } from '../report-data.ts'

type Level = GalleryFile['levels'][number]

const REASONS: readonly (readonly [Level['reason'], string, string])[] = [
  ['high-score', 'Highest scores', 'Where the adversary expects the student to learn most.'],
  ['most-edited', 'Most edited', 'The longest lineages of edits.'],
  ['low-score', 'Lowest scores', 'The next to be replaced.'],
  ['recent', 'Most recent', 'The levels proposed last.'],
]
/** Features under a picture; the rest would not fit. */
const MOST_FEATURES = 4

/** What the adversary remembers, drawn, each level with the edits that led to it. */
/** @param id of the section; others than the first of a page have none */
export function gallerySection(
  data: Pick<ReportData, 'gallery' | 'levels'>,
  pictures: PictureIndex,
  id: string | null = 'gallery',
): Markup {
  const open = id === null ? html`<section>` : html`<section id="${id}">`
  const { gallery } = data
  if (gallery === null || gallery.levels.length === 0)
    return html`${open}<h2>Levels</h2><p class="empty">${gallery === null ? 'No gallery was written: it is made at the first cut.' : 'The adversary had no levels to show.'}</p></section>`
  const groups = REASONS.map(([reason, title, about]) => {
    const levels = gallery.levels.filter((level) => level.reason === reason)
    if (levels.length === 0) return null
    return html`<h3>${title} <span class="muted">${about}</span></h3>
  <div class="gallery" data-reason="${reason}">${levels.map((level) => card(level, data, pictures))}</div>`
  })
  return html`${open}<h2>Levels</h2>
  <p class="muted">From the adversary’s memory at cycle ${formatCount(gallery.cycle)}.</p>
  ${groups.filter((group) => group !== null)}
</section>`
}

function card(level: Level, data: Pick<ReportData, 'levels'>, pictures: PictureIndex): Markup {
  const features = Object.entries(data.levels[level.level]?.features ?? {}).slice(0, MOST_FEATURES)
  const edits =
    level.generation === 0
      ? 'as generated'
      : level.generation === 1
        ? '1 edit'
        : `${level.generation} edits`
  return html`<figure class="level">
    ${picture(level.level, level.id, pictures)}
    <figcaption>
      <b>score ${formatNumber(level.score)}</b> <span class="muted">${level.id}${level.slot === undefined ? '' : ` · ${level.slot}`} · ${edits}</span>
      <ul class="features">${features.map(([name, value]) => html`<li>${name.replaceAll('_', ' ')} <b>${formatNumber(value)}</b></li>`)}</ul>
      ${lineage(level, pictures)}
    </figcaption>
  </figure>`
}

/** From the generated ancestor on the left to the level itself on the right. */
function lineage({ ancestry, id, level }: Level, pictures: PictureIndex): Markup | null {
  const steps = ancestry.some((step) => step.id === id)
    ? ancestry.map((step) => (step.id === id ? { ...step, level } : step))
    : ancestry
  if (steps.length < 2) return null
  const strip = steps
    .toReversed()
    .map(
      (step) =>
        html`<li><span class="operator">${step.operator}</span>${picture(step.level, step.id, pictures)}<span class="muted">${step.id}</span></li>`,
    )
  return html`<details class="lineage"><summary>Lineage (${steps.length} levels)</summary><ol>${strip}</ol></details>`
}

function picture(level: string | undefined, id: string, pictures: PictureIndex): Markup {
  const index = level === undefined ? undefined : pictures.of(level)
  if (index === undefined) return html`<span class="picture none">${id}</span>`
  return html`<span class="picture" data-picture="${index}" data-name="${id}"></span>`
}
