import { truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { Machine, onLinux, PROVIDER, refusal, SHARED, version } from '../support/gpu-machine.ts'

describe.skipIf(!onLinux)('agon gpu install', () => {
  let machine: Machine
  beforeEach(() => {
    machine = new Machine()
  })

  it('says what it will fetch, and afterwards what it is', async () => {
    const { code, events } = await machine.install()
    expect(code).toBe(0)
    const folder = join(machine.cache, 'agon', 'onnxruntime', version)
    expect(events[0]).toMatchObject({ kind: 'plan', version, licence: 'MIT', folder })
    expect(events[1]).toMatchObject({
      kind: 'installed',
      version,
      folder,
      // Not the real ones, and it says so.
      known: false,
      files: { [PROVIDER]: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/) } },
    })
    expect(machine.kept).toHaveLength(3)
  })

  it('replaces what was there', async () => {
    await machine.install()
    expect((await machine.install()).code).toBe(0)
    expect(machine.kept).toHaveLength(3)
  })

  it('names the version of a library of another one, and keeps nothing', async () => {
    machine.writeSource('1.17.3')
    const finished = await machine.install()
    expect(finished.code).toBe(2)
    expect(refusal(finished)).toMatchObject({
      code: 'gpu/version',
      message: expect.stringContaining(`is of ONNX Runtime 1.17.3, ${version} runs here`),
    })
    expect(machine.kept).toEqual([])
  })

  it.each([
    ['cut short', (path: string) => truncateSync(path, 400), 'is cut short'],
    ['empty', (path: string) => truncateSync(path, 0), 'is empty'],
    ['a text', (path: string) => writeFileSync(path, 'not found'), 'is no shared library'],
  ])('refuses a library that is %s, and keeps nothing', async (_, damage, words) => {
    damage(join(machine.source, PROVIDER))
    const finished = await machine.install()
    expect(finished.code).toBe(2)
    expect(refusal(finished)).toMatchObject({
      code: 'gpu/library',
      message: `${PROVIDER} ${words}`,
      remedy: expect.any(String),
    })
    expect(machine.kept).toEqual([])
  })

  it('leaves what was installed before where the new one is refused', async () => {
    await machine.install()
    truncateSync(join(machine.source, PROVIDER), 400)
    expect((await machine.install()).code).toBe(2)
    expect(machine.kept).toHaveLength(3)
  })

  it('refuses a folder without the libraries', async () => {
    const finished = await machine.install(machine.libraries)
    expect(refusal(finished)).toMatchObject({
      code: 'gpu/source',
      message: expect.stringContaining(SHARED),
    })
    expect(machine.kept).toEqual([])
  })

  it('names a cache that cannot be written', async () => {
    writeFileSync(join(machine.root, 'file'), '')
    const finished = await machine.agon(['gpu', 'install', '--from', machine.source], {
      XDG_CACHE_HOME: join(machine.root, 'file'),
    })
    expect(finished.code).toBe(2)
    expect(refusal(finished)).toMatchObject({
      code: 'gpu/cache',
      remedy: expect.stringContaining('XDG_CACHE_HOME'),
    })
  })

  it('says what npm says where the registry cannot be reached', async () => {
    const finished = await machine.agon(['gpu', 'install'], {
      npm_config_registry: 'http://127.0.0.1:9',
      npm_config_fetch_retries: '0',
    })
    expect(finished.code).toBe(1)
    expect(refusal(finished)).toMatchObject({
      code: 'gpu/source',
      place: expect.stringContaining('npm'),
    })
    expect(machine.kept).toEqual([])
  })
})
