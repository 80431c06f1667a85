import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkPage, hasChromium, startChromium } from '../browser/chromium.ts'
import { jsonHere } from '../support/command-here.ts'
import { serve } from '../support/serving.ts'

const HOSTILE = fileURLToPath(new URL('../fixtures/hostile/environment.mjs', import.meta.url))
const { MARKUP } = (await import(pathToFileURL(HOSTILE).href)) as { readonly MARKUP: string }

describe.skipIf(!hasChromium('A hostile report'))('the report of a hostile environment', () => {
  const dir = mkdtempSync(join(tmpdir(), 'agon-hostile-'))
  const report = join(dir, 'run/report.html')
  let browser: Browser
  beforeAll(async () => {
    // Over the wire, as it would come from others.
    const rendezvous = join(dir, 'hostile.json')
    const server = await serve(['env', HOSTILE, '--rendezvous', rendezvous])
    const config = join(dir, 'config.yaml')
    writeFileSync(
      config,
      `env: { remote: hostile.json }
adversary: { id: accel, capacity: 8 }
student: { id: ppo, network: { core: none, hidden: 8 }, rollout: { envs: 8, steps: 8 }, ppo: { epochs: 1 } }
evaluation: { suite: hostile/names, episodes: 2 }
budget: { cycles: 4 }
cuts: { every: 2 }
workers: 1
`,
    )
    const { code, stderr } = await jsonHere(['run', config, '--out', join(dir, 'run')])
    await server.kill()
    expect(code, stderr).toBe(0)
    browser = await startChromium()
  })
  afterAll(async () => {
    await browser?.close()
    rmSync(dir, { recursive: true, force: true })
  })

  it('shows pictures as images, in which nothing runs and which load nothing', () =>
    checkPage(browser, pathToFileURL(report).href, 1280, async (page) => {
      const levels = page.locator('figure.level > .picture img')
      await levels.first().waitFor()
      const sources = await levels.evaluateAll((images) => images.map((image) => image.src))
      expect(sources.some((source) => decodeURIComponent(source).includes('TAKEN 4'))).toBe(true)
      expect(sources.some((source) => decodeURIComponent(source).includes('TAKEN 7'))).toBe(true)
      expect(await page.locator('#frame img').getAttribute('src')).toContain('data:image/svg+xml,')
      await page.click('#forward')
      await page.locator('#play').click()
      // Of the drawings no element is in the page.
      expect(await page.locator('#bait, foreignObject, svg script').count()).toBe(0)
      expect(await page.title()).toMatch(/Agon report$/)
    }))

  it('shows names as text', () =>
    checkPage(browser, pathToFileURL(report).href, 1280, async (page) => {
      const names = await page.locator('.bar-row.one .name').allTextContents()
      expect(names).toContain(`0${MARKUP}`)
      expect(await page.locator('.features li').first().textContent()).toContain('<img src=x')
      expect(await page.locator('main img[onerror], body > img').count()).toBe(0)
      expect(await page.title()).toMatch(/Agon report$/)
    }))

  it('lets no script through but its own', async () => {
    // Markup that got past every escape would still be stopped by the policy of the page.
    const spoilt = join(dir, 'spoilt.html')
    writeFileSync(
      spoilt,
      readFileSync(report, 'utf8').replace(
        '<main>',
        `<main><script>document.title='TAKEN'</script><img src="data:," onerror="document.title='TAKEN'"><p id="styled" style="color: red">x</p>`,
      ),
    )
    const page = await browser.newPage()
    const stopped: string[] = []
    page.on('console', (message) => stopped.push(message.text()))
    await page.goto(pathToFileURL(spoilt).href)
    await page.locator('figure.level img').first().waitFor()
    expect(await page.title()).toMatch(/Agon report$/)
    expect(stopped.filter((text) => text.includes('Content Security Policy')).length).toBe(3)
    await page.close()
  })
})
