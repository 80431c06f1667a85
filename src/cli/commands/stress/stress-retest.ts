import { basename, join } from 'node:path'
import { isPolicyAddress, parsePolicyAddress } from '../../../inference/policy-address.ts'
import { isModelAddress } from '../../../launch/stress/prompts/model-address.ts'
import type { RetestFile } from '../../../run/archive/retest-contract.ts'
import { EXIT, type ExitCode } from '../../../run/exit-codes.ts'
import { junitXml } from '../../../views/archive/junit.ts'
import { cellText } from '../../../views/archive/present-archive.ts'
import { retestLines } from '../../../views/archive/present-retest.ts'
import { formatCount, formatDuration } from '../../../views/text/quantities.ts'
import type { Arguments, ServedContext } from '../../command.ts'
import { usage } from '../../parser/arguments.ts'
import { type Rate, rollingRate } from '../../terminal/rate.ts'
import { statusLine } from '../../terminal/status-line.ts'
import { printJson, printLines } from '../../terminal/terminal.ts'
import { isRunDirectory, policyOfRun } from '../eval/policy-of-run.ts'
import { retestModel } from './retest-model.ts'
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
  { services, terminal, clock }: ServedContext<StressServices>,
): Promise<ExitCode> {
  const [, dir, given] = args.positionals
  if (dir === undefined || given === undefined)
    throw usage(
      stressSpec,
      'usage/argument',
      'retest takes the directory of a stress test and a policy',
    )
  const limit = limitOf(args)
  if (isModelAddress(given))
    return await retestModel(args, dir, given, { services, terminal, clock })
  const run = isRunDirectory(given) ? await policyOfRun(given, args.text('slot')) : null
  const path = run?.policy ?? given
  const name = run === null ? nameOf(path) : basename(given)
  const policy = isPolicyAddress(path)
    ? await services.findRemotePolicy(path)
    : await services.readPolicy(path)
  const status = statusLine(terminal)
  const rate = rollingRate()
  rate.add(clock.now(), 0, 0)
  const out = args.text('out') ?? join(dir, `retest-${name}.json`)
  const part = `${out}.part`
  const stage = args.text('stage')
  const file = await services
    .retest({
      ...{ dir, policy, name, part },
      ...(stage === undefined ? {} : { stage }),
      top: args.integer('top', 1) ?? TOP,
      repeats: args.integer('repeats', 1) ?? REPEATS,
      seed: args.integer('seed', 0, UINT32) ?? 0,
      workers: args.integer('workers', 1, 256) ?? 1,
      onProgress({ done, of, evaluations }) {
        rate.add(clock.now(), evaluations, done / of)
        status.update(progressParts(done, of, rate))
      },
    })
    .finally(() => status.clear())
  await services.write(out, `${JSON.stringify(file, null, 1)}\n`)
  await services.forget(part)
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

function progressParts(done: number, of: number, rate: Rate): string[] {
  const [perSecond, left] = [rate.perSecond(), rate.timeLeft()]
  return [
    `retest ${done}/${of}`,
    ...(Number.isFinite(perSecond) ? [`${formatCount(perSecond)} evaluations/s`] : []),
    ...(Number.isFinite(left) && done < of ? [`${formatDuration(left)} left`] : []),
  ]
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
