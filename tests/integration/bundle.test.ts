import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { shippedEntries, TEST_ENTRIES, workerEntries } from '../../scripts/bundle/entries.mjs'
import { agon } from '../support/command.ts'

const DIST = fileURLToPath(new URL('../../dist/', import.meta.url))
const CHUNKS = join(DIST, 'chunks')

describe('the bundle', () => {
  const entries = [...shippedEntries(), ...TEST_ENTRIES]
  // Those begin with what a thread is given, or are the program.
  const begun = new Set([...workerEntries(), 'inference/fixtures/busy.worker', 'cli/agon'])

  it.each(entries.filter((entry) => !begun.has(entry)))(
    '%s loads from its place',
    async (entry) => {
      const loaded = await import(pathToFileURL(join(DIST, `${entry}.js`)).href)
      expect(Object.keys(loaded)).not.toEqual([])
    },
  )

  it('has each worker at its place', () => {
    expect(workerEntries()).toContain('learners/ppo/ppo.worker')
    for (const entry of begun) expect(existsSync(join(DIST, `${entry}.js`)), entry).toBe(true)
  })

  it('has each module in one chunk', () => {
    const chunkOf = new Map<string, string>()
    for (const name of readdirSync(CHUNKS).filter((one) => one.endsWith('.map'))) {
      for (const source of sourcesOf(name.replace(/\.map$/, ''))) {
        expect(`${source} in ${chunkOf.get(source)}`).toBe(`${source} in undefined`)
        chunkOf.set(source, name)
      }
    }
    expect(chunkOf.has('../../src/core/errors.ts')).toBe(true)
    expect(chunkOf.size).toBeGreaterThan(1000)
  })

  it.each([
    ['actors/roles/role.worker', ['@grpc/grpc-js']],
    ['evaluation/evaluation.worker', ['@grpc/grpc-js', 'zod']],
    ['inference/policy.worker', ['@grpc/grpc-js', 'zod']],
    ['learners/ppo/ppo.worker', ['@grpc/grpc-js', 'zod']],
    ['learners/trainer/trainer.worker', ['@grpc/grpc-js', 'zod']],
  ])('starts %s without %j', (entry, packages) => {
    const begun = [`${entry.replaceAll('/', '-')}.js`]
    const loaded = new Set(begun)
    for (let name = begun.pop(); name !== undefined; name = begun.pop())
      for (const next of importsOf(name).filter((one) => !loaded.has(one))) {
        loaded.add(next)
        begun.push(next)
      }
    expect(loaded.size).toBeGreaterThan(10)
    const text = [...loaded].map((name) => `${codeOf(name)}${sourcesOf(name)}`).join('\n')
    expect(text).toContain('../../src/core/errors.ts')
    for (const one of packages) {
      expect(text).not.toContain(`from "${one}"`)
      expect(text).not.toContain(`/node_modules/${one}/`)
    }
  })

  it('has no circle of chunks', () => {
    const imports = new Map<string, string[]>()
    for (const name of readdirSync(CHUNKS).filter((one) => one.endsWith('.js')))
      imports.set(name, importsOf(name))
    const done = new Set<string>()
    const visit = (name: string, way: readonly string[]): void => {
      expect(way).not.toContain(name)
      if (done.has(name)) return
      for (const next of imports.get(name) ?? []) visit(next, [...way, name])
      done.add(name)
    }
    for (const name of imports.keys()) visit(name, [])
    expect(done.size).toBeGreaterThan(100)
  })

  it('keeps test fixtures out of the package', () => {
    const { files } = JSON.parse(readFileSync(join(DIST, '../package.json'), 'utf8'))
    expect(files).toContain('!dist/chunks/testing-*')
    const shared = readdirSync(CHUNKS).filter((name) => name.startsWith('testing-'))
    expect(shared).toContain('testing-envs-fixtures-endless.js')
    expect(shared.some((name) => name.includes('runtime'))).toBe(false)
  })

  it('shows the sources in the stack of a defect', async () => {
    const debug = { ...process.env, AGON_DEBUG: '1' }
    const { stderr } = await agon(['eval', 'nowhere.onnx', '--suite', 'random:1'], undefined, debug)
    expect(stderr).toMatch(/at .*src\/[a-z/-]+\.ts:\d+:\d+\)/)
    expect(stderr).not.toContain('dist/chunks')
  })
})

const codeOf = (name: string): string => readFileSync(join(CHUNKS, name), 'utf8')

const sourcesOf = (name: string): readonly string[] => {
  const map = join(CHUNKS, `${name}.map`)
  return existsSync(map) ? JSON.parse(readFileSync(map, 'utf8')).sources : []
}

/** Static imports and re-exports of chunks. */
const importsOf = (name: string): string[] =>
  [...codeOf(name).matchAll(/^(?:import|export)\b[^'"]*?["']\.\/([^"']+)["'];?$/gm)].map(
    ([, name]) => name,
  )
