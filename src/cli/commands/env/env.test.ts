import { describe, expect, it } from 'vitest'
import type { ServeRequest } from '../../../launch/serve/serve-environment.ts'
import { fake, fakeCommandLine } from '../../testing/fake-context.ts'
import { envCommand } from './env.ts'

function commandLine(exposed = false) {
  const requests: ServeRequest[] = []
  const closed: number[] = []
  const line = fakeCommandLine([
    fake(envCommand, {
      async serveEnvironment(request) {
        requests.push(request)
        return {
          spec: { id: 'maze', profile: 'minimax' } as never,
          address: '127.0.0.1:7070',
          rendezvous: '/x/maze.json',
          exposed,
          close: async (graceMs) => {
            closed.push(graceMs)
          },
        }
      },
    }),
  ])
  return { ...line, requests, closed }
}

const settled = () => new Promise((resolve) => setImmediate(resolve))

describe('agon env', () => {
  it('serves until it is interrupted, then lets calls end', async () => {
    const { agon, requests, closed, pressCtrlC, json, listening } = commandLine()
    const done = agon('env', 'maze', '--set', 'height=5', '--json', '--grace=3')
    while (listening() === 0) await settled()
    expect(json()).toEqual([
      {
        kind: 'listening',
        id: 'maze',
        profile: 'minimax',
        address: '127.0.0.1:7070',
        rendezvous: '/x/maze.json',
      },
    ])
    pressCtrlC()
    expect(await done).toBe(0)
    expect(closed).toEqual([3000])
    expect(json().at(-1)).toEqual({ kind: 'closed', address: '127.0.0.1:7070' })
    expect(requests).toEqual([
      {
        part: 'maze',
        set: ['height=5'],
        protocol: 'agon',
        listen: '127.0.0.1:0',
        rendezvous: 'maze.json',
        insecure: false,
      },
    ])
  })

  it('says on which device, as an option of the environment', async () => {
    const { agon, requests, pressCtrlC, listening } = commandLine()
    const done = agon('env', 'football', '--device', 'cuda', '--set', 'leftAgents=2')
    while (listening() === 0) await settled()
    pressCtrlC()
    expect(await done).toBe(0)
    expect(requests[0]).toMatchObject({
      part: 'football',
      set: ['leftAgents=2', 'device=cuda'],
      rendezvous: 'football.json',
    })
  })

  it('names its files by the module, and warns where others can read what crosses', async () => {
    const { agon, requests, pressCtrlC, terminal, listening } = commandLine(true)
    const done = agon(
      ...['env', './envs/my-env.ts', '--listen=0.0.0.0:7070', '--insecure'],
      ...['--protocol=dm_env_rpc', '--token-file=t'],
    )
    while (listening() === 0) await settled()
    pressCtrlC()
    expect(await done).toBe(0)
    expect(requests[0]).toMatchObject({
      part: './envs/my-env.ts',
      rendezvous: 'my-env.json',
      protocol: 'dm_env_rpc',
      tokenFile: 't',
      insecure: true,
    })
    expect(terminal.stderr()).toContain('wire/insecure')
  })

  it.each([
    [['--protocol=http'], 'usage/value'],
    [['--tls-cert=a.pem'], 'usage/option'],
    [['--grace=-1'], 'usage/value'],
  ])('refuses %s', async (options, code) => {
    const { agon, json, requests } = commandLine()
    expect(await agon('env', 'maze', ...options, '--json')).toBe(2)
    expect(json().at(-1)).toMatchObject({ kind: 'error', code })
    expect(requests).toEqual([])
  })
})
