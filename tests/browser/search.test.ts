import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { stream } from 'agon/core'
import { createMaze, mazeOptions } from 'agon/envs/maze'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeReport } from '../../dist/views/report/index.js'
import { checkPage, hasChromium, startChromium } from './chromium.ts'

const NASTY = '<img src=x onerror=alert(1)>'
const BINS = 5

/** A run that searched mazes by walls and length, solvable or not, with attempts made up and levels that are real. */
function writeSearchFixture(dir: string): void {
  const axes = [
    `{ name: n_walls, low: 0, high: 60, bins: ${BINS} }`,
    `{ name: min_actions, low: 0, high: 40, bins: ${BINS} }`,
    "{ name: passable, values: ['0', '1'] }",
  ]
  writeFileSync(
    join(dir, 'config.yaml'),
    `name: maze-search
seed: 3
env: { id: maze, nWalls: 30 }
adversary: { id: map-elites, axes: [${axes.join(', ')}], signal: optimal }
student: { id: ppo }
evaluation: { suite: maze/minimax-train, every: 0 }
budget: { cycles: 2 }
`,
  )
  const maze = createMaze(mazeOptions.parse({ nWalls: 30 }))
  const random = stream('search', 'fixture')
  const rows = Array.from({ length: 2 * BINS * BINS }, (_, i) => ({
    ...{ cycle: 1 + (i % 2), id: i === 7 ? `${NASTY}7` : `L${i}`, emitter: `random ${NASTY}` },
    ...{ operator: i < 20 ? 'generate' : 'edit', parents: i < 20 ? [] : [`L${i - 20}`] },
    descriptor: { n_walls: 12 * (i % BINS), min_actions: 8 * (Math.floor(i / BINS) % BINS) },
    cell: [i % BINS, Math.floor(i / BINS) % BINS, i % 2],
    ...{ objective: i === 7 ? 1 : (i % 13) / 20, values: { [NASTY]: 0.25 }, status: 'new' },
    tasks: [{ task: `1.agent.${i}`, slot: 'agent', seed: i, repeat: 0, return: 0.5 }],
    level: Buffer.from(maze.levels.encode(maze.levels.sample(random))).toString('base64'),
  }))
  writeFileSync(join(dir, 'history.jsonl'), rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
}

describe.skipIf(!hasChromium('The report of a search'))('report.html of a search', () => {
  let dir = ''
  let browser: Browser
  let url = ''
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'agon-search-page-'))
    writeSearchFixture(dir)
    url = pathToFileURL(await writeReport(dir)).href
    browser = await startChromium()
  })
  afterAll(async () => {
    await browser?.close()
    rmSync(dir, { recursive: true, force: true })
  })

  const open = (width: number, check: (page: Page) => Promise<void>): Promise<void> =>
    checkPage(browser, url, width, check)

  it('draws a map for each category, and the level of a cell once it is chosen', () =>
    open(1280, async (page) => {
      expect(await page.locator('.map').count()).toBe(2)
      expect(await page.locator('.map .cell').count()).toBe(2 * BINS * BINS)
      await page.locator(`.cell[data-id="L8"]`).click()
      const chosen = page.locator('.chosen')
      expect(await chosen.locator('h3').textContent()).toBe('Level L8')
      expect(await chosen.locator('img').getAttribute('src')).toMatch(/^data:image\/svg/)
      expect(await chosen.textContent()).toContain('agon stress replay')
      expect(await page.locator('.cell.on').count()).toBe(1)
      // By the keys to the next cell that has a level, and into it.
      await page.locator('.cell[data-id="L8"]').focus()
      await page.keyboard.press('ArrowRight')
      await page.keyboard.press('Enter')
      expect(await chosen.locator('h3').textContent()).not.toBe('Level L8')
    }))

  it('shows what files say as text, whatever it is', () =>
    open(1280, async (page) => {
      await page.locator('.ranked .pick').first().click()
      const chosen = page.locator('.chosen')
      expect(await chosen.locator('h3').textContent()).toBe(`Level ${NASTY}7`)
      expect(await chosen.locator('img').count()).toBe(1)
      expect(await chosen.textContent()).toContain(`by random ${NASTY}.`)
      expect(await page.locator('img[src=x]').count()).toBe(0)
    }))

  it('takes other axes, and fits a narrow window', () =>
    open(400, async (page) => {
      await page.locator('[data-axis=y]').selectOption('2')
      expect(await page.locator('.map').count()).toBe(1)
      expect(await page.locator('.map .cell').count()).toBe(2 * BINS)
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(400)
    }))
})
