import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { Platform } from './contract.ts'
import { replaceFile } from './durable-file.ts'
import { checkSpace, sizeOf } from './free-disk.ts'
import { platformDifferences, readPlatform } from './platform.ts'
import { hasBegun, openRunDirectory } from './run-directory.ts'
import { lockOwner } from './run-lock.ts'

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

  it('may be prepared before the run begins, and hold what a killed start left', () => {
    const path = join(root, 'prepared')
    mkdirSync(join(path, 'slurm'), { recursive: true })
    for (const name of ['init.onnx', 'init.yaml', 'manifest.json.tmp', 'lock'])
      writeFileSync(join(path, name), '')
    expect(() => openRunDirectory(path, 'new')).toThrow(/not empty/)
    const first = openRunDirectory(path, 'prepared')
    expect(hasBegun(path)).toBe(false)
    first.close()
    writeFileSync(join(path, 'notes.txt'), '')
    expect(() => openRunDirectory(path, 'prepared')).toThrow(/not empty/)
    rmSync(join(path, 'notes.txt'))
    replaceFile(first.file('manifest.json'), '{"format":1}')
    expect(hasBegun(path)).toBe(true)
    expect(() => openRunDirectory(path, 'prepared')).toThrow(/not empty/)
  })

  it('is free of a process that was killed and not waited for, or whose number is used again', () => {
    const path = join(root, 'b')
    const { file } = openRunDirectory(path, 'new')
    const held = readFileSync(file('lock'), 'utf8')
    expect(lockOwner(path)).toBe(process.pid)
    expect(held.split(' ')[0]).toBe(String(process.pid))
    writeFileSync(file('lock'), `${process.ppid} 1`)
    // Only Linux tells when a process started.
    expect(lockOwner(path)).toBe(process.platform === 'linux' ? null : process.ppid)
    for (const text of ['', 'garbage', '-4', '0']) {
      writeFileSync(file('lock'), text)
      expect(lockOwner(path)).toBeNull()
    }
  })

  it('says what is wrong with a place that is none', () => {
    expect(() => openRunDirectory(join(root, 'none'), 'existing')).toThrow(/not a run directory/)
    writeFileSync(join(root, 'file'), '')
    expect(() => openRunDirectory(join(root, 'file', 'x'), 'new')).toThrow(/is a file/)
    expect(() => openRunDirectory(join(root, 'file'), 'new')).toThrow(/a run needs a directory/)
    expect(() => checkSpace(join(root, 'not', 'yet'), 1e18)).toThrow(/the disk has/)
    checkSpace(root, 1)
    writeFileSync(join(root, 'file'), 'seven b')
    expect(sizeOf(root)).toBeGreaterThanOrEqual(7)
  })

  it('names what is wrong with a manifest', () => {
    const path = join(root, 'c')
    const { file, readManifest, close } = openRunDirectory(path, 'new')
    for (const text of ['{"format":1}', '{"form', '{"format":2}']) {
      writeFileSync(file('manifest.json'), text)
      expect(readManifest).toThrow(
        expect.objectContaining({ code: 'run/manifest', place: file('manifest.json') }),
      )
    }
    close()
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
