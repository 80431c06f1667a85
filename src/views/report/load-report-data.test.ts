import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { stream } from '../../core/random.ts'
import { loadConfig, loadDefinition } from '../../run/config/index.ts'
import { loadReportData } from './load-report-data.ts'
import { fakeEvaluation, fakeGallery, fakeManifest } from './testing/fake-run.ts'
import { writeReport } from './write-report.ts'

let dir = ''
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'agon-report-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))
const write = (name: string, content: unknown) =>
  writeFileSync(join(dir, name), typeof content === 'string' ? content : JSON.stringify(content))

describe('loadReportData', () => {
  it('refuses a folder that is no run', async () => {
    await expect(loadReportData(dir)).rejects.toMatchObject({ code: 'run/not-a-run' })
    await expect(loadReportData(join(dir, 'absent'))).rejects.toMatchObject({
      code: 'run/not-a-run',
    })
  })

  it('is content with a manifest alone', async () => {
    write('manifest.json', fakeManifest)
    expect(await loadReportData(dir)).toMatchObject({
      manifest: { status: 'finished' },
      config: null,
      metrics: [],
      gallery: null,
      evaluation: null,
      notes: [],
    })
  })

  it('notes every damaged file and shows the others', async () => {
    write('manifest.json', fakeManifest)
    write('gallery.json', '{"cycle": 1, "lev')
    write('evaluation.json', { slots: { agent: { final: { suite: 1 } } } })
    write('metrics.jsonl', 'garbage\n')
    write('config.yaml', 'name: [')
    const { notes, manifest } = await loadReportData(dir)
    expect(manifest?.name).toBe('walk')
    expect(notes).toEqual([
      'gallery.json is damaged: it is not JSON. It is left out.',
      expect.stringMatching(/^evaluation.json is damaged \(slots\.agent\.final\.suite: .*left out/),
      expect.stringMatching(/^metrics.jsonl:1: .*The curves are left out/),
      expect.stringMatching(/^config.yaml is not valid here/),
    ])
  })

  it('keeps gallery and evaluation of a run whose environment is gone', async () => {
    write('config.yaml', 'env: ./gone.ts\nadversary: dr\nstudent: ppo\nbudget: { cycles: 1 }\n')
    write('gallery.json', fakeGallery)
    write('evaluation.json', { slots: { agent: { final: fakeEvaluation('a', { x: 1 }) } } })
    const data = await loadReportData(dir)
    expect(data.gallery?.levels).toHaveLength(1)
    expect(data.evaluation?.slots.agent.final?.solvedRate).toBe(0.5)
    expect(data.levels).toEqual({})
    expect(data.notes.join(' ')).toContain('levels cannot be drawn')
  })
})

describe('a run that is measured in another environment', () => {
  it('draws its levels in that of training', async () => {
    write(
      'config.yaml',
      [
        'env: { id: maze, height: 5, width: 5, nWalls: 4 }',
        'adversary: dr',
        'evaluation: { env: { height: 9, width: 9 } }',
        'budget: { cycles: 1 }',
      ].join('\n'),
    )
    const config = await loadConfig(join(dir, 'config.yaml'))
    const { create } = await loadDefinition('environment', config.env.module)
    const { levels } = create(config.env.options)
    const level = Buffer.from(levels.encode(levels.sample(stream(1, 'gallery')))).toString('base64')
    write('gallery.json', { cycle: 1, levels: [{ ...fakeGallery.levels[0], level, ancestry: [] }] })
    const data = await loadReportData(dir)
    expect(data.notes).toEqual([])
    expect(data.levels[level].picture).toMatch(/<svg/)
  })
})

describe('writeReport', () => {
  it('leaves one page and nothing beside it', async () => {
    write('manifest.json', fakeManifest)
    const path = await writeReport(dir)
    expect(path).toBe(join(dir, 'report.html'))
    expect(readFileSync(path, 'utf8')).toContain('<h1>walk</h1>')
  })
})
