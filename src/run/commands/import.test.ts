import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { maskedPolicy } from '../../inference/fixtures/masked-policy.ts'
import { EXIT } from './exit-codes.ts'
import { importReleased } from './import-released.ts'
import { fakeCommandLine } from './testing/fake-context.ts'

const folder = mkdtempSync(join(tmpdir(), 'agon-import-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('agon import', () => {
  it('writes beside each other the network and its card, by the name of the file', async () => {
    const seen: unknown[] = []
    const line = fakeCommandLine({
      importPolicy: async (...args) => {
        seen.push(args)
        return { environment: { id: 'football', profile: 'tizero' } } as never
      },
    })
    expect(await line.agon('import', 'down/loads/t.onnx', '--out', 'mine', '--as=tizero')).toBe(0)
    expect(seen).toEqual([['down/loads/t.onnx', 'tizero', join('mine', 't.onnx')]])
    expect(line.terminal.stdout()).toBe(`${join('mine', 't.onnx')} (football, tizero)\n`)
  })

  it('says what it knows where the graph is something else', async () => {
    const file = join(folder, 'masked.onnx')
    writeFileSync(file, maskedPolicy().onnx)
    const line = fakeCommandLine({ importPolicy: importReleased })
    expect(await line.agon('import', file, '--out', folder)).toBe(EXIT.usage)
    expect(line.terminal.stderr()).toMatch(/masked\.onnx.*tizero.*grf-marl.*policies\.md/)
    expect(readFileSync(file)).toEqual(Buffer.from(maskedPolicy().onnx))
    const missing = fakeCommandLine({ importPolicy: importReleased })
    expect(await missing.agon('import', join(folder, 'none.onnx'))).toBe(EXIT.usage)
    writeFileSync(file, 'no network')
    const broken = fakeCommandLine({ importPolicy: importReleased })
    expect(await broken.agon('import', file)).toBe(EXIT.damaged)
  })
})
