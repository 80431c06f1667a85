import { AgonError } from '../../core/errors.ts'
import type { Json, Snapshot } from '../../core/snapshot.ts'
import type { NamedTensors } from '../../core/tensor.ts'
import { restoreBuffer, snapshotBuffer } from '../buffer/buffer-snapshot.ts'
import type { LevelBuffer } from '../buffer/level-buffer.ts'
import type { Curator, CuratorRecord } from './curator.ts'

const VERSION = 1

interface CuratorState {
  readonly nextSerial: number
  readonly toEdit: CuratorRecord['toEdit']
  readonly archives: Readonly<Record<string, Json>>
}

/**
 * The record at a cycle boundary.
 * @throws AgonError `snapshot/mid-cycle` between `propose` and `observe`
 */
export function snapshotRecord<L>(curator: Curator<L>, record: CuratorRecord): Snapshot {
  if (record.pending !== null)
    throw new AgonError('snapshot/mid-cycle', `cycle ${record.pending.cycle} is under way`, {
      remedy: 'cut at a cycle boundary, after observe',
    })
  const archives: Record<string, Json> = {}
  const tensors: Record<string, NamedTensors[string]> = {}
  for (const { name } of curator.groups) {
    const part = snapshotBuffer(record.archives[name], name)
    archives[name] = part.state
    Object.assign(tensors, part.tensors)
  }
  const state = { nextSerial: record.nextSerial, toEdit: record.toEdit, archives }
  return { kind: curator.kind, version: VERSION, state, tensors }
}

/** @throws AgonError `snapshot/foreign` (other kind, version, slots) or `snapshot/corrupt` */
export function restoreRecord<L>(curator: Curator<L>, snapshot: Snapshot): CuratorRecord {
  checkKind(snapshot, curator.kind, VERSION)
  const state = stateOf(snapshot)
  const names = curator.groups.map(({ name }) => name)
  if (names.toSorted().join() !== Object.keys(state.archives).sort().join())
    throw new AgonError(
      'snapshot/foreign',
      `the snapshot has buffers for ${Object.keys(state.archives).join(', ')}, this run for ${names.join(', ')}`,
      { remedy: 'go on with the students and shareLevels that the run began with' },
    )
  const { context, rules } = curator
  const restore = (name: string): LevelBuffer =>
    restoreBuffer(
      { state: state.archives[name], tensors: snapshot.tensors },
      name,
      rules,
      context.levels,
    )
  const archives = Object.fromEntries(names.map((name) => [name, restore(name)]))
  checkEdits(state.toEdit, archives)
  return { archives, nextSerial: state.nextSerial, pending: null, toEdit: state.toEdit }
}

/** @throws AgonError `snapshot/foreign` */
export function checkKind(snapshot: Snapshot, kind: string, version: number): void {
  if (snapshot.kind === kind && snapshot.version === version) return
  throw new AgonError(
    'snapshot/foreign',
    `the snapshot is of '${snapshot.kind}' version ${snapshot.version}, '${kind}' version ${version} is needed`,
    { remedy: 'resume with the adversary and the version of Agon that wrote it' },
  )
}

function stateOf({ state }: Snapshot): CuratorState {
  const found = state as Partial<CuratorState> | null
  const whole =
    typeof found === 'object' &&
    found !== null &&
    Number.isSafeInteger(found.nextSerial) &&
    found.toEdit !== undefined &&
    typeof found.archives === 'object' &&
    found.archives !== null
  if (!whole) throw damaged('its state is not whole')
  return found as CuratorState
}

function checkEdits(
  toEdit: CuratorRecord['toEdit'],
  archives: Readonly<Record<string, LevelBuffer>>,
): void {
  for (const [name, serials] of Object.entries(toEdit ?? {}))
    for (const serial of serials)
      if (!archives[name]?.lineage.has(serial)) throw damaged(`level L${serial} to edit is missing`)
}

function damaged(message: string): AgonError {
  return new AgonError('snapshot/corrupt', `the adversary's snapshot is damaged: ${message}`, {
    remedy: 'go back to the cut before it',
  })
}
