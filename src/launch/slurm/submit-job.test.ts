import { describe, expect, it } from 'vitest'
import { slurmClient, submitJob } from './submit-job.ts'

const says =
  (code: number, stdout: string, stderr = '') =>
  async () => ({ code, stdout, stderr })

describe('submitting a job', () => {
  it.each([
    ['17\n', '17'],
    ['17;cluster\n', '17'],
  ])('reads the id of %j', async (stdout, id) => {
    const seen: unknown[] = []
    const client = async (words: readonly string[]) => {
      seen.push(words)
      return { code: 0, stdout, stderr: '' }
    }
    expect(await submitJob('/run/a b/slurm/job.sh', client)).toBe(id)
    expect(seen).toEqual([['sbatch', '--parsable', '/run/a b/slurm/job.sh']])
  })

  it.each([
    [
      says(1, '', 'sbatch: error: x\nsbatch: error: invalid partition specified: gpu\n'),
      'slurm/refused',
      /invalid partition/,
    ],
    [says(0, 'Submitted\n'), 'slurm/refused', /ended with 0/],
    [async () => null, 'slurm/silent', /no answer/],
    [() => Promise.reject(new Error('spawn sbatch ENOENT')), 'slurm/missing', /ENOENT/],
  ])('names what went wrong', async (client, code, message) => {
    await expect(submitJob('job.sh', client)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
      remedy: expect.stringMatching(/\w/),
    })
  })
})

describe.skipIf(process.platform === 'win32')('a client of Slurm', () => {
  const env = { PATH: process.env.PATH, AGON_TOKEN: 'secret', OTHER: 'kept' }

  it('has the environment without the token', async () => {
    const said = await slurmClient(env)([
      'sh',
      '-c',
      'echo "$OTHER:$AGON_TOKEN"; echo no >&2; exit 3',
    ])
    expect(said).toEqual({ code: 3, stdout: 'kept:\n', stderr: 'no\n' })
  })

  it('is given up when it gives no answer', async () => {
    expect(await slurmClient(env, 100)(['sleep', '60'])).toBeNull()
  })

  it('says when it is not there', async () => {
    await expect(slurmClient(env)(['agon-no-such-program'])).rejects.toThrow(/ENOENT/)
  })
})
