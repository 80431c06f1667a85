import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { readApiKey, redacting } from './api-key.ts'

const root = mkdtempSync(join(tmpdir(), 'agon-key-'))
afterAll(() => rmSync(root, { recursive: true }))

it('is read from the variable or the file that a config names', () => {
  const apiKeyFile = join(root, 'key')
  writeFileSync(apiKeyFile, 'sk-file\n', { mode: 0o600 })
  expect(readApiKey({ apiKeyEnv: 'MY_KEY' }, { MY_KEY: ' sk-env ' })).toBe('sk-env')
  expect(readApiKey({ apiKeyFile }, {})).toBe('sk-file')
  expect(readApiKey({}, { OPENAI_API_KEY: 'sk' })).toBeNull()
})

it('is refused where others can read it, where there is none, and where no header can hold it', () => {
  const apiKeyFile = join(root, 'open')
  writeFileSync(apiKeyFile, 'sk-secret')
  chmodSync(apiKeyFile, 0o640)
  const fault = (message: RegExp) =>
    expect.objectContaining({ code: 'model/key', message: expect.stringMatching(message) })
  expect(() => readApiKey({ apiKeyFile }, {})).toThrow(fault(/others can read/))
  expect(() => readApiKey({ apiKeyFile: join(root, 'none') }, {})).toThrow(fault(/cannot be read/))
  writeFileSync(join(root, 'empty'), '\n', { mode: 0o600 })
  expect(() => readApiKey({ apiKeyFile: join(root, 'empty') }, {})).toThrow(fault(/empty/))
  expect(() => readApiKey({ apiKeyEnv: 'MY_KEY' }, { MY_KEY: '' })).toThrow(fault(/no MY_KEY/))
  let said = ''
  try {
    readApiKey({ apiKeyEnv: 'MY_KEY' }, { MY_KEY: 'sk secret' })
  } catch (error) {
    said = String(error)
  }
  expect(said).toContain('no blanks')
  expect(said).not.toContain('secret')
})

it('is taken out of texts in every form, unless it is a word such as `none`', () => {
  const key = 'sk-0123"4567/'
  const text = `${key} ${JSON.stringify({ key })} ${encodeURIComponent(key)}`
  expect(redacting(key)(text)).toBe('[key] {"key":"[key]"} [key]')
  expect(redacting('none')('none of them')).toBe('none of them')
  expect(redacting(null)('x')).toBe('x')
})
