import { describe, expect, it } from 'vitest'
import { AgonError } from '../../../core/errors.ts'
import { EXIT } from '../../../run/exit-codes.ts'
import { fake, fakeCommandLine } from '../../testing/fake-context.ts'
import { doctorCommand } from './doctor.ts'
import { checkDisk, checkFootball, checkMemory, checkNode } from './machine-checks.ts'

const cuda = {
  name: 'provider cuda',
  state: 'absent',
  text: 'libcudnn is missing',
  facts: { available: false },
} as const

describe('agon doctor', () => {
  it('is content without a GPU', async () => {
    const services = { checkMachine: async () => [checkNode('20.19.0'), cuda] }
    const text = fakeCommandLine([fake(doctorCommand, services)])
    expect(await text.agon('doctor')).toBe(EXIT.ok)
    expect(text.terminal.stdout()).toBe(
      'ok  Node           20.19.0\n–   provider cuda  libcudnn is missing\nready\n',
    )
    const json = fakeCommandLine([fake(doctorCommand, services)])
    await json.agon('doctor', '--json')
    expect(json.json()).toMatchObject([
      { kind: 'check', name: 'Node', state: 'good' },
      { kind: 'check', ...cuda },
      { kind: 'doctor', ok: true },
    ])
  })

  it('fails where something is missing that every run needs', async () => {
    const line = fakeCommandLine([
      fake(doctorCommand, { checkMachine: async () => [checkNode('18.2.0')] }),
    ])
    expect(await line.agon('doctor')).toBe(EXIT.failed)
    expect(line.terminal.stdout()).toContain('BAD  Node  18.2.0, needs 20.19 or newer')
  })
})

describe('checks', () => {
  it.each([
    ['20.18.9', 'bad'],
    ['20.19.0', 'good'],
    ['22.0.0', 'good'],
  ])('Node %s is %s', (version, state) => {
    expect(checkNode(version).state).toBe(state)
  })

  it('say whether football is there, and with what', () => {
    const gpu = checkFootball(() => ({ cuda: true, cudaFault: () => null }))
    expect(gpu).toMatchObject({ state: 'good', facts: { cuda: true } })
    const cpu = checkFootball(() => ({ cuda: false, cudaFault: () => 'no nvcc was here' }))
    expect(cpu).toMatchObject({ state: 'good', text: 'plays on the CPU; no nvcc was here' })
    const none = checkFootball(() => {
      throw new AgonError('football/no-native', 'no compiler', { remedy: 'install g++' })
    })
    expect(none).toMatchObject({ state: 'absent', text: expect.stringContaining('install g++') })
  })

  it('need memory and disk', () => {
    expect(checkMemory(2 ** 30, 2 ** 29).state).toBe('bad')
    expect(checkMemory(2 ** 33, 2 ** 29).state).toBe('good')
    expect(checkDisk('.', 1_000).state).toBe('bad')
  })
})
