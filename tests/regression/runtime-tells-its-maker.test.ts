import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CLI, realProcess } from '../support/real-process.ts'
import { sampled } from '../support/tiers.ts'

// The official builds of ONNX Runtime keep a database of what is run in the user's cache, and send it, unless the environment
// forbids it. Every thread of every placement is to be without it.

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'agon-quiet-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Everything that the process left in its home and its folder of temporary files, apart from the run. */
function leftBehind(): string[] {
  const names = readdirSync(folder, { recursive: true }) as string[]
  return names.filter((name) => /microsoft|onnxruntime|mat-debug/i.test(name))
}

async function agon(args: readonly string[], more: Readonly<Record<string, string>> = {}) {
  const env = { PATH: process.env.PATH, HOME: folder, TMPDIR: folder, ...more }
  const ended = await realProcess(process.execPath, [CLI, ...args], { env }).ended
  expect(ended.code, ended.stderr).toBe(0)
}

describe('ONNX Runtime', () => {
  it.each(sampled(['process', 'thread', 'local'], 1))(
    'reports nothing with actors placed %s',
    async (where) => {
      const run = join(folder, 'run')
      await agon([
        ...['run', 'tests/fixtures/tiny-plr.yaml', '--out', run],
        ...[
          '--set',
          'budget={cycles: 2}',
          '--set',
          `placement={student: ${where}, evaluator: ${where}}`,
        ],
      ])
      await agon(['eval', join(run, 'policy.onnx'), '--suite', 'random:2', '--episodes', '1'])
      expect(existsSync(join(run, 'policy.onnx'))).toBe(true)
      expect(leftBehind()).toEqual([])
    },
  )
})
