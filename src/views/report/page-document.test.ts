import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { html } from './html.ts'
import { pageDocument } from './page-document.ts'
import { standalonePicture } from './standalone-picture.ts'

const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64')

describe('pageDocument', () => {
  const hostile = '</script><script>alert(1)</script><!--\u2028\u202e'
  const page = pageDocument({
    title: hostile,
    style: 'p { color: red }',
    body: html`<p>${hostile}</p>`,
    data: { [hostile]: hostile },
    scripts: ['const a = 1', 'const b = a'],
  })

  it('lets its own script and style through by their hashes, and nothing else', () => {
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1].split('; ') ?? []
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain('img-src data:')
    for (const [source, element] of [
      ['script-src', /<script>([\s\S]*?)<\/script>/],
      ['style-src', /<style>([\s\S]*?)<\/style>/],
    ] as const)
      expect(policy).toContain(`${source} 'sha256-${hashOf(element.exec(page)?.[1] ?? '')}'`)
    expect(policy.join()).not.toContain('unsafe')
  })

  it('holds text that ends no element and data that means the same', () => {
    expect(page.match(/<script/g)).toHaveLength(2)
    expect(page).not.toContain('<!--')
    expect(page).not.toMatch(/[\u2028\u202e]/)
    const data = /id="agon-data">(.*?)<\/script>/s.exec(page)?.[1] ?? ''
    expect(JSON.parse(data)).toEqual({ [hostile]: hostile })
  })
})

describe('standalonePicture', () => {
  it('gives a drawing the namespace that a file of its own needs, once', () => {
    const bare = '<svg viewBox="0 0 9 9"><circle r="4"/></svg>'
    const whole = bare.replace('<svg', '<svg xmlns="http://www.w3.org/2000/svg"')
    expect(standalonePicture(bare)).toBe(whole)
    expect(standalonePicture(whole)).toBe(whole)
    expect(standalonePicture('<svg>\ud800</svg>')).toContain('>\ufffd</svg>')
  })
})
