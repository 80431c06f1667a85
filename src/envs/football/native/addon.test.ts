import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadAddon } from './addon.ts'

const refusal = (code: string) => expect.objectContaining({ code })

describe('without the addon', () => {
  it('says why and what to do', () => {
    const root = mkdtempSync(join(tmpdir(), 'agon-native-'))
    try {
      expect(() => loadAddon(root)).toThrow('nobody built it')
      mkdirSync(join(root, 'dist/native'), { recursive: true })
      const reason = 'no C++ compiler was found'
      writeFileSync(join(root, 'dist/native/football.json'), JSON.stringify({ reason }))
      expect(() => loadAddon(root)).toThrow(refusal('football/no-native'))
      expect(() => loadAddon(root)).toThrow(reason)
      writeFileSync(join(root, 'dist/native/football.node'), 'not a library')
      expect(() => loadAddon(root)).toThrow('cannot be loaded')
    } finally {
      rmSync(root, { recursive: true })
    }
  })
})
