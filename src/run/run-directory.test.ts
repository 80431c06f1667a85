import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { Platform } from './contract.ts'
import { replaceFile } from './durable-file.ts'
import { platformDifferences, readPlatform } from './platform.ts'
import { checkSpace, openRunDirectory } from './run-directory.ts'

const root = mkdtempSync(join(tmpdir(), 'agon-run-'))
afterAll(() => rmSync(root, { recursive: true }))
const DEAD_PID = 2 ** 22 + 1

describe('run directory', () => {
  it('is taken by one process, and taken over from a dead one', () => {
    const path = join(root, 'a')
    const first = openRunDirectory(path, 'new')
    expect(() => openRunDirectory(path, 'new')).toThrow(/not empty/)
    replaceFile(first.file('manifest.json'), '{"format":1}')
    writeFileSync(first.file('lock'), String(process.ppid))
    expect(() => openRunDirectory(path, 'existing')).toThrow(/is at work on this run/)
    writeFileSync(first.file('lock'), String(DEAD_PID))
    const second = openRunDirectory(path, 'existing')
    second.journal({ kind: 'resumed', epoch: 2, cycle: 3 })
    expect(readFileSync(second.file('journal.jsonl'), 'utf8')).toBe(
      '{"kind":"resumed","epoch":2,"cycle":3}\n',
    )
    second.close()
  })

  it('says what is wrong with a place that is none', () => {
    expect(() => openRunDirectory(join(root, 'none'), 'existing')).toThrow(/not a run directory/)
    writeFileSync(join(root, 'file'), '')
    expect(() => openRunDirectory(join(root, 'file', 'x'), 'new')).toThrow(/cannot be written/)
    expect(() => checkSpace(root, 1e18)).toThrow(/the disk has/)
    checkSpace(root, 1)
  })
})

describe('platform', () => {
  it('names what may change bits and nothing else', () => {
    const here = readPlatform()
    const other: Platform = { ...here, node: here.node.replace(/\.\d+$/, '.99'), os: 'other' }
    expect(platformDifferences(here, other)).toEqual([])
    expect(platformDifferences(here, { ...here, onnxruntime: '0.0.1' })).toEqual([
      `ONNX Runtime ${here.onnxruntime} → 0.0.1`,
    ])
  })
})
