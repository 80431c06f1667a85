import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  DRIVER,
  Machine,
  NEEDED,
  onLinux,
  PROVIDER,
  refusal,
  SHARED,
  version,
} from '../support/gpu-machine.ts'

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
