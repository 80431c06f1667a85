import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeReport } from '../../dist/views/report/index.js'
import { sampled } from '../support/tiers.ts'
import { checkPage, hasChromium, poll, startChromium } from './chromium.ts'
import { CYCLES, EVALUATE_EVERY, GALLERY_LEVELS, writeRunFixture } from './run-fixture.ts'

describe.skipIf(!hasChromium('The report'))('report.html in Chromium', () => {
  let dir = ''
  let browser: Browser
  let url = ''
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'agon-report-page-'))
    writeRunFixture(dir)
    url = pathToFileURL(await writeReport(dir)).href
    browser = await startChromium()
  })
  afterAll(async () => {
    await browser?.close()
    rmSync(dir, { recursive: true, force: true })
  })

  const open = (width: number, check: (page: Page) => Promise<void>): Promise<void> =>
    checkPage(browser, url, width, check)

  const pointsOf = (page: Page, title: string) =>
    page
      .locator('figure.chart', { hasText: title })
      .locator('path[data-points]')
      .evaluateAll((paths) => paths.map((path) => Number(path.getAttribute('data-points'))))
  const has = (page: Page, selector: string) => page.locator(selector).count()

  it('draws every learning curve with all its points', () =>
    open(1280, async (page) => {
      expect(await pointsOf(page, 'Mean over the episodes')).toEqual([CYCLES])
      expect(await pointsOf(page, 'Losses')).toEqual([CYCLES, CYCLES, CYCLES])
      expect(await pointsOf(page, 'Buffer scores')).toEqual([CYCLES, CYCLES])
      expect(await pointsOf(page, 'Entropy')).toEqual([CYCLES])
      expect(await pointsOf(page, 'Solved rate in evaluation')).toEqual([CYCLES / EVALUATE_EVERY])
      expect(await pointsOf(page, 'Speed')).toEqual([CYCLES - 1])
    }))

  it('switches the horizontal axis of all curves', () =>
    open(1280, async (page) => {
      const ticks = () =>
        page.locator('.plot').first().locator('text[text-anchor=middle]').allTextContents()
      expect(await ticks()).toContain('150')
      await page.getByText('env steps', { exact: true }).click()
      expect(await ticks()).toContain('1M')
      await page.getByText('gradient updates', { exact: true }).click()
      expect(await ticks()).toEqual(['0', '50'])
      expect(await has(page, '.plot[data-axis=gradient_updates]')).toBe(
        await has(page, '#curves > .charts .plot'),
      )
    }))

  it('shows the values under the pointer, and by the arrow keys', () =>
    open(1280, async (page) => {
      const chart = page.locator('figure.chart', { hasText: 'Solved rate in evaluation' })
      const value = () => chart.locator('.legend b').textContent()
      const last = await value()
      await chart.locator('.plot').hover({ position: { x: 60, y: 80 } })
      expect(await chart.locator('.cursor .at').textContent()).toBe(String(EVALUATE_EVERY))
      expect(await value()).not.toBe(last)
      await chart.locator('.plot').focus()
      await page.mouse.move(0, 0)
      await page.keyboard.press('ArrowLeft')
      expect(await chart.locator('.cursor .at').textContent()).toBe(String(CYCLES))
      await page.keyboard.press('ArrowLeft')
      expect(await chart.locator('.cursor .at').textContent()).toBe(String(CYCLES - EVALUATE_EVERY))
    }))

  it('draws the other metrics once they are asked for', () =>
    open(1280, async (page) => {
      expect(await has(page, '#all-metrics path[data-points]')).toBe(0)
      await page.locator('#all-metrics summary').click()
      await page.locator('#all-metrics path[data-points]').first().waitFor()
      await page.locator('#all-metrics summary').click()
      await page.getByText('env steps', { exact: true }).click()
      await page.locator('#all-metrics summary').click()
      await page.locator('#all-metrics .plot[data-axis=env_steps]').first().waitFor()
      expect(await pointsOf(page, 'adversary/buffer_fill')).toEqual([CYCLES])
    }))

  it('sets the untrained student beside the trained one on every maze', () =>
    open(1280, async (page) => {
      const suite = page.locator('[data-suite="maze/minimax-train"]')
      const names = await suite
        .locator('.bar-row.one')
        .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-level')))
      expect(names).toContain('SixteenRooms')
      expect(await suite.locator('.bar-row.one .stripe.final u').count()).toBe(names.length)
      expect(await suite.locator('.bar-row.one .stripe.baseline u').count()).toBe(names.length)
      await suite.locator('summary').click()
      expect(await suite.locator('tbody tr').count()).toBe(names.length)
      expect(await has(page, '[data-suite="random:30"] .bar-row')).toBe(1)
    }))

  it('shows the gallery, and a lineage once it is opened', () =>
    open(1280, async (page) => {
      expect(await has(page, 'figure.level > .picture img')).toBe(GALLERY_LEVELS)
      const lineage = page.locator('[data-reason=most-edited] details.lineage').first()
      expect(await lineage.locator('img').count()).toBe(0)
      await lineage.locator('summary').click()
      await lineage.locator('img').first().waitFor()
      expect(await lineage.locator('li img').count()).toBe(8)
      expect(await lineage.locator('.operator').first().textContent()).toBe('generate')
    }))

  it('steps, plays and changes replays', () =>
    open(1280, async (page) => {
      const frame = () => page.locator('#frame').innerHTML()
      const step = () => page.locator('#frame').getAttribute('data-step')
      const start = await frame()
      await page.click('#forward')
      const second = await frame()
      expect([await step(), second === start]).toEqual(['1', false])
      await page.click('#back')
      expect(await frame()).toBe(start)
      await page.click('#play')
      await poll(async () => Number(await step())).toBeGreaterThanOrEqual(3)
      await page.click('#play')
      await page
        .locator('#position')
        .fill(String(await page.locator('#position').getAttribute('max')))
      expect(await page.locator('#readout').textContent()).toMatch(/Step (\d+) of \1 .* solved$/)
      await page.selectOption('#episode', { index: 1 })
      expect([await step(), (await frame()) === start]).toEqual(['0', false])
      await page.locator('#frame').focus()
      await page.keyboard.press('ArrowRight')
      expect(await step()).toBe('1')
    }))

  it('switches between light and dark', () =>
    open(1280, async (page) => {
      const background = () => page.evaluate('getComputedStyle(document.body).backgroundColor')
      const before = await background()
      await page.click('#theme')
      expect(await background()).not.toBe(before)
    }))

  it.each(sampled([360, 400], 1))('fits a screen of %i px', (width) =>
    open(width, async (page) => {
      await page.locator('details.lineage summary').last().click()
      await page.locator('.suite summary').first().click()
      await page.locator('#all-metrics summary').click()
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width)
      expect(await pointsOf(page, 'Entropy')).toEqual([CYCLES])
    }),
  )
})
