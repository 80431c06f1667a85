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

/** Waits in the test: the policy of a page lets nobody evaluate text in it, `waitForFunction` neither. */
export const poll = <T>(look: () => Promise<T>) => expect.poll(look, { timeout: 60_000 })

const POLICY =
  /^default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-[^']+'; img-src data:; (?!.*unsafe)/

const policyOf = (page: Page) =>
  page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content')

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
  expect(await policyOf(page)).toMatch(POLICY)
  await check(page)
  await page.close()
  expect(complaints).toEqual([])
}
