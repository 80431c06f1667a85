import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect } from 'vitest'
import { linuxOnly, siege } from '../../support/besieged-run.ts'
import { published, tinyConfig } from '../../support/control.ts'

// Each test is a row of the table in docs/security.md.

const camp = siege()

describe('secrets', () => {
  linuxOnly('are in no file, log, journal, command line or child', async () => {
    const [token, secret] = ['a-token-that-is-easy-to-find', 'an-environment-value-to-find']
    const directory = join(camp.folder(), 'secrets')
    const path = tinyConfig(camp.folder(), 'secrets', [
      'placement: {student: process, adversary: node:here}',
      'budget: {cycles: 8}',
      'cuts: {every: 1}',
    ])
    const env = { AGON_TOKEN: token, SECRET: secret }
    const run = camp.begin(['run', path, '--out', directory, '--json'], env)
    await published(directory)
    const node = camp.begin(['node', '--join', join(directory, 'hub.json'), '--label', 'here'], env)
    const lines: string[] = []
    const childEnvironments: string[] = []
    let over = false
    void run.ended.then(() => {
      over = true
    })
    while (!over) {
      const own = [run.child.pid, node.child.pid] as number[]
      for (const pid of processesBelow(own)) {
        const line = proc(pid, 'cmdline')
        lines.push(line)
        // Before it runs its own program a child is a copy of its parent.
        if (!own.includes(pid) && line.includes('process student'))
          childEnvironments.push(proc(pid, 'environ'))
      }
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    const { code, stdout, stderr } = await run.ended
    expect(code).toBe(0)
    expect(childEnvironments.length).toBeGreaterThan(0)
    const texts = { lines: lines.join('\n'), child: childEnvironments.join('\n'), stdout, stderr }
    for (const [what, text] of Object.entries(texts)) {
      expect(text, what).not.toContain(token)
      expect(text, what).not.toContain(secret)
    }
    expect(texts.child).not.toContain('AGON_TOKEN')
    for (const name of readdirSync(directory, { recursive: true, withFileTypes: true })) {
      if (!name.isFile()) continue
      const bytes = readFileSync(join(name.parentPath, name.name))
      for (const hidden of [token, secret]) expect(bytes.includes(hidden), name.name).toBe(false)
    }
  })
})

function proc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return ''
  }
}

/** These processes and their children. */
function processesBelow(roots: readonly number[]): number[] {
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => roots.includes(Number(/^PPid:\s+(\d+)/m.exec(proc(pid, 'status'))?.[1])))
  return [...roots, ...children]
}
