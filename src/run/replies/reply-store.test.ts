import { appendFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, it } from 'vitest'
import type { ErrorRecord } from '../../core/errors.ts'
import { openReplyStore } from './reply-store.ts'

const root = mkdtempSync(join(tmpdir(), 'agon-replies-'))
afterAll(() => rmSync(root, { recursive: true }))

let folder = ''
let warnings: ErrorRecord[] = []
let checks = 0
beforeEach(() => {
  folder = mkdtempSync(join(root, 'run-'))
  warnings = []
  checks = 0
})

const journal = (): string => join(folder, 'journal.jsonl')
const open = () =>
  openReplyStore({
    path: folder,
    check: () => {
      checks += 1
    },
    journal: (record) => {
      // The file is there before the journal names it.
      expect(readdirSync(join(folder, 'replies'))).toContain(record.sha256)
      appendFileSync(journal(), `${JSON.stringify(record)}\n`)
    },
    warn: (warning) => warnings.push(warning),
  })
const record = (key: string, cycle: number, question = 'q') => ({
  ...{ epoch: 1, cycle, key, service: 'judge', question, seconds: 1.5 * cycle, retries: cycle - 1 },
})
const answer = {
  payload: { text: 'ä', numbers: [0.1 + 0.2, null] },
  attachments: { b: Uint8Array.of(0, 255), a: new Uint8Array(0) },
  cost: { tokens: 7, money: 0.25 },
}

it('gives an answer back as it was, to the same question under the same key, in a later process too', () => {
  expect(open().keep(record('1/adversary/a', 1), answer)).toEqual(answer)
  expect(checks).toBe(1)
  const later = open()
  expect(later.find('1/adversary/a', 'q')).toEqual(answer)
  expect(later.find('1/adversary/a', 'another')).toBeNull()
  expect(later.find('1/adversary/b', 'q')).toBeNull()
})

it('counts what the replies cost up to a cycle, each key once', () => {
  const store = open()
  store.keep(record('1/adversary/a', 1), answer)
  store.keep(record('2/adversary/a', 2), { payload: 1 })
  store.keep({ ...record('2/adversary/a', 2, 'other'), epoch: 2 }, answer)
  const later = open()
  expect(later.costs('judge', 1)).toEqual([answer.cost])
  expect(later.costs('judge', 2)).toEqual([answer.cost, answer.cost])
  expect(later.costs('other', 2)).toEqual([])
  for (const one of [store, later]) {
    expect(one.past('judge')).toEqual({ seconds: 3, retries: 1 })
    expect(one.past('other')).toEqual({ seconds: 0, retries: 0 })
  }
})

it('takes no reply that is not what was written, and no line that a kill cut short', () => {
  open().keep(record('1/adversary/a', 1), answer)
  appendFileSync(journal(), '{"kind":"reply","epoch":1,"cycle":2,"key":"2/adv')
  const [file] = readdirSync(join(folder, 'replies'))
  writeFileSync(join(folder, 'replies', file), '{"payload":"forged"}')
  expect(open().find('1/adversary/a', 'q')).toBeNull()
  rmSync(join(folder, 'replies', file))
  expect(open().find('1/adversary/a', 'q')).toBeNull()
  expect(warnings.map(({ code, message }) => [code, message])).toEqual([
    ['run/reply', "the reply to '1/adversary/a' is not what was written: it is asked for again"],
    ['run/reply', "the reply to '1/adversary/a' is gone: it is asked for again"],
  ])
})

it('refuses an answer without a payload', () => {
  const nothing = { payload: undefined } as never
  expect(() => open().keep(record('1/adversary/a', 1), nothing)).toThrow(/without a payload/)
})
