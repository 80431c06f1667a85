import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, it } from 'vitest'
import { agonHere } from '../support/command-here.ts'

// Losses that are further apart than the restart window was long were taken for ever, with not one cycle done.

const MY_ENV = fileURLToPath(new URL('../../examples/grid-search/my-env.ts', import.meta.url))
const SERVER = fileURLToPath(
  new URL('../../build/tests/support/lying-environment.js', import.meta.url),
)
const folder = mkdtempSync(join(tmpdir(), 'agon-restarts-'))
let server: ChildProcess | null = null
afterAll(() => {
  server?.kill('SIGKILL')
  rmSync(folder, { recursive: true })
})

/** The window is shorter than any two losses are apart, so the rate never binds. */
const configOf = (name: string, env: string): string => {
  const file = join(folder, `${name}.yaml`)
  writeFileSync(
    file,
    `env: ${env}
adversary: dr
student: { id: ppo, network: { core: none, hidden: 8 }, rollout: { envs: 2, steps: 8 }, shards: 1 }
evaluation: { suite: "random:1", every: 0 }
budget: { cycles: 2 }
workers: 1
tensorboard: false
supervision: { restarts: 2, windowSeconds: 0.001 }
`,
  )
  return file
}

const restartsIn = (stderr: string): number => stderr.match(/is started again/g)?.length ?? 0

it('of a thread that a module ends in each try: the run gives up with the first error', async () => {
  const module = join(folder, 'exits.ts')
  writeFileSync(
    module,
    `import { environment as beacon } from ${JSON.stringify(MY_ENV)}
export const environment = {
  ...beacon,
  create(options) {
    const made = beacon.create(options)
    return {
      ...made,
      vector(request) {
        const env = made.vector(request)
        env.step = () => process.exit(3)
        return env
      },
    }
  },
}
`,
  )
  const { code, stderr } = await agonHere([
    'run',
    configOf('exits', '{ id: ./exits.ts, side: 5 }'),
    '--out',
    join(folder, 'exits'),
  ])
  expect(stderr).toContain('[worker/lost]')
  expect(stderr).toContain('given up after 2 restarts without anything new done')
  expect(restartsIn(stderr)).toBe(2)
  expect(code).toBe(1)
})

it('of a hosted environment that hangs in each try as well', async () => {
  server = spawn(process.execPath, [SERVER], { stdio: ['ignore', 'pipe', 'inherit'] })
  let address = ''
  for await (const line of createInterface({ input: server.stdout! })) {
    address = line
    break
  }
  const env = `{ remote: "${address}", environment: "silence in a step", timeoutSeconds: 1, waitSeconds: 1 }`
  // The server asks for none, and whoever dials must have one.
  process.env.AGON_TOKEN = 'x'.repeat(32)
  const run = ['run', configOf('hangs', env), '--out', join(folder, 'hangs')]
  const { code, stderr } = await agonHere(run)
  expect(stderr).toContain('[environment/lost]')
  expect(stderr).toContain('given up after 2 restarts without anything new done')
  expect(restartsIn(stderr)).toBe(2)
  expect(code).toBe(1)
})
