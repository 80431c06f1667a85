import { join } from 'node:path'
import { z } from 'zod'
import type { AdversaryDefinition } from '../../adversaries/contract.ts'
import type { GridSpec } from '../../adversaries/grid/contract.ts'
import {
  optionalAxes,
  type SearchOptions,
  searchOptions,
} from '../../adversaries/searched/options.ts'
import type { Signal } from '../../adversaries/searched/signal.ts'
import { signalOf } from '../../adversaries/searched/signals.ts'
import { AgonError } from '../../core/errors.ts'
import { slotId } from '../../core/ids.ts'
import { loadExport } from '../../core/module.ts'
import type { Environment, EnvironmentRef } from '../../envs/contract.ts'
import { loadEnvironment } from '../../envs/load-environment.ts'
import type { PolicySource } from '../../inference/policy-source.ts'
import type { StudentContext } from '../../learners/contract.ts'
import { type FrozenOptions, frozenOptions } from '../../learners/frozen/options.ts'
import { createFrozenStudent } from '../../learners/frozen/student.ts'
import { loadConfig } from '../../run/config/index.ts'
import type { RunConfig } from '../../run/contract.ts'
import { loadPolicies } from '../../run/named-policies.ts'
import { partsOf } from '../../run/stages/stage-files.ts'
import { checkSeatable } from '../../seats/view-of.ts'
import { stepLimit } from '../step-limit.ts'

/** A run's search, ready to have levels attempted as it had them. */
export interface OpenSearch {
  readonly options: SearchOptions
  readonly spec: GridSpec
  readonly signal: Signal
  readonly ref: EnvironmentRef
  readonly environment: Environment<unknown>
  readonly frozen: FrozenOptions
  readonly context: StudentContext
}

/** Of whatever attempts and judges levels: kinds have options of their own beside these. */
const attemptsSchema = z.object({ ...searchOptions, axes: optionalAxes })

/** The name of a policy that is put in place of a student that learned. */
const RETESTED = 'retested'

/**
 * @param instead of the policy that the run tested; absent: that one
 * @throws AgonError `stress/no-history`, `stress/not-frozen`, `policy/*`, `config/*`, `module/*`
 */
export async function openSearch(
  dir: string,
  stage: string | undefined,
  workers: number,
  instead?: PolicySource,
): Promise<OpenSearch> {
  const config = partOf(await loadConfig(join(dir, 'config.yaml')), stage)
  const { module, options: given } = config.env
  const ref: EnvironmentRef = { module, options: given }
  const environment = await loadEnvironment(ref)
  const { spec: setting, returnRange } = environment
  const definition = await loadExport<AdversaryDefinition<unknown>>(
    config.adversary.module,
    'adversary',
  )
  const spec = definition.grid?.(config.adversary.options) ?? null
  const searched = attemptsSchema.safeParse(config.adversary.options)
  if (spec === null || !searched.success)
    throw new AgonError('stress/no-grid', `'${definition.id}' keeps no grid of levels`, {
      place: dir,
      remedy:
        'give the directory of a run of map-elites, madrid, cma-me, targeted, random or levels',
    })
  const options = searched.data
  const [[slot, student]] = Object.entries(config.students)
  const frozen =
    student.id === 'frozen'
      ? frozenOptions.parse(student.options)
      : frozenOptions.parse({
          policy: RETESTED,
          rollout: { steps: stepLimit(environment) ?? undefined },
        })
  if (instead === undefined && student.id !== 'frozen') throw notFrozen(dir)
  const loaded = (await loadPolicies(config, environment, new Set())) ?? {}
  if (Object.values(loaded).some(({ kind }) => kind === 'slot')) throw notFrozen(dir)
  if (instead !== undefined) checkSeatable(instead.card, environment)
  const range = returnRange === undefined ? {} : { returnRange }
  return {
    ...{ options, spec, ref, environment, frozen },
    signal: signalOf(options, { discount: frozen.discount, ...range }),
    context: {
      ...{ slot: slotId(slot), seed: config.seed, environment: ref, spec: setting, workers },
      policies: {
        ...loaded,
        ...(instead === undefined ? {} : { [frozen.policy]: { kind: 'source', source: instead } }),
      },
      training: {},
    },
  }
}

export const openStudent = ({ frozen, context }: OpenSearch) => createFrozenStudent(frozen, context)

function partOf(config: RunConfig, stage: string | undefined): RunConfig {
  const names = config.stages?.map(({ name }) => name)
  if (names === undefined && stage === undefined) return config
  const index = names?.indexOf(stage ?? '') ?? -1
  if (index >= 0) return partsOf(config)[index]
  const told =
    stage === undefined ? 'the run has several stages' : `the run has no stage '${stage}'`
  throw new AgonError('usage/value', told, {
    place: 'agon stress',
    remedy:
      names === undefined
        ? 'leave --stage out'
        : `name one of them by --stage: ${names.join(', ')}`,
  })
}

const notFrozen = (dir: string): AgonError =>
  new AgonError('stress/not-frozen', 'a policy of this run has learned since', {
    place: dir,
    remedy:
      'attempts of policies that stay as they are can be played again; `agon stress retest` plays the levels with any policy',
  })
