import { describe, expect, it } from 'vitest'
import { AgonError } from '../../../core/errors.ts'
import type { RunConfig } from '../../../run/contract.ts'
import { EXIT } from '../../../run/exit-codes.ts'
import { fake, fakeCommandLine } from '../../testing/fake-context.ts'
import { authorityCommand } from '../authority/authority.ts'
import { runCommand } from './run.ts'
import type { RunServices } from './services.ts'

const config = { name: 'first' } as RunConfig
function services(seen: unknown[], submit = async () => '17'): Partial<RunServices> {
  return {
    loadConfig: async () => config,
    slurmJob: async (given, options) => {
      seen.push(given, options)
      const dir = '/scratch/my runs'
      return { dir, script: '#!/bin/bash\n', scriptPath: `${dir}/slurm/job.sh`, submit }
    },
  }
}

describe('agon run --on slurm', () => {
  it('submits the job and says how to follow it', async () => {
    const seen: unknown[] = []
    const line = fakeCommandLine([fake(runCommand, services(seen))])
    expect(await line.agon('run', 'x.yaml', '--on', 'slurm', '--out', 'there')).toBe(EXIT.ok)
    expect(seen).toEqual([config, { out: 'there' }])
    expect(line.terminal.stdout()).toContain('submitted  job 17\n')
    expect(line.terminal.stdout()).toContain("tail -F '/scratch/my runs'/slurm/job-17.log\n")
    const json = fakeCommandLine([fake(runCommand, services([]))])
    await json.agon('run', 'x.yaml', '--on=slurm', '--json')
    expect(json.json()).toMatchObject([{ kind: 'submitted', job: '17', dir: '/scratch/my runs' }])
  })

  it('shows the script and submits nothing with --dry-run', async () => {
    const never = () => Promise.reject(new AgonError('test/submitted', 'submitted'))
    const line = fakeCommandLine([fake(runCommand, services([], never))])
    expect(await line.agon('run', 'x.yaml', '--on', 'slurm', '--dry-run')).toBe(EXIT.ok)
    expect(line.terminal.stdout()).toBe('#!/bin/bash\n')
    const json = fakeCommandLine([fake(runCommand, services([], never))])
    await json.agon('run', 'x.yaml', '--on', 'slurm', '--dry-run', '--json')
    expect(json.json()).toMatchObject([{ kind: 'script', text: '#!/bin/bash\n' }])
  })

  it('ends with bad usage where the cluster refuses', async () => {
    const refuse = () => Promise.reject(new AgonError('slurm/refused', 'no such partition'))
    const line = fakeCommandLine([fake(runCommand, services([], refuse))])
    expect(await line.agon('run', 'x.yaml', '--on', 'slurm')).toBe(EXIT.usage)
    expect(line.terminal.stderr()).toContain('no such partition')
  })

  it('refuses another host by name', async () => {
    const line = fakeCommandLine()
    expect(await line.agon('run', 'x.yaml', '--on', 'slrum')).toBe(EXIT.usage)
    expect(line.terminal.stderr()).toContain('--on takes local, slurm')
  })
})

describe('agon run --or-resume', () => {
  it('begins the run in --out or goes on with it, and needs to be told where', async () => {
    const seen: unknown[] = []
    const line = fakeCommandLine([
      fake(runCommand, {
        loadConfig: async () => config,
        launchOrResume: async (given, { onProgress: _, ...options }) => {
          seen.push(given, options)
          throw new AgonError('run/locked', 'process 1 is at work on this run')
        },
      }),
    ])
    expect(await line.agon('run', 'x.yaml', '--out', 'there', '--or-resume')).toBe(EXIT.usage)
    expect(seen).toEqual([config, { out: 'there' }])
    expect(await line.agon('run', 'x.yaml', '--or-resume')).toBe(EXIT.usage)
    expect(line.terminal.stderr()).toContain('--or-resume needs --out')
  })
})

describe('agon authority', () => {
  it('makes certificates and names the files', async () => {
    const seen: unknown[] = []
    const line = fakeCommandLine([
      fake(authorityCommand, {
        makeAuthority: async (request) => {
          seen.push(request)
          return ['tls/authority.pem']
        },
      }),
    ])
    expect(await line.agon('authority', 'tls', '--host', 'a', '--host', '10.0.0.1')).toBe(EXIT.ok)
    expect(seen).toEqual([{ folder: 'tls', hosts: ['a', '10.0.0.1'], days: 30 }])
    expect(line.terminal.stdout()).toBe('tls/authority.pem\n')
    expect(await line.agon('authority', 'tls', '--days', '0')).toBe(EXIT.usage)
  })
})
