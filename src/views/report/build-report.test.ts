import { describe, expect, it } from 'vitest'
import type { MetricsRow } from '../../run/contract.ts'
import { buildReport } from './build-report.ts'
import { drawLevels } from './draw-levels.ts'
import { replayEpisode } from './replay-episode.ts'
import type { Replay, ReportData } from './report-data.ts'
import {
  base64,
  emptyRun,
  fakeEvaluation,
  fakeGallery,
  fakeManifest,
  walk,
} from './testing/fake-run.ts'

const row = (cycle: number): MetricsRow => ({
  cycle,
  gradient_updates: cycle,
  env_steps: cycle * 32,
  'agent/return_mean': 0.5,
})
const recording = { name: 'a/x', level: base64(2), actions: [1, 1], return: 1, solved: true }
const replay = replayEpisode(walk(), recording, { slot: 'agent', when: 'final' }) as Replay

const wholeRun: ReportData = {
  ...emptyRun,
  manifest: fakeManifest,
  configText: 'name: walk\n',
  metrics: [row(1), row(2)],
  gallery: fakeGallery,
  evaluation: {
    slots: {
      agent: {
        baseline: fakeEvaluation('a', { x: 0 }),
        final: fakeEvaluation('a', { x: 0.5 }),
      },
    },
  },
  levels: drawLevels(walk(), fakeGallery, []),
  replays: [replay],
}

/** What the page hands to its script. */
const dataOf = (page: string) =>
  JSON.parse(
    /<script type="application\/json" id="agon-data">(.*?)<\/script>/s.exec(page)?.[1] ?? '',
  )

describe('buildReport', () => {
  it('gives no interval without width to levels that are all alike', () => {
    const slots = (rates: Record<string, number>) => ({
      slots: { agent: { final: fakeEvaluation('a', rates) } },
    })
    const alike = buildReport({ ...wholeRun, evaluation: slots({ x: 0, y: 0 }) })
    expect(alike).toContain('solved <span class="muted">(all levels alike)</span>')
    expect(alike).not.toContain('0–0')
    const apart = buildReport({ ...wholeRun, evaluation: slots({ x: 0, y: 1 }) })
    expect(apart).toContain('solved <span class="muted">(95 % interval 0–100')
  })

  it('is one page that loads nothing', () => {
    const page = buildReport(wholeRun)
    expect(page.startsWith('<!doctype html>')).toBe(true)
    expect(page).not.toMatch(/https?:\/\/(?!www\.w3\.org\/2000\/svg)/)
    expect(page).not.toMatch(/<(link|script|img)[^>]+(src|href)="(?!data:)/)
  })

  it('holds curves, pictures once each, and frames', () => {
    const data = dataOf(buildReport(wholeRun))
    expect(data.charts.main[0].series[0].values).toEqual([0.5, 0.5])
    expect(data.pictures).toEqual([
      expect.stringContaining('x="5"'),
      expect.stringContaining('x="4"'),
    ])
    expect(data.replays[0].frames.order).toEqual([0, 1, 2])
  })

  it('shows counters, both solved rates and the lineage', () => {
    const page = buildReport(wholeRun)
    expect(page).toContain('<dt>Environment steps</dt><dd>64</dd>')
    expect(page).toMatch(/a: <strong class="final">50\u202f%<\/strong> solved/)
    expect(page).toMatch(/untrained <strong>0\u202f%<\/strong>/)
    expect(page).toContain('Lineage (2 levels)')
    expect(page).toMatch(/generate<\/span><span class="picture" data-picture="1" data-name="L1">/)
    expect(page).toMatch(/edit<\/span><span class="picture" data-picture="0" data-name="L2">/)
  })

  it('says what an empty run lacks', () => {
    const page = buildReport({ ...emptyRun, notes: ['gallery.json is damaged.'] })
    for (const sentence of [
      'No cycle has been recorded.',
      'Nothing was measured yet.',
      'No gallery was written',
      'No episode was recorded.',
      'There is no config.yaml',
      'There is no manifest.json',
      'gallery.json is damaged.',
      'Status unknown',
    ])
      expect(page).toContain(sentence)
  })

  it('says that a stopped run has no final measurement', () => {
    const page = buildReport({
      ...wholeRun,
      manifest: { ...fakeManifest, status: 'stopped' },
      evaluation: { slots: { agent: { baseline: fakeEvaluation('a', { x: 0 }) } } },
    })
    expect(page).toContain('Stopped early')
    expect(page).toContain('only the untrained student is shown')
  })

  it('shows the first error of a failed run', () => {
    const error = { code: 'learner/not-finite', message: 'the loss is NaN', remedy: 'lower it' }
    const page = buildReport({
      ...wholeRun,
      manifest: { ...fakeManifest, status: 'failed', error },
    })
    expect(page).toContain(
      '<strong>the loss is NaN</strong> lower it <code>learner/not-finite</code>',
    )
  })

  it('counts on from the last row of a run that was killed', () => {
    const page = buildReport({ ...wholeRun, metrics: [row(1), row(7)] })
    expect(page).toContain('<dt>Cycles</dt><dd>7</dd>')
  })

  it('escapes whatever comes from files', () => {
    const nasty = '</script><img src=x onerror=alert(1)>'
    const page = buildReport({
      ...wholeRun,
      manifest: { ...fakeManifest, name: nasty },
      configText: nasty,
      metrics: [{ ...row(1), [`agent/${nasty}`]: 1 }],
      replays: [{ ...replay, name: nasty }],
    })
    expect(page).not.toContain('<img')
    expect(dataOf(page).replays[0].name).toBe(nasty)
  })
})
