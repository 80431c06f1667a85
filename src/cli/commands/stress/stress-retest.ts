import { basename, join } from 'node:path'
import { isPolicyAddress, parsePolicyAddress } from '../../../inference/policy-address.ts'
import type { RetestFile } from '../../../run/archive/retest-contract.ts'
import { EXIT, type ExitCode } from '../../../run/exit-codes.ts'
import { junitXml } from '../../../views/archive/junit.ts'
import { cellText } from '../../../views/archive/present-archive.ts'
import { retestLines } from '../../../views/archive/present-retest.ts'
import type { Arguments, ServedContext } from '../../command.ts'
import { usage } from '../../parser/arguments.ts'
import { statusLine } from '../../terminal/status-line.ts'
import { printJson, printLines } from '../../terminal/terminal.ts'
import { isRunDirectory, policyOfRun } from '../eval/policy-of-run.ts'
import type { StressServices } from './services.ts'
import { stressSpec } from './spec.ts'
import { boundText, cellFails, isOver, type Limit, limitOf, verdictText } from './verdict.ts'

const UINT32 = 2 ** 32 - 1
const TOP = 50
const REPEATS = 32
const LISTED = 10

/** Plays the best levels of an archive again with fresh seeds. */
export async function stressRetest(
  args: Arguments,
  { services, terminal }: ServedContext<StressServices>,
): Promise<ExitCode> {
  const [, dir, given] = args.positionals
  if (dir === undefined || given === undefined)
    throw usage(
      stressSpec,
      'usage/argument',
      'retest takes the directory of a stress test and a policy',
    )
  const limit = limitOf(args)
  const run = isRunDirectory(given) ? await policyOfRun(given, args.text('slot')) : null
  const path = run?.policy ?? given
  const name = run === null ? nameOf(path) : basename(given)
  const policy = isPolicyAddress(path)
    ? await services.findRemotePolicy(path)
    : await services.readPolicy(path)
  const status = statusLine(terminal)
  const file = await services
    .retest({
      ...{ dir, policy, name },
      top: args.integer('top', 1) ?? TOP,
      repeats: args.integer('repeats', 1) ?? REPEATS,
      seed: args.integer('seed', 0, UINT32) ?? 0,
      workers: args.integer('workers', 1, 256) ?? 1,
      onLevel: (done, of) => status.update([`retest ${done}/${of}`]),
    })
    .finally(() => status.clear())
  const out = args.text('out') ?? join(dir, `retest-${name}.json`)
  await services.write(out, `${JSON.stringify(file, null, 1)}\n`)
  const junit = args.text('junit')
  if (junit !== undefined) await services.write(junit, junitOf(file, limit))
  const findings = { values: file.levels.flatMap(({ fresh }) => fresh ?? []) }
  const over = limit !== null && isOver(limit, findings)
  if (args.flag('json'))
    printJson(terminal, { kind: 'retest', path: out, ...file, ...(limit === null ? {} : { over }) })
  else printLines(terminal, [...retestLines(file, LISTED), '', `retest  ${out}`])
  if (over) terminal.err(verdictText(limit, findings))
  return over ? EXIT.exposed : EXIT.ok
}

/** `policy` alone says nothing: then the folder's name stands before it. */
function nameOf(path: string): string {
  const own = isPolicyAddress(path)
    ? parsePolicyAddress(path).model
    : basename(path).replace(/\.onnx$/i, '')
  return own.replace(/[^A-Za-z0-9_.-]+/g, '-')
}

function junitOf(file: RetestFile, limit: Limit | null): string {
  return junitXml({
    name: `agon stress retest ${file.objective}`,
    bound: boundText(limit),
    cases: file.levels.map(({ cell, id, fresh, archived }) => ({
      name: `${id}: ${cellText(file.axes, cell)}`,
      value: fresh ?? Number.NaN,
      detail: `${file.objective} ${fresh} over ${file.repeats} fresh attempts, ${archived} in the archive`,
      failed: fresh !== null && cellFails(limit, fresh),
    })),
  })
}
