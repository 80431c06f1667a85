import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { maskedPolicy } from '../../../inference/fixtures/masked-policy.ts'
import { EXIT } from '../../../run/exit-codes.ts'
import { fake, fakeCommandLine } from '../../testing/fake-context.ts'
import { importCommand } from './import.ts'
import { importReleased } from './import-released.ts'
import { importScenario } from './import-scenario.ts'

const folder = mkdtempSync(join(tmpdir(), 'agon-import-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('agon import scenario', () => {
  it('writes levels beside their notes, by the name of the file', async () => {
    const seen: unknown[] = []
    const line = fakeCommandLine([
      fake(importCommand, {
        importScenario: async (...args) => {
          seen.push(args)
          return { levels: ['mine', 'mine-episode-3'], notes: ['real_time is left out'] }
        },
      }),
    ])
    expect(await line.agon('import', 'scenario', 'dir/mine.py')).toBe(0)
    expect(await line.agon('import', 'scenario', 'dir/mine.py', '--out', 'x.txt')).toBe(0)
    expect(seen).toEqual([
      ['dir/mine.py', 'mine.txt'],
      ['dir/mine.py', 'x.txt'],
    ])
    expect(line.terminal.stdout()).toMatch(/^mine\.txt \(mine, mine-episode-3\)\nx\.txt /)
    expect(line.terminal.stderr()).toContain('dir/mine.py: real_time is left out')
  })

  it('refuses what is no such call', async () => {
    for (const argv of [['scenario'], ['one.onnx', 'two'], ['scenario', 'x.py', '--as=tizero']])
      expect(await fakeCommandLine().agon('import', ...argv)).toBe(EXIT.usage)
  })

  it('names file, line and column', async () => {
    const file = join(folder, 'loop.py')
    writeFileSync(file, 'def build_scenario(builder):\n  for i in range(3):\n    pass\n')
    const line = fakeCommandLine([fake(importCommand, { importScenario })])
    expect(await line.agon('import', 'scenario', file, '--out', join(folder, 'l.txt'))).toBe(2)
    expect(line.terminal.stderr()).toContain(
      `${file}:2:3: 'for' is not read — write the calls out [level/scenario]`,
    )
    const missing = fakeCommandLine([fake(importCommand, { importScenario })])
    expect(await missing.agon('import', 'scenario', join(folder, 'none.py'))).toBe(EXIT.usage)
    expect(missing.terminal.stderr()).toContain('level/missing')
  })
})

describe('agon import', () => {
  it('writes beside each other the network and its card, by the name of the file', async () => {
    const seen: unknown[] = []
    const line = fakeCommandLine([
      fake(importCommand, {
        importPolicy: async (...args) => {
          seen.push(args)
          return { environment: { id: 'football', profile: 'tizero' } } as never
        },
      }),
    ])
    expect(await line.agon('import', 'down/loads/t.onnx', '--out', 'mine', '--as=tizero')).toBe(0)
    expect(seen).toEqual([['down/loads/t.onnx', 'tizero', join('mine', 't.onnx')]])
    expect(line.terminal.stdout()).toBe(`${join('mine', 't.onnx')} (football, tizero)\n`)
  })

  it('says what it knows where the graph is something else', async () => {
    const file = join(folder, 'masked.onnx')
    writeFileSync(file, maskedPolicy().onnx)
    const line = fakeCommandLine([fake(importCommand, { importPolicy: importReleased })])
    expect(await line.agon('import', file, '--out', folder)).toBe(EXIT.usage)
    expect(line.terminal.stderr()).toMatch(/masked\.onnx.*tizero.*grf-marl.*policies\.md/)
    expect(readFileSync(file)).toEqual(Buffer.from(maskedPolicy().onnx))
    const missing = fakeCommandLine([fake(importCommand, { importPolicy: importReleased })])
    expect(await missing.agon('import', join(folder, 'none.onnx'))).toBe(EXIT.usage)
    writeFileSync(file, 'no network')
    const broken = fakeCommandLine([fake(importCommand, { importPolicy: importReleased })])
    expect(await broken.agon('import', file)).toBe(EXIT.damaged)
  })
})
