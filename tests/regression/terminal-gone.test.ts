import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CLI, cyclesOf, longRun, realProcess, until } from '../support/real-process.ts'

/**
 * Starts a command on a terminal of its own, and says its process id. A line of input takes the terminal away; at the end
 * comes the command's exit code, below 0 for a signal.
 */
const ON_A_TERMINAL = `
import os, pty, subprocess, sys, threading
master, slave = pty.openpty()
command = subprocess.Popen(sys.argv[1:], stdin=slave, stdout=slave, stderr=slave, start_new_session=True)
os.close(slave)
def look():
    try:
        while os.read(master, 9999): pass
    except OSError: pass
if os.environ.get("READER") == "looks": threading.Thread(target=look, daemon=True).start()
print(command.pid, flush=True)
if sys.stdin.readline(): os.dup2(os.open("/dev/null", os.O_RDWR), master)
print("ended", command.wait(), flush=True)
`
const hasPython = spawnSync('python3', ['-c', 'import pty']).status === 0

describe.skipIf(!hasPython)('a terminal that is gone (needs python3)', () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'agon-terminal-'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  const onTerminal = (args: readonly string[], reader: 'looks' | 'sleeps' = 'looks') => {
    const started = realProcess('python3', ['-c', ON_A_TERMINAL, process.execPath, CLI, ...args], {
      cwd: folder,
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { PATH: process.env.PATH, TERM: 'xterm', READER: reader },
    })
    const pid = async (): Promise<number> => {
      await until('a process', () => started.said.stdout.includes('\n'), started)
      return Number.parseInt(started.said.stdout, 10)
    }
    return {
      started,
      pid,
      take: () => started.child.stdin?.end('\n'),
      leave: () => started.child.stdin?.end(),
    }
  }
  /** Milliseconds of a core that a process has used. */
  const usedBy = (pid: number): number => {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ')
    return 10 * (Number(fields[11]) + Number(fields[12]))
  }

  it('is missed by nobody: the run goes on, and TERM makes a cut', async () => {
    const run = join(folder, 'gone')
    const { started, pid, take } = onTerminal(['run', longRun(folder), '--out', run])
    const child = await pid()
    await until('a cycle', () => cyclesOf(run) > 3, started)
    take()
    const before = cyclesOf(run)
    await until('more cycles', () => cyclesOf(run) > before + 30, started)
    process.kill(child, 'SIGTERM')
    expect((await started.ended).stdout).toMatch(/ended 3\n$/)
    expect(readdirSync(join(run, 'cuts'))).toHaveLength(1)
  })

  it('is missed by no server either', async () => {
    const { started, pid, take } = onTerminal(['env', 'maze', '--rendezvous', 'maze.json'])
    const child = await pid()
    await until('a rendezvous', () => readdirSync(folder).includes('maze.json'), started)
    take()
    process.kill(child, 'SIGWINCH') // asks for the size of what is no more
    if (process.platform === 'linux') {
      const before = usedBy(child)
      await new Promise((resolve) => setTimeout(resolve, 1000))
      expect(usedBy(child) - before).toBeLessThan(700)
    }
    process.kill(child, 'SIGTERM')
    expect((await started.ended).stdout).toMatch(/ended 0\n$/)
    expect(readdirSync(folder)).not.toContain('maze.json')
  })

  it('that takes nothing for the moment holds no run up', async () => {
    const run = join(folder, 'stuck')
    const args = ['run', longRun(folder), '--out', run, '--json']
    const { started, pid, leave } = onTerminal(args, 'sleeps')
    leave()
    const child = await pid()
    // Many times what a terminal keeps.
    await until('many cycles', () => cyclesOf(run) > 40, started)
    process.kill(child, 'SIGTERM')
    expect((await started.ended).stdout).toMatch(/ended 3\n$/)
  })
})
