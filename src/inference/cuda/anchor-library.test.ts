import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { anchorLibrary } from './anchor-library.ts'
import { readElf } from './elf-file.ts'

const root = mkdtempSync(join(tmpdir(), 'agon-anchor-'))
afterAll(() => rmSync(root, { recursive: true }))

function write(name: string, bytes: Uint8Array): string {
  const path = join(root, name)
  writeFileSync(path, bytes)
  return path
}

describe('an anchor library', () => {
  it('reads back as what it was written', () => {
    const path = write('a.so', anchorLibrary(['/x/liba.so.1', 'libb.so'], 'libc.so.2'))
    expect(readElf(path)).toEqual({ needed: ['/x/liba.so.1', 'libb.so'], soname: 'libc.so.2' })
  })

  it('is cut short at any length but its own', () => {
    const bytes = anchorLibrary(['liba.so'])
    for (const length of [10, 63, 64, 200, bytes.length - 1]) {
      const path = write('short.so', bytes)
      truncateSync(path, length)
      expect(readElf(path)).toBe('is cut short')
    }
    expect(readElf(write('empty.so', new Uint8Array()))).toBe('is empty')
    expect(readElf(write('text.so', Buffer.from('#!/bin/sh\n')))).toBe('is no shared library')
  })

  it.skipIf(process.platform !== 'linux' || process.arch !== 'x64')(
    'loads libraries from where they are, for others that only name them',
    () => {
      const there = write('there.so', anchorLibrary([], 'libagontest.so.7'))
      const needs = write('needs.node', anchorLibrary(['libagontest.so.7']))
      const load = (path: string): unknown => {
        const module = { exports: { kept: true } }
        process.dlopen(module as unknown as NodeModule, path)
        return module.exports
      }
      expect(() => load(needs)).toThrow('libagontest.so.7')
      expect(load(write('anchor.node', anchorLibrary([there])))).toEqual({ kept: true })
      expect(load(needs)).toEqual({ kept: true })
      expect(readFileSync('/proc/self/maps', 'utf8')).toContain(there)
    },
  )
})
