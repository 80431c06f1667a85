import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writePolicyFile } from 'agon/inference'
import { afterAll, beforeAll } from 'vitest'
import { anchorLibrary } from '../../src/inference/cuda/anchor-library.ts'
import { nativePackage } from '../../src/inference/cuda/native-home.ts'
import { subjects } from '../bench/cuda/subjects.ts'
import { agon, type Finished } from './command.ts'

// Machines without a GPU, for what fails on the way to one. Libraries are made up: they load, need each other as the real
// ones do, and do nothing. A test file that imports this has a policy, and a folder that goes when it is done.

export const onLinux = process.platform === 'linux' && process.arch === 'x64'
export const { version } = nativePackage()
export const SHARED = 'libonnxruntime_providers_shared.so'
export const PROVIDER = 'libonnxruntime_providers_cuda.so'
export const DRIVER = 'libcuda.so.1'
export const NEEDED = ['libcublasLt.so.99', 'libcublas.so.99', DRIVER]
export const root = mkdtempSync(join(tmpdir(), 'agon-gpu-'))
export const policy = join(root, 'policy.onnx')
let made = 0

beforeAll(async () => {
  const student = (await subjects()).find(({ name }) => name === 'default student')!
  await writePolicyFile(policy, student.file)
})
afterAll(() => rmSync(root, { recursive: true }))

/** A machine: its cache, and what it has of CUDA. */
export class Machine {
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

export const refusal = ({ events }: Finished) => events.at(-1)
