import { resolve } from 'node:path'
import { AgonError } from '../../../core/errors.ts'
import type { StressRequest } from '../../../launch/stress/contract.ts'
import { TARGET } from '../../../launch/stress/references.ts'
import { parseNames } from '../../../launch/stress/stress-policy.ts'
import type { WeaknessesFile } from '../../../play/weaknesses/weaknesses-file.ts'
import type { ArchiveFile } from '../../../run/archive/contract.ts'
import type { RunResult } from '../../../run/contract.ts'
import { EXIT, type ExitCode } from '../../../run/exit-codes.ts'
import { junitXml } from '../../../views/archive/junit.ts'
import {
  archiveLines,
  cellText,
  ranked,
  valuesText,
} from '../../../views/archive/present-archive.ts'
import { weaknessCases } from '../../../views/archive/weakness-cases.ts'
import type { Arguments, ServedContext } from '../../command.ts'
import { showRun } from '../../following/show-run.ts'
import { usage } from '../../parser/arguments.ts'
import { printJson, printLines, printWarning } from '../../terminal/terminal.ts'
import { isRunDirectory, policyOfRun } from '../eval/policy-of-run.ts'
import { printPlan } from '../run/dry-run.ts'
import { runOnSlurm } from '../run/run-elsewhere.ts'
import type { StressServices } from './services.ts'
import { stressSpec } from './spec.ts'
import { boundText, cellFails, isOver, type Limit, limitOf, verdictText } from './verdict.ts'

const UINT32 = 2 ** 32 - 1
const EVALUATIONS = 20_000
const SECONDS = 3600
const LISTED = 10
/** What is said of a search at its end, by the process that waited for it. */
const VERDICTS = ['fail-over', 'junit'] as const
/** What makes a copy of the policy's files, which goes with this process. */
const COPYING = ['card', 'map'] as const

/** Composes the run, goes through it, and shows what it found. */
export async function stressPolicyOf(
  args: Arguments,
  context: ServedContext<StressServices>,
): Promise<ExitCode> {
  const { services, terminal } = context
  const json = args.flag('json')
  const limit = limitOf(args)
  const host = hostOf(args)
  const out = args.text('out')
  const dryRun = args.flag('dry-run')
  if (out !== undefined && (await services.hasBegun(out))) throw goOn(out)
  const prepared = await services.prepareStress(await requestOf(args))
  try {
    const { config, notes } = prepared
    for (const message of notes) printWarning(terminal, { code: 'stress/chosen', message })
    const given = out === undefined ? {} : { out }
    if (host === 'slurm') return await runOnSlurm(config, { ...given, dryRun, json }, context)
    if (dryRun) {
      await services.checkLaunch(config, { ...given, orResume: false })
      return await printPlan(config, out, json, context)
    }
    let result: RunResult | null = null
    const code = await showRun(
      (onProgress) =>
        services.launch(config, {
          ...given,
          onProgress(event) {
            if (event.kind === 'finished') result = event.result
            onProgress(event)
          },
        }),
      json,
      context,
    )
    const ended = result as RunResult | null
    if (ended === null) return code
    return await showFound(ended, code, { args, limit }, context)
  } finally {
    await prepared.close()
  }
}

const goOn = (out: string): AgonError =>
  new AgonError('run/exists', 'a stress test has begun here', {
    place: out,
    remedy: `go on with it: agon resume ${out}; or give another --out`,
  })

/** @throws AgonError `usage/value`, `usage/option` */
async function requestOf(args: Arguments): Promise<StressRequest> {
  const [given] = args.positionals
  const slot = args.text('slot')
  const run = isRunDirectory(given) ? await policyOfRun(given, slot) : null
  if (run === null && slot !== undefined)
    throw usage(stressSpec, 'usage/option', '--slot is for the directory of a run')
  const env = args.text('env') ?? run?.config
  const workers = args.integer('workers', 1)
  const seed = args.integer('seed', 0, UINT32)
  const names = args.text('map')
  const { card, against, adversary, domain, helper, seeds } = textsOf(args)
  return {
    policy: run?.policy ?? given,
    budget: budgetOf(args),
    set: [...args.texts('set'), ...(workers === undefined ? [] : [`workers=${workers}`])],
    ...(env === undefined ? {} : { env }),
    ...(adversary === undefined ? {} : { adversary }),
    ...(against === undefined ? {} : { against }),
    ...(domain === undefined ? {} : { domain }),
    ...(helper === undefined ? {} : { helper }),
    ...(seeds === undefined ? {} : { seeds }),
    ...(card === undefined ? {} : { card }),
    ...(names === undefined ? {} : { names: parseNames(names) }),
    ...(seed === undefined ? {} : { seed }),
  }
}

const textsOf = (args: Arguments) => ({
  card: args.text('card'),
  against: args.text('against'),
  adversary: args.text('adversary'),
  domain: args.text('domain'),
  helper: args.text('helper'),
  seeds: args.text('seeds'),
})

/** @throws AgonError `usage/value`, `usage/option` */
function budgetOf(args: Arguments): StressRequest['budget'] {
  const evaluations = args.integer('budget', 1)
  const hours = args.text('hours')
  if (hours === undefined) return { evaluations: evaluations ?? EVALUATIONS }
  if (evaluations !== undefined)
    throw usage(stressSpec, 'usage/option', '--budget and --hours exclude each other')
  const number = Number(hours)
  if (hours.trim() !== '' && number > 0 && Number.isFinite(number))
    return { seconds: number * SECONDS }
  throw usage(stressSpec, 'usage/value', `--hours takes a number above 0, not '${hours}'`)
}

/** @throws AgonError `usage/value`, `usage/option` */
function hostOf(args: Arguments): 'local' | 'slurm' {
  const host = args.text('on') ?? 'local'
  const asked = [...VERDICTS, ...COPYING].find((option) => args.text(option) !== undefined)
  if (host === 'slurm' && asked !== undefined)
    throw usage(
      stressSpec,
      'usage/option',
      `--${asked} is not for a job of slurm, which goes on when this command has ended: ${
        VERDICTS.some((one) => one === asked)
          ? '`agon stress retest` judges what it leaves'
          : 'write the card beside the policy'
      }`,
    )
  if (host === 'local' || host === 'slurm') return host
  throw usage(stressSpec, 'usage/value', `--on takes local or slurm, not '${host}'`)
}

interface Wanted {
  readonly args: Arguments
  readonly limit: Limit | null
}

async function showFound(
  { dir, status }: RunResult,
  code: ExitCode,
  { args, limit }: Wanted,
  { services, terminal }: ServedContext<StressServices>,
): Promise<ExitCode> {
  const top = args.integer('top', 1) ?? LISTED
  let file: ArchiveFile
  try {
    file = await services.archive(dir)
  } catch (error) {
    if (!(error instanceof AgonError) || error.code !== 'stress/no-archive') throw error
    const asked = VERDICTS.find((option) => args.text(option) !== undefined)
    if (asked !== undefined)
      throw new AgonError(
        error.code,
        `--${asked} needs a grid of levels, and nothing has left one`,
        {
          place: dir,
          remedy: 'search with an adversary that keeps one, such as map-elites',
          cause: error,
        },
      )
    printWarning(terminal, {
      code: 'stress/no-grid',
      message: 'this adversary keeps no grid of levels',
      remedy: `see what it found: agon levels ${dir} --top score`,
    })
    return code
  }
  const findings = findingsOf(file)
  const over = status === 'finished' && limit !== null && isOver(limit, findings)
  const junit = args.text('junit')
  if (junit !== undefined)
    await services.write(junit, junitOf(file, limit, await services.weaknesses(dir)))
  if (args.flag('json')) {
    const { elites, ...facts } = file
    printJson(terminal, {
      ...{ kind: 'archive', dir: resolve(dir), ...facts },
      ...{ elites: ranked({ elites }).slice(0, top) },
      ...(limit === null ? {} : { over }),
    })
  } else printLines(terminal, ['', ...archiveLines(file, top), ...pathLines(dir, junit)])
  if (over) terminal.err(verdictText(limit, findings))
  return over ? EXIT.exposed : code
}

const findingsOf = ({ elites }: ArchiveFile) => ({
  values: elites.map(({ objective }) => objective),
})

const pathLines = (dir: string, junit: string | undefined): readonly string[] => [
  '',
  `archive  ${dir}/archive`,
  `history  ${dir}/history.jsonl`,
  ...(junit === undefined ? [] : [`junit    ${junit}`]),
]

function junitOf(
  file: ArchiveFile,
  limit: Limit | null,
  weaknesses: WeaknessesFile | null,
): string {
  const cells = file.elites.map(({ cell, objective, values, id, level }) => ({
    name: cellText(file.axes, cell),
    value: objective,
    detail: `${file.objective} ${objective} in level ${id} (archive/${level}): ${valuesText(values)}`,
    failed: cellFails(limit, objective),
  }))
  const fails = (objective: number): boolean => cellFails(limit, objective)
  const classes = weaknesses === null ? [] : weaknessCases(weaknesses, file, TARGET, fails)
  return junitXml({
    name: `agon stress ${file.objective}`,
    bound: boundText(limit),
    cases: [...cells, ...classes],
  })
}
