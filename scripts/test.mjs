// npm test: the whole suite that CI runs. Closing line: files, tests passed, failed and skipped (a skip is never silent).
import './require-node.mjs'
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { findPython } from './python.mjs'
import { makeRealPython, realPython } from './real-python.mjs'

const FAILURE_LINES = 20
const folder = mkdtempSync(join(tmpdir(), 'agon-test-'))
const steps = []
const node = async (name, args) => {
  console.log(`\n== ${name}`)
  const child = spawn(process.execPath, args, { stdio: 'inherit' })
  const status = await new Promise((resolve) => child.on('close', resolve))
  steps.push({ name, ok: status === 0 })
}
const counts = { files: 0, passed: 0, failed: 0, skipped: 0 }
const skipped = []
// Said again at the end: the end is what a long log is read from.
const failures = []
const suite = async (projects, ...options) => {
  const output = join(folder, `${projects[0]}.json`)
  await node(`${projects.join(' and ')} tests`, [
    'node_modules/vitest/vitest.mjs',
    'run',
    ...projects.flatMap((project) => ['--project', project]),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${output}`,
    ...options,
  ])
  const result = JSON.parse(readFileSync(output, 'utf8'))
  counts.files += result.testResults.length
  counts.passed += result.numPassedTests
  counts.failed += result.numFailedTests
  counts.skipped += result.numPendingTests + result.numTodoTests
  for (const file of result.testResults) {
    if (file.status === 'failed' && file.message) failures.push(`${file.name}\n${file.message}`)
    for (const test of file.assertionResults) {
      if (test.status === 'pending' || test.status === 'skipped') skipped.push(test.fullName)
      if (test.status === 'failed')
        failures.push(`${file.name}: ${test.fullName}\n${test.failureMessages.join('\n')}`)
    }
  }
}

/** Beside others; what it said stands together. */
const aside = async (name, program, args) => {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => {
      said += text
    })
  const status = await new Promise((resolve) => child.on('close', resolve))
  console.log(`\n== ${name}\n${said}`)
  steps.push({ name, ok: status === 0 })
}

const python = async (name, interpreter, ...flags) => {
  const output = join(folder, `python${flags.join('')}.json`)
  await aside(name, interpreter, ['clients/python/test.py', ...flags, output])
  if (!existsSync(output)) return
  const result = JSON.parse(readFileSync(output, 'utf8'))
  counts.files += result.files
  counts.passed += result.passed
  counts.failed += result.failed
  counts.skipped += result.skipped.length
  skipped.push(...result.skipped)
  failures.push(...result.failures)
}

const skip = (name) => {
  counts.skipped += 1
  skipped.push(name)
}

const pythonClient = async () => {
  const interpreter = findPython()
  if (interpreter === null)
    skip('python client (no python3 ≥ 3.11 with grpcio, protobuf and numpy)')
  else await python('python client', interpreter)
  if (realPython() !== null)
    return await python('python client with real packages', realPython(), '--real')
  for (const file of readdirSync('clients/python/tests').filter((one) =>
    one.startsWith('test_real_'),
  ))
    skip(`${file} (${whyNoRealPython})`)
}

/** A test program of C++ counts as a file and as a test. */
const native = async () => {
  const output = join(folder, 'native.json')
  await aside('native', process.execPath, ['native/build.mjs', '--counts', output])
  if (!existsSync(output)) return
  const { passed, failed, skipped: left } = JSON.parse(readFileSync(output, 'utf8'))
  counts.files += passed.length + failed.length
  counts.passed += passed.length
  counts.failed += failed.length
  counts.skipped += left.length
  skipped.push(...left)
  failures.push(...failed.map((name) => `native football: ${name}`))
}

/** Of 200 in `npm run test:slow`. */
const faults = () =>
  aside('faults between processes, 4 schedules', process.execPath, [
    ...['build/tests/faults/main.js', '--schedules', '4'],
  ])

const whyNoRealPython = makeRealPython()
if (whyNoRealPython !== null) console.log(`no Python with real packages: ${whyNoRealPython}`)
await node('lint', ['node_modules/@biomejs/biome/bin/biome', 'check', '.'])
await node('contracts and generated code', ['scripts/proto.mjs', '--check'])
// One after another beside the suites, for the moments in which those wait.
const beside = [pythonClient, faults, native].reduce(
  (before, next) => before.then(next),
  Promise.resolve(),
)
await suite(['unit'])
// They wait for other processes half of the time, and Slurm for its own clock: four at once keep two cores at work.
await suite(['system', 'slurm'], '--maxWorkers', String(Math.max(4, availableParallelism())))
await beside
rmSync(folder, { recursive: true })

for (const failure of failures)
  console.log(`\nfailed: ${failure.split('\n').slice(0, FAILURE_LINES).join('\n')}`)
for (const name of skipped) console.log(`skipped: ${name}`)
const broken = steps.filter((step) => !step.ok).map((step) => step.name)
console.log(
  `\nagon: ${counts.files} files, ${counts.passed} tests passed, ${counts.failed} failed, ${counts.skipped} skipped` +
    (broken.length === 0 ? ' — all checks green' : ` — FAILED: ${broken.join(', ')}`),
)
process.exit(broken.length === 0 ? 0 : 1)
