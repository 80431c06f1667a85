import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'agon-statecharts-'))
afterAll(() => rmSync(folder, { recursive: true }))

const statecharts = (...args: string[]) =>
  spawnSync(process.execPath, ['scripts/statecharts.mjs', ...args], { cwd: root, encoding: 'utf8' })

describe('statecharts in docs/roles', () => {
  it('are those of the machines', () => {
    const { status, stderr } = statecharts('--check')
    expect(stderr).toBe('')
    expect(status).toBe(0)
  })

  it('are found out of date when an edge differs, and drawn anew', () => {
    cpSync(join(root, 'docs/roles'), folder, { recursive: true })
    const page = join(folder, 'student.md')
    const drawn = readFileSync(page, 'utf8')
    expect(drawn).toContain('alive_idle --> alive_requesting : cycle.begin')
    writeFileSync(page, drawn.replace(' : cycle.begin', ' : cycle.start'))
    const { status, stderr } = statecharts('--check', '--docs', folder)
    expect(status).toBe(1)
    expect(stderr).toMatch(/student\.md is out of date/)
    statecharts('--docs', folder)
    expect(readFileSync(page, 'utf8')).toBe(drawn)
  })
})
