import { type ChildProcess, spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'

const CLI = join(
  dirname(createRequire(import.meta.url).resolve('agon/package.json')),
  'dist/cli/agon.js',
)

export type Told = Readonly<Record<string, unknown>>

/** `agon serve --json` in a process of its own. */
export class Served {
  readonly child: ChildProcess
  readonly told: Told[] = []
  readonly ended: Promise<number | null>
  stderr = ''
  #waiting: (() => void)[] = []

  constructor(args: readonly string[], cwd?: string) {
    this.child = spawn(process.execPath, [CLI, 'serve', ...args, '--json'], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: serverEnvironment(),
      cwd,
    })
    this.child.stderr!.on('data', (chunk) => {
      this.stderr += chunk
    })
    createInterface({ input: this.child.stdout! }).on('line', (line) => {
      this.told.push(JSON.parse(line))
      for (const wake of this.#waiting.splice(0)) wake()
    })
    this.ended = new Promise((resolve) => {
      this.child.on('close', (code) => {
        resolve(code)
        for (const wake of this.#waiting.splice(0)) wake()
      })
    })
  }

  /** The first event that passes, among those told and those to come. */
  async event(passes: (event: Told) => boolean): Promise<Told> {
    for (;;) {
      const found = this.told.find(passes)
      if (found !== undefined) return found
      if (this.child.exitCode !== null) throw new Error(`agon serve ended: ${this.stderr}`)
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    }
  }

  async address(): Promise<string> {
    return String((await this.event(({ kind }) => kind === 'listening')).address)
  }

  async stop(): Promise<number | null> {
    this.child.kill('SIGTERM')
    return await this.ended
  }
}

/** Where things are on this machine, and nothing else. */
function serverEnvironment(): NodeJS.ProcessEnv {
  const { PATH, HOME, XDG_CACHE_HOME, LD_LIBRARY_PATH } = process.env
  return { PATH, HOME, XDG_CACHE_HOME, LD_LIBRARY_PATH }
}
