import { selectCharts } from './charts.ts'
import { html } from './html.ts'
import { chartScript } from './page/chart-script.ts'
import { pictureScript } from './page/picture-script.ts'
import { replayScript } from './page/replay-script.ts'
import { searchScript } from './page/search-script.ts'
import { style } from './page/style.ts'
import { pageDocument } from './page-document.ts'
import { indexPictures } from './picture-index.ts'
import { nobodyLearned, type ReportData } from './report-data.ts'
import { pageSearch } from './search/page-search.ts'
import { curvesSection } from './sections/curves-section.ts'
import { detailsSection } from './sections/details-section.ts'
import { evaluationSection } from './sections/evaluation-section.ts'
import { gallerySection } from './sections/gallery-section.ts'
import { headerSection, runName } from './sections/header-section.ts'
import { replaySection } from './sections/replay-section.ts'
import { searchSection } from './sections/search-section.ts'
import { stagesSection } from './sections/stages-section.ts'
import { stageBorders } from './stage-borders.ts'

/** The whole page as one HTML file that loads nothing else. */
export function buildReport(data: ReportData): string {
  const charts = selectCharts(data.metrics, data.timings)
  const { stages, searches = [] } = data
  const drawn = (stages ?? []).map(({ levels }) => levels)
  const pictures = indexPictures(Object.assign({}, ...drawn, data.levels))
  const page = {
    axes: charts.axes,
    borders: stageBorders(data.metrics, stages ?? []),
    charts: { main: charts.main, rest: charts.rest },
    pictures: pictures.pictures,
    ...(searches.length === 0 ? {} : { run: data.run, searches: searches.map(pageSearch) }),
    replays: data.replays.map(({ name, solved, actions, returns, frames }) => ({
      name,
      solved,
      actions,
      returns,
      frames,
    })),
  }
  const body = html`<nav>${searches.length === 0 ? null : html`<a href="#search">Search</a>`}<a href="#evaluation">Evaluation</a><a href="#curves">Curves</a><a href="#replay">Replays</a><a href="#gallery">Levels</a><a href="#config">Config</a><a href="#platform">Platform</a><button type="button" id="theme">Dark or light</button></nav>
<main>
${headerSection(data)}
<noscript><p class="note">Bars, curves, pictures and replays are drawn by the page’s own script, which is switched off here.</p></noscript>
${searches.map(searchSection)}
${stages === undefined ? evaluationSection(data.evaluation) : stagesSection(stages, pictures)}
${curvesSection(charts, nobodyLearned(data))}
${replaySection(data)}
${stages === undefined ? gallerySection(data, pictures) : null}
${detailsSection(data)}
</main>`
  return pageDocument({
    title: `${runName(data)} – Agon report`,
    style,
    body,
    data: page,
    scripts: [
      pictureScript,
      chartScript,
      replayScript,
      ...(searches.length === 0 ? [] : [searchScript]),
    ],
  })
}
