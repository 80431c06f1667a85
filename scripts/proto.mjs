// npm run proto: static protobufjs code of proto/ into src/wire/gen, and the Python client's message classes where protoc is. With --check nothing is written: the exit code is 1 where
// the committed code is not what proto/ gives.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findPython } from './python.mjs'

const OUT = 'src/wire/gen'
const MODULES = {
  agon: ['errors', 'tensors', 'environments', 'actors', 'experiments'].map(
    (name) => `agon/v1/${name}`,
  ),
  kserve: ['inference/grpc_service'],
  dm_env_rpc: ['dm_env_rpc/v1/dm_env_rpc'],
}
const OPTIONS = [
  ...['--path', 'proto', '--target', 'static-module', '--wrap', 'esm', '--force-number'],
  ...['--null-semantics', '--no-create', '--no-convert', '--no-verify', '--no-delimited'],
  ...['--no-typeurl', '--no-service'],
]

const folder = mkdtempSync(join(tmpdir(), 'agon-proto-'))
const compile = (name, files, options) => {
  const { status } = spawnSync(
    process.execPath,
    [
      'node_modules/protobufjs-cli/bin/pbjs',
      ...OPTIONS,
      ...['--root', name, '--out', join(folder, `${name}.gen.js`)],
      ...options,
      ...files.map((file) => `proto/${file}.proto`),
    ],
    { stdio: 'inherit' },
  )
  if (status !== 0) process.exit(status ?? 1)
}
for (const [name, files] of Object.entries(MODULES)) {
  // Types are read from the comments, which would otherwise be most of the code.
  compile(name, files, ['--dts'])
  compile(name, files, ['--no-comments'])
}

// The types say number, but where a package `long` lies about, the library decodes 64-bit fields to its objects.
function numeric(code) {
  const IMPORT = 'import $protobuf from "protobufjs/minimal.js";\n'
  return code.replace(IMPORT, `${IMPORT}$protobuf.util.Long = null;\n$protobuf.configure();\n`)
}

const check = process.argv.includes('--check')
let stale = 0
mkdirSync(OUT, { recursive: true })
for (const file of readdirSync(folder)) {
  const made = numeric(readFileSync(join(folder, file), 'utf8'))
  const path = join(OUT, file)
  if (!check) writeFileSync(path, made)
  else if (made !== readFileSync(path, 'utf8')) {
    stale += 1
    console.error(`${path} is not what proto/ gives: npm run proto`)
  }
}
rmSync(folder, { recursive: true })

const NO_COMPILER = 3
const python = findPython()
if (python !== null) {
  const script = ['clients/python/generate.py', ...(check ? ['--check'] : [])]
  const { status } = spawnSync(python, script, { stdio: 'inherit' })
  if (status !== 0 && status !== NO_COMPILER) stale += 1
}
process.exit(stale === 0 ? 0 : 1)
