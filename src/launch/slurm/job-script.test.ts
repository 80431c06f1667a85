import { type ChildProcess, spawn } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { slurm } from '../../run/config/slurm.schema.ts'
import type { RunConfig } from '../../run/contract.ts'
import { allocate } from './allocation.ts'
import { type JobScriptInput, jobScript } from './job-script.ts'

const GOLDEN = new URL('./fixtures/', import.meta.url).pathname

function scriptOf(keys: unknown, over: Partial<JobScriptInput> = {}): string {
  const section = slurm.parse(keys)
  const config = {
    placement: { student: 'node:gpu', evaluator: 'node:cpu', adversary: 'local' },
    students: { agent: {} },
  } as unknown as Pick<RunConfig, 'placement' | 'students'>
  return jobScript({
    name: 'first',
    run: '/scratch/runs/first',
    agon: ['/usr/bin/node', '/opt/agon/dist/cli/agon.js'],
    init: false,
    slurm: section,
    allocation: allocate(config, section),
    hub: { listen: '0.0.0.0:0', authority: true },
    ...over,
  })
}

const ALIKE = { nodes: { gpu: { cpus: 2 }, cpu: { cpus: 2 } } }

describe('the script of a job', () => {
  // After a change: npx vitest run --project unit src/launch/slurm -u
  it.each([
    ['alike', ALIKE],
    [
      'heterogeneous',
      {
        nodes: {
          gpu: { cpus: 8, memory: '16G', gpus: 'a100:1', partition: 'gpu' },
          cpu: { count: 2, cpus: 4 },
        },
        hub: { cpus: 2 },
        account: 'lab',
        qos: 'normal',
        constraint: 'ib&nvme',
        time: '1-12',
        signalSeconds: 300,
        options: ['--comment=two words', '--exclusive'],
        setup: ['module load nodejs/22'],
        restarts: 3,
      },
    ],
    ['never-again', { ...ALIKE, requeue: false }],
  ])('is the one that was looked at (%s)', async (name, keys) => {
    await expect(scriptOf(keys)).toMatchFileSnapshot(`${GOLDEN}${name}.sh`)
  })
})

/**
 * Programs that stand for Slurm and Agon: each writes down how it was called. The hub that waits for signals does so with built-in
 * commands alone: a trap that runs while bash reads a command substitution breaks it.
 */
const PROGRAMS: Readonly<Record<string, string>> = {
  srun: `while [[ $1 == --* ]]; do shift; done; "$@"; code=$?; echo "srun $code" >> "$FAKE/ended"; exit $code`,
  scontrol: `case "$1 $2" in
    'show node') echo "NodeName=$3 NodeAddr=node-1.example Port=1";;
    'show hostnames') echo "$3" | tr , '\\n';;
  esac`,
  scancel: '',
  squeue: `case $* in *%T*) cat "$FAKE/state";; *%D*) cat "$FAKE/hosts";; *%N*) cat "$FAKE/names";; esac`,
  sleep: `case $1 in 600) exit 0;; *) exec /bin/sleep 0.01;; esac`,
  agon: `case $1 in
    run) run=$4; trap 'echo TERM >> "$FAKE/terms"' TERM; : > "$run/hub.json"
      read -r awaited < "$FAKE/terms-awaited"
      while mapfile -t heard < "$FAKE/terms"; [ ! -e "$FAKE/hub-ends" ] && [ "\${#heard[@]}" -lt "$awaited" ]; do
        /bin/sleep 0.02
      done
      [ ! -e "$FAKE/hosts-after" ] || cp "$FAKE/hosts-after" "$FAKE/hosts"
      code=$(cat "$FAKE/hub-ends" 2>/dev/null || echo 3); names=([0]=finished [1]=failed [3]=stopped)
      echo "{ \\"status\\": \\"\${names[code]:-running}\\" }" > "$run/manifest.json"; exit "$code";;
    node) exit "$(cat "$FAKE/node-ends")";;
    authority) mkdir -p "$2"; : > "$2/server.key";;
  esac`,
}

describe.skipIf(process.platform !== 'linux')('the script in a shell', () => {
  let folder = ''
  let child: ChildProcess | undefined
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'agon-script-'))
    mkdirSync(join(folder, 'bin'))
    for (const [name, body] of Object.entries(PROGRAMS)) {
      const path = join(folder, 'bin', name)
      const log = `{ printf '%s\\0' "$@"; echo; } > "$FAKE/${name}.\${1//\\//_}.$$"`
      writeFileSync(path, `#!/bin/bash\n${name === 'sleep' ? ':' : log}\n${body}\n`)
      chmodSync(path, 0o755)
    }
    tell({ state: 'RUNNING\n', hosts: '1\n1\n', names: 'n1,n2\n', 'node-ends': '0' })
    tell({ terms: '', 'terms-awaited': '1\n' })
  })
  afterEach(() => {
    child?.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 })
  })
  const tell = (files: Readonly<Record<string, string>>): void => {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  }

  /** Starts the script in a run directory of that name. */
  function start(name: string, keys: unknown = ALIKE, over: Partial<JobScriptInput> = {}) {
    const run = join(folder, name)
    mkdirSync(join(run, 'slurm'), { recursive: true })
    const script = scriptOf(keys, { run, agon: ['agon'], ...over })
    child = spawn('bash', ['-c', script], {
      // With an open standard input a shell may think that it was logged in to.
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: `${join(folder, 'bin')}:${process.env.PATH}`,
        FAKE: folder,
        SLURM_JOB_ID: '7',
        SLURMD_NODENAME: 'n1',
      },
    })
    let said = ''
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (text) => {
        said += text
      })
    const ended = new Promise<number | null>((resolve) => child?.on('close', resolve))
    return { run, ended, child, said: () => said }
  }
  const ls = async (): Promise<string[]> =>
    (await import('node:fs')).readdirSync(folder).filter((name) => name.includes('.'))
  /** The arguments of each call of a program. */
  const calls = async (program: string): Promise<string[][]> =>
    (await ls())
      .filter((name) => name.startsWith(`${program}.`))
      .map((name) => readFileSync(join(folder, name), 'utf8').split('\0').slice(0, -1))
  const until = async (condition: () => boolean): Promise<void> => {
    while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20))
  }
  const requeues = async (): Promise<string[][]> =>
    (await calls('scontrol')).filter(([first]) => first === 'requeue')

  it('ends as the run does, with its certificates and token gone', async () => {
    const { run, ended, said } = start('plain')
    writeFileSync(join(run, 'hub.token'), 'of a killed start')
    await until(() => existsSync(join(run, 'hub.json')))
    await until(() => existsSync(join(folder, 'ended')))
    tell({ 'hub-ends': '0' })
    expect(await ended, said()).toBe(0)
    for (const left of ['slurm/tls', 'hub.json', 'hub.token'])
      expect(existsSync(join(run, left)), left).toBe(false)
    expect(await requeues()).toEqual([])
    const [hub] = (await calls('agon')).filter(([command]) => command === 'run')
    expect(hub.slice(0, 4)).toEqual(['run', `${run}/slurm/config.yaml`, '--out', run])
    expect(hub).toContain('hub.advertise="node-1.example"')
    const nodes = (await calls('agon')).filter(([command]) => command === 'node')
    expect(nodes.map((words) => words.slice(1).join(' ')).sort()).toEqual([
      `--label cpu --places 1 --linger 120 --patience 60 --join ${run}/hub.json`,
      `--label gpu --places 1 --linger 120 --patience 60 --join ${run}/hub.json`,
    ])
  })

  it.each([
    ['RUNNING\nRUNNING\n', true, true],
    ['COMPLETING\n', true, false],
    ['', true, false],
    ['RUNNING\n', false, false],
  ])(
    'after TERM in state %j with requeue %j goes back into the queue: %j',
    async (state, requeue, back) => {
      // The hub stays for the second: later it would end the shell, as Slurm's does once the job is back in the queue.
      tell({ state, 'terms-awaited': '2\n' })
      const { run, ended, child, said } = start('warned', { ...ALIKE, requeue })
      await until(() => existsSync(join(run, 'hub.json')))
      child?.kill('SIGTERM')
      await until(() => readFileSync(join(folder, 'terms'), 'utf8') !== '')
      child?.kill('SIGTERM')
      expect(await ended, said()).toBe(3)
      expect(await requeues()).toEqual(back ? [['requeue', '7']] : [])
      expect(existsSync(join(run, 'slurm/tls'))).toBe(false)
    },
  )

  it.each(['SIGUSR1', 'SIGUSR2', 'SIGHUP', 'SIGXCPU'] as const)(
    'takes %s for the end of its time as well',
    async (signal) => {
      const { run, ended, child, said } = start('announced')
      await until(() => existsSync(join(run, 'hub.json')))
      child?.kill(signal)
      expect(await ended, said()).toBe(3)
      expect(await requeues()).toEqual([['requeue', '7']])
    },
  )

  it('stays out of the queue when it was stopped without a signal', async () => {
    tell({ 'hub-ends': '3' })
    expect(await start('stopped').ended).toBe(3)
    expect(await requeues()).toEqual([])
  })

  it.each([
    ['1\n1\n', 1, false],
    ['1\n', 1, true],
    ['1\n', 2, false],
  ])('with hosts %j left and the run ended with %j goes back: %j', async (left, code, back) => {
    tell({ 'hosts-after': left, 'hub-ends': String(code) })
    expect(await start('lost').ended).toBe(code)
    expect(await requeues()).toEqual(back ? [['requeue', '7']] : [])
  })

  it('starts a node again that ends too early, as often as it may', async () => {
    tell({ 'node-ends': '9' })
    const { run, ended, said } = start('nodes', { ...ALIKE, restarts: 2 })
    await until(
      () =>
        existsSync(join(folder, 'ended')) &&
        /\n.*\n/.test(readFileSync(join(folder, 'ended'), 'utf8')),
    )
    tell({ 'hub-ends': '0' })
    expect(await ended, said()).toBe(0)
    expect(readFileSync(join(folder, 'ended'), 'utf8')).toBe('srun 9\nsrun 9\n')
    const nodes = (await calls('agon')).filter(([command]) => command === 'node')
    expect(nodes).toHaveLength(6)
    expect(existsSync(run)).toBe(true)
  })

  it.each([
    [true, [['requeue', '7']], 0],
    [false, [], 1],
  ])(
    'ends a job that has lost the host of the hub (requeue %j)',
    async (requeue, requeued, cancelled) => {
      tell({ 'node-ends': '9', names: 'n2\n' })
      const { ended, said } = start('orphan', { nodes: { gpu: {}, cpu: { count: 2 } }, requeue })
      await until(() => existsSync(join(folder, 'ended')))
      tell({ 'hub-ends': '0' })
      expect(await ended, said()).toBe(0)
      const once = (calls: readonly string[][]): unknown =>
        [...new Set(calls.map(String))].map((call) => call.split(','))
      expect(once(await requeues())).toEqual(requeued)
      expect((await calls('scancel')).length > 0).toBe(cancelled === 1)
      expect((await calls('agon')).filter(([command]) => command === 'node')).toHaveLength(2)
    },
  )

  it('leaves that to Slurm where the job is heterogeneous', async () => {
    tell({ 'node-ends': '9', names: 'n2\n' })
    const { ended, said } = start('two-kinds', {
      nodes: { gpu: { cpus: 2 }, cpu: {} },
      restarts: 0,
    })
    await until(() => existsSync(join(folder, 'ended')))
    tell({ 'hub-ends': '0' })
    expect(await ended, said()).toBe(0)
    expect(await requeues()).toEqual([])
  })

  it('hands every value on as it is, whatever it holds', async () => {
    tell({ 'hub-ends': '0' })
    const pieces = [
      "'",
      '$(touch x)',
      '`touch x`',
      '${HOME',
      '&',
      ';',
      ' ',
      '*',
      '#',
      '%j',
      '!',
      '-',
      '~',
      '{a,b}',
      'ü',
    ]
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...pieces), { minLength: 8, maxLength: 15 }),
        fc.array(fc.constantFrom(...pieces), { minLength: 8, maxLength: 15 }),
        async (parts, others) => {
          for (const name of await ls()) rmSync(join(folder, name))
          const name = `r${parts.join('')}`
          const { run, ended, said } = start(name, ALIKE, {
            agon: ['agon'],
            hub: { listen: `[::1]:${others.length}`, advertise: others.join(''), authority: true },
          })
          expect(await ended, said()).toBe(0)
          const [hub] = (await calls('agon')).filter(([command]) => command === 'run')
          expect(hub[3]).toBe(run)
          expect(hub).toContain(`hub.listen="[::1]:${others.length}"`)
          expect(hub).toContain(`hub.advertise="${others.join('')}"`)
          const tls = hub.find((word) => word.startsWith('hub.tls='))?.slice(8) ?? ''
          expect(JSON.parse(tls)).toMatchObject({ key: `${run}/slurm/tls/server.key` })
          expect(existsSync(join(folder, 'x'))).toBe(false)
        },
      ),
      { numRuns: 4 },
    )
  })
})
