import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { writePolicyFile } from 'agon/inference'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { anchorLibrary } from '../../src/inference/cuda/anchor-library.ts'
import { nativePackage } from '../../src/inference/cuda/native-home.ts'
import { subjects } from '../bench/cuda/subjects.ts'
import { agon, type Finished } from '../support/command.ts'

// What fails on the way to a GPU, on a machine without one. Libraries are made up: they load, need each other as the real
// ones do, and do nothing.

const onLinux = process.platform === 'linux' && process.arch === 'x64'
const { version } = nativePackage()
const SHARED = 'libonnxruntime_providers_shared.so'
const PROVIDER = 'libonnxruntime_providers_cuda.so'
const DRIVER = 'libcuda.so.1'
const NEEDED = ['libcublasLt.so.99', 'libcublas.so.99', DRIVER]
const root = mkdtempSync(join(tmpdir(), 'agon-gpu-'))
const policy = join(root, 'policy.onnx')
let made = 0

beforeAll(async () => {
  const student = (await subjects()).find(({ name }) => name === 'default student')!
  await writePolicyFile(policy, student.file)
})
afterAll(() => rmSync(root, { recursive: true }))

/** A machine: its cache, and what it has of CUDA. */
class Machine {
  readonly root = join(root, String(made++))
  readonly cache = join(this.root, 'cache')
  readonly libraries = join(this.root, 'libraries')
  readonly source = join(this.root, 'source')

  constructor() {
    for (const folder of [this.cache, this.libraries, this.source])
      mkdirSync(folder, { recursive: true })
    this.writeSource(version)
  }

  writeSource(of: string): void {
    writeFileSync(join(this.source, SHARED), anchorLibrary([], SHARED))
    // The version is in the real one as a text of its own.
    const provider = Buffer.concat([anchorLibrary(NEEDED), Buffer.from(`\0${of}\0`)])
    writeFileSync(join(this.source, PROVIDER), provider)
  }

  has(...names: readonly string[]): this {
    for (const name of names) writeFileSync(join(this.libraries, name), anchorLibrary([], name))
    return this
  }

  agon(args: readonly string[], more: NodeJS.ProcessEnv = {}): Promise<Finished> {
    return agon(args, undefined, {
      PATH: process.env.PATH,
      HOME: this.root,
      XDG_CACHE_HOME: this.cache,
      LD_LIBRARY_PATH: this.libraries,
      ...more,
    })
  }

  install(from = this.source): Promise<Finished> {
    return this.agon(['gpu', 'install', '--from', from])
  }

  eval(device: string, more: NodeJS.ProcessEnv = {}): Promise<Finished> {
    const suite = ['--suite', 'random:1', '--env', 'maze']
    return this.agon(['eval', policy, ...suite, '--device', device], more)
  }

  /** What `agon serve` says instead of listening. */
  serve(device: string, more: NodeJS.ProcessEnv = {}): Promise<Finished> {
    return this.agon(['serve', policy, '--device', device], more)
  }

  /** Everything in the cache, hidden files too. */
  get kept(): readonly string[] {
    return readdirSync(this.cache, { recursive: true })
      .map(String)
      .filter(
        (path) =>
          !path.startsWith(`agon/onnxruntime/${version}/views`) &&
          /\.so$|\.installing|installed/.test(path),
      )
  }
}

const refusal = ({ events }: Finished) => events.at(-1)

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

describe.skipIf(!onLinux)('agon gpu install from a .nupkg', () => {
  let server: Server
  let served: Buffer
  beforeAll(async () => {
    server = createServer((_, response) => response.end(served))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  })
  afterAll(() => server.close())
  const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/gpu.nupkg`

  const packed = ({ source }: Machine): Buffer =>
    zip(
      [SHARED, PROVIDER].flatMap((name) => {
        const bytes = readFileSync(join(source, name))
        return [
          [`runtimes/win-x64/native/${name}`, Buffer.from('another one')] as const,
          [`runtimes/linux-x64/native/${name}`, bytes] as const,
        ]
      }),
    )

  it('takes the libraries for Linux out of what is downloaded', async () => {
    const machine = new Machine()
    served = packed(machine)
    const finished = await machine.install(url())
    expect(finished.code, finished.stderr).toBe(0)
    expect(machine.kept).toHaveLength(3)
  })

  it('refuses one that is cut short, and keeps nothing', async () => {
    const machine = new Machine()
    served = packed(machine).subarray(0, 500)
    const finished = await machine.install(url())
    expect(refusal(finished)).toMatchObject({
      code: 'gpu/source',
      message: expect.stringContaining('cut short'),
    })
    expect(machine.kept).toEqual([])
  })
})

describe.skipIf(!onLinux)('a device that does not work', () => {
  it('is told of the driver first', async () => {
    const finished = await new Machine().eval('cuda')
    // A machine that has the driver all the same gets further.
    const { message } = refusal(finished) as { readonly message: string }
    expect(message).toMatch(/there is no NVIDIA driver: libcuda.so.1 not found|are not installed/)
    expect(finished.code).toBe(2)
  })

  it('is told how to install the provider', async () => {
    const finished = await new Machine().has(DRIVER).serve('cuda')
    expect(finished.code).toBe(2)
    expect(refusal(finished)).toMatchObject({
      code: 'onnx/provider',
      message: expect.stringContaining(`ONNX Runtime ${version} are not installed`),
      remedy: expect.stringContaining('agon gpu install'),
    })
  })

  it('names the CUDA libraries that are missing', async () => {
    const machine = new Machine().has(DRIVER, 'libcublasLt.so.99')
    await machine.install()
    for (const finished of [await machine.serve('cuda'), await machine.eval('cuda')])
      expect(refusal(finished)).toMatchObject({
        code: 'onnx/provider',
        message: expect.stringMatching(/: libcublas\.so\.99 not found$/),
        remedy: expect.stringContaining('LD_LIBRARY_PATH'),
      })
  })

  it('names an installed library that was cut short since', async () => {
    const machine = new Machine().has(...NEEDED)
    await machine.install()
    truncateSync(join(machine.cache, 'agon', 'onnxruntime', version, PROVIDER), 300)
    const finished = await machine.serve('cuda')
    expect(refusal(finished)).toMatchObject({
      code: 'onnx/provider',
      message: expect.stringContaining('has 300 bytes'),
      remedy: expect.stringContaining('anew'),
    })
    // What needs no GPU does not mind.
    expect((await machine.agon(['doctor'])).events.at(-1)).toMatchObject({ kind: 'doctor' })
  })

  it('names the GPU where one is and the second is asked for', async () => {
    const machine = new Machine().has(DRIVER)
    const finished = await machine.serve('cuda:0,cuda:1', { CUDA_VISIBLE_DEVICES: '' })
    expect(refusal(finished)).toMatchObject({ message: expect.stringContaining('sees none') })
    const second = await machine.eval('cuda:1', { CUDA_VISIBLE_DEVICES: '0' })
    expect(second.code).toBe(2)
    expect(refusal(second)).toMatchObject({
      code: 'onnx/provider',
      message: expect.stringContaining('there is no GPU 1: this process sees one GPU, cuda:0'),
      remedy: expect.any(String),
    })
  })

  it('is refused to a run before anything is made', async () => {
    const machine = new Machine()
    const out = join(machine.root, 'run')
    const config = join(import.meta.dirname, '../fixtures/tiny-plr.yaml')
    const args = ['run', config, '--out', out, '--set=evaluation.device=cuda:7']
    const finished = await machine.agon(args, { CUDA_VISIBLE_DEVICES: '0' })
    expect(finished.code).toBe(2)
    expect(refusal(finished)).toMatchObject({ code: 'onnx/provider' })
    expect(existsSync(out)).toBe(false)
  })

  it('reports nothing to the maker of ONNX Runtime', async () => {
    const machine = new Machine()
    expect((await machine.agon(['doctor'])).events.at(-1)).toMatchObject({ kind: 'doctor' })
    expect(readdirSync(machine.cache)).toEqual([])
  })

  it('gives way under auto, which says why', async () => {
    const finished = await new Machine().eval('auto')
    expect(finished.code, finished.stderr).toBe(0)
    expect(finished.events[0]).toMatchObject({
      device: 'cpu',
      choice: { cudaFrom: null, why: expect.stringContaining('does not work here') },
    })
  })
})

describe.skipIf(!onLinux)('agon gpu check', () => {
  it('lists provider, libraries found and missing, driver and cards', async () => {
    const machine = new Machine().has(DRIVER, 'libcublasLt.so.99')
    const tools = join(machine.root, 'bin')
    mkdirSync(tools)
    const smi = '#!/bin/sh\necho "0, NVIDIA Test, 1000, 900, 580.1"\n'
    writeFileSync(join(tools, 'nvidia-smi'), smi)
    chmodSync(join(tools, 'nvidia-smi'), 0o755)
    await machine.install()
    const { code, events } = await machine.agon(['gpu', 'check'], {
      PATH: `${tools}:${process.env.PATH}`,
    })
    expect(code).toBe(1)
    const named = (name: string) => events.find((event) => event.name === name)
    expect(named('provider files')).toMatchObject({ state: 'good' })
    expect(named('CUDA libraries')).toMatchObject({
      state: 'absent',
      facts: { missing: ['libcublas.so.99'] },
    })
    expect(named('NVIDIA driver')).toMatchObject({ facts: { version: '580.1' } })
    expect(named('GPU 0')).toMatchObject({ text: 'NVIDIA Test, 1000 MiB, 900 free' })
    expect(named('provider cuda')).toMatchObject({ state: 'absent' })
  })

  it('notices a byte that has changed since', async () => {
    const machine = new Machine()
    await machine.install()
    copyFileSync(
      join(machine.source, SHARED),
      join(machine.cache, 'agon', 'onnxruntime', version, SHARED),
    )
    const provider = join(machine.cache, 'agon', 'onnxruntime', version, PROVIDER)
    const bytes = readFileSync(provider)
    bytes[bytes.length - 2] ^= 1
    writeFileSync(provider, bytes)
    const { events } = await machine.agon(['gpu', 'check'])
    expect(events[0]).toMatchObject({
      name: 'provider files',
      state: 'bad',
      text: expect.stringContaining('is not what was installed'),
    })
  })
})

/** The least zip archive: entries packed by deflate, no digests. */
function zip(entries: readonly (readonly [name: string, bytes: Buffer])[]): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const [name, bytes] of entries) {
    const packed = deflateRawSync(bytes)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(8, 8)
    local.writeUInt32LE(packed.length, 18)
    local.writeUInt32LE(bytes.length, 22)
    local.writeUInt16LE(name.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(8, 10)
    entry.writeUInt32LE(packed.length, 20)
    entry.writeUInt32LE(bytes.length, 24)
    entry.writeUInt16LE(name.length, 28)
    entry.writeUInt32LE(at, 42)
    parts.push(local, Buffer.from(name), packed)
    directory.push(entry, Buffer.from(name))
    at += 30 + name.length + packed.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(Buffer.concat(directory).length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...parts, ...directory, end])
}
