import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { ActionSpec } from '../../core/action-space.ts'
import { AgonError, fromErrorRecord, toErrorRecord } from '../../core/errors.ts'
import { naming } from '../../core/system-errors.ts'
import type { EnvironmentSpec } from '../../envs/contract.ts'
import { parseCard } from '../../inference/card.ts'
import { cardOfSetting } from '../../inference/card-of-setting.ts'
import type { PolicyCard, PolicyFile } from '../../inference/contract.ts'
import { readModel } from '../../inference/onnx/read-model.ts'
import { openPolicy } from '../../inference/policy.ts'
import { isPolicyAddress } from '../../inference/policy-address.ts'
import { readPolicyFile, writePolicyFile } from '../../inference/policy-file.ts'
import type { ForeignReading } from './contract.ts'
import type { WrittenPolicy } from './references.ts'

/** A policy as a run can take it. */
export interface StressPolicy {
  readonly written: WrittenPolicy
  /** Null where whoever serves it has not been asked. */
  readonly card: PolicyCard | null
  /** Removes what was written for it, once the run has its own copy. */
  close(): Promise<void>
}

/** `image=obs,logits=q` @throws AgonError `usage/value` */
export function parseNames(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    text.split(',').map((pair) => {
      const at = pair.indexOf('=')
      const [name, own] = [pair.slice(0, at).trim(), pair.slice(at + 1).trim()]
      if (at > 0 && name !== '' && own !== '') return [name, own]
      throw new AgonError('usage/value', `--map takes name=graph-name pairs, not '${pair}'`, {
        place: 'agon stress',
        remedy: 'write --map image=obs,direction=dir,logits=output',
      })
    }),
  )
}

/**
 * @param given a policy.onnx or a `kserve://` address
 * @param spec of the environment, asked for where no card says what the graph takes
 * @throws AgonError `policy/*`, `onnx/*`, `usage/option`
 */
export async function stressPolicy(
  given: string,
  { card, names }: ForeignReading,
  spec: () => Promise<EnvironmentSpec>,
): Promise<StressPolicy> {
  const foreign = card !== undefined || names !== undefined
  if (isPolicyAddress(given)) {
    if (!foreign) return { written: { kserve: given }, card: null, close: async () => {} }
    throw new AgonError('usage/option', '--card and --map are for files', {
      place: 'agon stress',
      remedy: 'the run asks the server of a kserve:// policy for its card',
    })
  }
  if (!foreign) {
    const file = await readPolicyFile(given)
    await checkOpens(file, given)
    const { card } = file
    return { written: { file: resolve(given) }, card, close: async () => {} }
  }
  const onnx = await readModel(given)
  const base = card === undefined ? cardOfSpec(await spec()) : await readCard(card)
  const whole = names === undefined ? base : { ...base, names: { ...base.names, ...names } }
  await checkOpens({ onnx, card: whole }, given)
  const folder = await mkdtemp(join(tmpdir(), 'agon-stress-'))
  const close = (): Promise<void> => rm(folder, { recursive: true, force: true })
  try {
    const file = join(folder, 'policy.onnx')
    await writePolicyFile(file, { onnx, card: whole })
    return { written: { file }, card: whole, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Before a run has a directory: what is wrong with a graph is told of its file. */
async function checkOpens(file: PolicyFile, path: string): Promise<void> {
  try {
    const policy = await openPolicy(file)
    await policy.release()
  } catch (error) {
    throw fromErrorRecord({ ...toErrorRecord(error), place: path }, error)
  }
}

/** Of a graph without memory that gives logits, or chooses by itself. */
const cardOfSpec = (spec: EnvironmentSpec): PolicyCard => ({
  ...cardOfSetting({ ...spec, actions: unnamed(spec.actions) }),
  ...{ state: {}, decode: 'sample', normalisation: {}, training: {} },
})

/** Names of actions are the environment's business. */
function unnamed({ names: _, ...actions }: ActionSpec): ActionSpec {
  return actions as ActionSpec
}

async function readCard(path: string): Promise<PolicyCard> {
  const text = await readFile(path, 'utf8').catch((cause) => {
    throw naming(path, cause)
  })
  return parseCard(text, path)
}
