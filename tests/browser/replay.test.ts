import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeReplay } from '../../dist/play/record/make-replay.js'
import { MADE, MADE_ABOUT, MADE_ROWS, madeGame } from '../../dist/play/record/testing/made-game.js'
import { writeReplay } from '../../dist/views/replay/write-replay.js'
import { checkPage, hasChromium, poll, startChromium } from './chromium.ts'

describe.skipIf(!hasChromium('The replay'))('a replay in Chromium', () => {
  let dir = ''
  let browser: Browser
  let url = ''
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'agon-replay-page-'))
    const game = makeReplay(madeGame(), MADE_ABOUT)
    const other = makeReplay(madeGame(), {
      ...MADE_ABOUT,
      seed: 8,
      teams: [
        { name: '<b>others</b>', roles: MADE_ABOUT.teams[0].roles.map(() => '<i>x</i>') },
        MADE_ABOUT.teams[1],
      ],
    })
    const path = join(dir, 'game.html')
    writeReplay(path, [game, other])
    url = pathToFileURL(path).href
    browser = await startChromium()
  })
  afterAll(async () => {
    await browser?.close()
    rmSync(dir, { recursive: true, force: true })
  })

  const open = (width: number, check: (page: Page) => Promise<void>): Promise<void> =>
    checkPage(browser, url, width, check)

  const row = async (page: Page) => Number(await page.locator('body').getAttribute('data-row'))
  const text = (page: Page, selector: string) => page.locator(selector).first().textContent()
  const picture = async (page: Page) =>
    createHash('sha256')
      .update(String(await page.evaluate('document.getElementById("pitch").toDataURL()')))
      .digest('hex')

  it('shows score, clock and mode of the step it is at', () =>
    open(1280, async (page) => {
      expect(await text(page, '#score')).toBe('0 – 0')
      await page.locator('#position').fill(String(MADE.corner))
      expect(await text(page, '#score')).toBe('1 – 0')
      expect(await text(page, '#mode')).toBe('Corner')
      expect(await text(page, '#clock')).toBe(`0:10.0 · step ${MADE.corner} of ${MADE_ROWS - 1}`)
      await page.locator('#position').fill('65')
      expect(await text(page, '#said')).toBe('loose ball, 3.0 m high')
      expect(await text(page, '.team-0')).toBe('makers')
    }))

  it('plays, pauses at the end and steps', () =>
    open(1280, async (page) => {
      const start = await picture(page)
      await page.click('#forward')
      expect(await row(page)).toBe(1)
      expect(await picture(page)).not.toBe(start)
      await page.click('#back')
      expect(await picture(page)).toBe(start)
      await page.selectOption('#speed', '8')
      await page.click('#play')
      expect(await text(page, '#play')).toBe('Pause')
      await poll(() => row(page)).toBe(MADE_ROWS - 1)
      expect(await text(page, '#play')).toBe('Play')
      expect(await page.locator('#forward').isDisabled()).toBe(true)
      // Playing on from the end begins anew.
      await page.click('#play')
      await poll(() => row(page)).toBeLessThan(MADE_ROWS / 2)
    }))

  it('plays at the speed that is chosen', () =>
    open(1280, async (page) => {
      await page.selectOption('#speed', '0.25')
      await page.click('#play')
      await page.waitForTimeout(1000)
      await page.click('#play')
      const slow = await row(page)
      // 2.5 rows a second; a busy machine may be late.
      expect(slow).toBeGreaterThanOrEqual(1)
      expect(slow).toBeLessThanOrEqual(8)
    }))

  it('jumps to events, by the list, the buttons and the keys', () =>
    open(1280, async (page) => {
      const words = () => page.locator('#events li').allTextContents()
      expect(await words()).toEqual([
        '0:06.0Shot, 9 CM',
        '0:07.0Goal 1–0, 9 CM',
        '0:10.0Corner, 10 LM',
        '0:12.0Yellow card, 3 LB',
        '0:15.0Red card, 3 LB',
      ])
      await page.locator('#events button', { hasText: 'Yellow' }).click()
      expect(await row(page)).toBe(MADE.yellow)
      expect(await text(page, '#events .now span')).toBe('Yellow card, 3 LB')
      await page.click('#previous')
      expect(await row(page)).toBe(MADE.corner)
      await page.keyboard.press('Home')
      await page.keyboard.press('g')
      // The last moment before everybody stands at the kick-off.
      expect(await row(page)).toBe(MADE.goal - 1)
      expect(await text(page, '#events .now span')).toBe('Goal 1–0, 9 CM')
      await page.locator('#kinds span', { hasText: 'possession' }).click()
      expect(await words()).toContain('0:08.0Ball won by 4 CB')
      await page.keyboard.press('n')
      expect(await row(page)).toBe(MADE.won)
    }))

  it('is driven by keys', () =>
    open(1280, async (page) => {
      for (const key of ['ArrowRight', 'ArrowRight', 'Shift+ArrowRight', 'ArrowLeft'])
        await page.keyboard.press(key)
      expect(await row(page)).toBe(11)
      await page.keyboard.press('ArrowUp')
      expect(await page.locator('#speed').inputValue()).toBe('2')
      await page.keyboard.press('Space')
      await poll(() => row(page)).toBeGreaterThan(15)
      await page.keyboard.press('Space')
      await page.keyboard.press('End')
      expect(await row(page)).toBe(MADE_ROWS - 1)
      await page.locator('#strip').click({ position: { x: 1, y: 5 } })
      expect(await row(page)).toBeLessThan(3)
    }))

  it('says what every player does and holds', () =>
    open(1280, async (page) => {
      const cells = (player: number) =>
        page.locator(`#players tr[data-player="${player}"] td`).allTextContents()
      await page.locator('#position').fill(String(MADE.shot - 2))
      expect((await cells(9)).slice(0, 4)).toEqual(['CM', 'shot', '→S ', '0.5'])
      expect(await page.locator('#players tr.owner th').textContent()).toBe('9')
      const before = await picture(page)
      await page.locator('#players tr[data-player="9"]').click()
      expect(await picture(page)).not.toBe(before)
      await page.locator('#team span', { hasText: 'takers' }).click()
      expect((await cells(14))[1]).toBe('built-in AI')
      await page.locator('#position').fill(String(MADE.red))
      expect(await page.locator('#players tr.off th').textContent()).toBe('3')
      expect(await page.locator('#players .card.red').count()).toBe(1)
    }))

  it('changes games, and takes names for what they are', () =>
    open(1280, async (page) => {
      await page.locator('#position').fill('50')
      await page.selectOption('#game', '1')
      expect(await row(page)).toBe(0)
      expect(await text(page, '.team-0')).toBe('<b>others</b>')
      expect(await text(page, '#title')).toBe('made up · seed 8')
      expect(await text(page, '#players .role')).toBe('<i>x</i>')
      expect(await text(page, '#events li:nth-child(2)')).toContain('Goal 1–0, 9 <i>x</i>')
    }))

  it('switches between light and dark, the pitch too', () =>
    open(1280, async (page) => {
      const background = () => page.evaluate('getComputedStyle(document.body).backgroundColor')
      const [before, pitch] = [await background(), await picture(page)]
      await page.click('#theme')
      expect(await background()).not.toBe(before)
      expect(await picture(page)).not.toBe(pitch)
    }))

  it.each([768, 390, 360])('fits a screen of %i px', (width) =>
    open(width, async (page) => {
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width)
      await page.click('#next')
      expect(await row(page)).toBe(MADE.shot)
    }),
  )

  it('keeps a whole game to about a megabyte', () => {
    // 3002 rows of 22 players, by the size of the fixture's.
    const perRow = statSync(join(dir, 'game.html')).size / (2 * MADE_ROWS)
    expect(3002 * perRow).toBeLessThan(1.5e6)
  })
})
