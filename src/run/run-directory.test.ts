import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { Platform } from './contract.ts'
import { replaceFile } from './durable-file.ts'
import { checkSpace, sizeOf } from './free-disk.ts'
import { platformDifferences, readPlatform } from './platform.ts'
import { hasBegun, openRunDirectory } from './run-directory.ts'

const root = mkdtempSync(join(tmpdir(), 'agon-run-'))
afterAll(() => rmSync(root, { recursive: true }))

describe('run directory', () => {
  it('is taken by one process, which stops writing when it is not its own any more', async () => {
    const path = join(root, 'a')
    const first = await openRunDirectory(path, 'new')
    await expect(openRunDirectory(path, 'new')).rejects.toThrow(/not empty/)
    replaceFile(first.file('manifest.json'), '{"format":1}')
    await expect(openRunDirectory(path, 'existing')).rejects.toThrow(/is at work on this run/)
    rmSync(first.file('lock'))
    const second = await openRunDirectory(path, 'existing')
    const record = { kind: 'resumed', epoch: 2, cycle: 3 } as const
    expect(() => first.journal(record)).toThrow(expect.objectContaining({ code: 'run/lock-lost' }))
    second.journal(record)
    expect(readFileSync(second.file('journal.jsonl'), 'utf8')).toBe(
      '{"kind":"resumed","epoch":2,"cycle":3}\n',
    )
    first.close()
    second.check()
    second.close()
  })

  it('may be prepared before the run begins, and hold what a killed start left', async () => {
    const path = join(root, 'prepared')
    mkdirSync(join(path, 'slurm'), { recursive: true })
    for (const name of ['init.onnx', 'init.yaml', 'manifest.json.tmp', 'lock'])
      writeFileSync(join(path, name), '')
    await expect(openRunDirectory(path, 'new')).rejects.toThrow(/not empty/)
    const first = await openRunDirectory(path, 'prepared')
    expect(hasBegun(path)).toBe(false)
    first.close()
    writeFileSync(join(path, 'notes.txt'), '')
    await expect(openRunDirectory(path, 'prepared')).rejects.toThrow(/not empty/)
    rmSync(join(path, 'notes.txt'))
    replaceFile(first.file('manifest.json'), '{"format":1}')
    expect(hasBegun(path)).toBe(true)
    await expect(openRunDirectory(path, 'prepared')).rejects.toThrow(/not empty/)
  })

  it('says what is wrong with a place that is none', async () => {
    await expect(openRunDirectory(join(root, 'none'), 'existing')).rejects.toThrow(
      /not a run directory/,
    )
    writeFileSync(join(root, 'file'), '')
    await expect(openRunDirectory(join(root, 'file', 'x'), 'new')).rejects.toThrow(/is a file/)
    await expect(openRunDirectory(join(root, 'file'), 'new')).rejects.toThrow(
      /a run needs a directory/,
    )
    expect(() => checkSpace(join(root, 'not', 'yet'), 1e18)).toThrow(/the disk has/)
    checkSpace(root, 1)
    writeFileSync(join(root, 'file'), 'seven b')
    expect(sizeOf(root)).toBeGreaterThanOrEqual(7)
  })

  it('names what is wrong with a manifest', async () => {
    const path = join(root, 'c')
    const { file, readManifest, close } = await openRunDirectory(path, 'new')
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
