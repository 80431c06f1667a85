import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const BINARY = fileURLToPath(new URL('../../dist/cli/agon.js', import.meta.url))

/** Whether a command loads gRPC, which takes a quarter of a second: Node tells of every CommonJS module that it loads. */
function loadsGrpc(...argv: string[]): boolean {
  const { stderr } = spawnSync(process.execPath, [BINARY, ...argv], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, NODE_DEBUG: 'module' },
    maxBuffer: 256 * 1024 * 1024,
  })
  return stderr.includes('@grpc/grpc-js/build')
}

it.each([[['--help']], [['run', '--help']], [['watch', '--help']], [['--version']]])(
  'agon %j loads no gRPC',
  (argv) => {
    expect(loadsGrpc(...argv)).toBe(false)
  },
)

it('agon watch loads gRPC where it dials', () => {
  expect(loadsGrpc('watch', '127.0.0.1:1')).toBe(true)
})
