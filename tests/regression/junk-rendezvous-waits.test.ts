import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import {
  type AttachRoleOptions,
  attachStudent,
  resolveTarget,
} from '../../src/actors/attach/index.ts'
import { NEEDS_PYTHON, PYTHON, python } from '../support/python.ts'

const root = mkdtempSync(join(tmpdir(), 'agon-junk-rendezvous-'))
afterAll(() => rmSync(root, { recursive: true }))
const junk = join(root, 'junk.json')
writeFileSync(junk, 'hello')
const folder = join(root, 'run')
mkdirSync(folder)
const absent = join(root, 'absent.json')
const HOPELESS = [
  ['junk', junk, 'wire/rendezvous'],
  ['a directory', folder, 'wire/rendezvous'],
  ['no token', '127.0.0.1:1', 'wire/token'],
] as const
const env = { ...process.env, AGON_TOKEN: undefined }

describe.skipIf(PYTHON === null)(`what an actor in Python is attached to ${NEEDS_PYTHON}`, () => {
  it.each(HOPELESS)('%s is refused at once', async (_, target, code) => {
    const ended = await python('tests/odd_student.py', 'calm', target).ended
    expect(ended.code).toBe(1)
    expect(ended.stderr).toMatch(new RegExp(`^error ${code}: `))
    expect(ended.stderr).not.toContain('waiting')
  })

  it('a file that is not there yet is waited for, and that is said', async () => {
    const { child, ended } = python('tests/odd_student.py', 'calm', absent)
    const line = await new Promise<string>((resolve) => {
      child.stderr?.once('data', (chunk) => resolve(String(chunk)))
    })
    child.kill('SIGKILL')
    await ended
    expect(line).toMatch(/^agon: waiting up to 60 s for a hub: wire\/absent: there is no file/)
  })
})

describe('what an actor in TypeScript is attached to', () => {
  const attach = (target: string, options: Partial<AttachRoleOptions> = {}): Promise<void> =>
    attachStudent({
      endpoint: () => resolveTarget(target, { env }),
      name: 'nobody',
      create: () => Promise.reject(new Error('there is no place to take')),
      ...options,
    })

  it.each(HOPELESS)('%s is refused at once', async (_, target, code) => {
    const waited: string[] = []
    const waiting = (error: { readonly code: string }): void => void waited.push(error.code)
    await expect(attach(target, { waiting })).rejects.toMatchObject({ code })
    expect(waited).toEqual([])
  })

  it('a file that is not there yet is waited for, and that is said once', async () => {
    const waited: unknown[] = []
    const waiting = (error: { readonly code: string }, ms: number): void =>
      void waited.push([error.code, ms])
    await expect(attach(absent, { waiting, patienceMs: 600 })).rejects.toMatchObject({
      code: 'wire/absent',
    })
    expect(waited).toEqual([['wire/absent', 600]])
  })
})
