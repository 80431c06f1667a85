import { existsSync } from 'node:fs'
import { type Browser, chromium, type Page } from 'playwright-core'
import { expect } from 'vitest'

const CHROMIUM = '/usr/bin/chromium'
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run']

/** Whether pages can be looked at here; where not, says so of `what`. */
export function hasChromium(what: string): boolean {
  if (existsSync(CHROMIUM)) return true
  console.warn(
    `${what} is not opened in a browser: there is no ${CHROMIUM} (apt-get install chromium).`,
  )
  return false
}

export function startChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: FLAGS })
}

/** Opens a page that has to stay without errors and without requests but the one for itself. */
export async function checkPage(
  browser: Browser,
  url: string,
  width: number,
  check: (page: Page) => Promise<void>,
): Promise<void> {
  const page = await browser.newPage({ viewport: { width, height: 900 } })
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => complaints.push(message.text()))
  page.on('request', (request) => {
    if (request.url() !== url && !request.url().startsWith('data:')) complaints.push(request.url())
  })
  await page.goto(url)
  await check(page)
  await page.close()
  expect(complaints).toEqual([])
}
