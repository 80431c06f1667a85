import { AgonError } from '../../core/errors.ts'
import type { Json } from '../../core/snapshot.ts'
import { type DType, type NamedTensors, tensor } from '../../core/tensor.ts'
import type { LevelSpace } from '../../envs/contract.ts'
import { createLevelBuffer, type LevelBuffer, occupy } from './level-buffer.ts'
import { type Ancestor, type Lineage, remember } from './lineage.ts'
import type { BufferRules } from './rules.ts'
import { restoreVisits, visitTensors } from './visits-snapshot.ts'

/**
 * A buffer as named tensors (all under one prefix) and a list of operator names. Scores and best returns may be −∞,
 * which JSON cannot hold. Levels are the bytes of the lineage, one after another, with `[nodes + 1]` offsets.
 */
export interface BufferSnapshot {
  readonly state: Json
  readonly tensors: NamedTensors
}

export function snapshotBuffer(buffer: LevelBuffer, prefix: string): BufferSnapshot {
  const { size } = buffer
  const nodes = [...buffer.lineage.values()].sort((a, b) => a.serial - b.serial)
  const operators = [...new Set(nodes.map(({ operator }) => operator))].sort()
  const column = (values: readonly number[]) =>
    tensor('int32', [values.length], Int32Array.from(values))
  const tensors = {
    scores: tensor('float64', [size], buffer.scores.slice(0, size)),
    max_returns: tensor('float64', [size], buffer.maxReturns.slice(0, size)),
    ages: tensor('int32', [size], buffer.ages.slice(0, size)),
    serials: tensor('int32', [size], buffer.serials.slice(0, size)),
    node_serials: column(nodes.map(({ serial }) => serial)),
    node_generations: column(nodes.map(({ generation }) => generation)),
    node_operators: column(nodes.map(({ operator }) => operators.indexOf(operator))),
    parent_offsets: column(offsetsOf(nodes.map(({ parents }) => parents.length))),
    parents: column(nodes.flatMap(({ parents }) => parents)),
    level_offsets: column(offsetsOf(nodes.map(({ level }) => level.length))),
    levels: joined(nodes),
    ...visitTensors(buffer),
  }
  return {
    state: { capacity: buffer.rules.capacity, operators },
    tensors: Object.fromEntries(
      Object.entries(tensors).map(([name, value]) => [`${prefix}/${name}`, value]),
    ),
  }
}

/** @throws AgonError `snapshot/corrupt` where the parts do not fit together */
export function restoreBuffer<L>(
  { state, tensors }: BufferSnapshot,
  prefix: string,
  rules: BufferRules,
  space: LevelSpace<L>,
): LevelBuffer {
  const { capacity, operators } = (state ?? {}) as { capacity?: number; operators?: string[] }
  if (capacity !== rules.capacity)
    throw new AgonError(
      'snapshot/foreign',
      `the snapshot is of a buffer for ${capacity} levels, this one holds ${rules.capacity}`,
      { place: 'adversary.capacity', remedy: 'go on with the capacity that the run began with' },
    )
  const column = (name: string) => readColumn(tensors, `${prefix}/${name}`, 'int32')
  const numbers = (name: string) => readColumn(tensors, `${prefix}/${name}`, 'float64')
  const buffer = createLevelBuffer(rules)
  const ancestors = readAncestors(prefix, tensors, column, operators ?? [])
  const serials = column('serials')
  const scores = numbers('scores')
  const maxReturns = numbers('max_returns')
  const ages = column('ages')
  const { length } = serials
  const even = [scores, maxReturns, ages].every((values) => values.length === length)
  if (!even || length > rules.capacity) throw corrupt(prefix, 'its columns differ in length')
  for (const ancestor of ancestors.values())
    rememberWithParents(buffer.lineage, ancestors, ancestor)
  for (let entry = 0; entry < length; entry++) {
    const ancestor = ancestors.get(serials[entry])
    if (ancestor === undefined) throw corrupt(prefix, `it has no level L${serials[entry]}`)
    if (buffer.entryOfSerial.has(ancestor.serial))
      throw corrupt(prefix, `it holds level L${ancestor.serial} twice`)
    const placed = { ...ancestor, key: keyOf(space, ancestor, prefix) }
    occupy(buffer, entry, placed, scores[entry], maxReturns[entry])
    buffer.ages[entry] = ages[entry]
  }
  if (!restoreVisits(buffer, column, numbers)) throw corrupt(prefix, 'its visits are not whole')
  if ([...buffer.lineage.values()].some(({ holds }) => holds === 0))
    throw corrupt(prefix, 'it remembers a level that no stored one descends from')
  return buffer
}

type Column = (name: string) => ArrayLike<number>

function readAncestors(
  prefix: string,
  tensors: NamedTensors,
  column: Column,
  operators: readonly string[],
): ReadonlyMap<number, Ancestor> {
  const bytes = readColumn(tensors, `${prefix}/levels`, 'uint8') as Uint8Array
  const serials = column('node_serials')
  const generations = column('node_generations')
  const operatorOf = column('node_operators')
  const parents = Array.from(column('parents'))
  const parentOffsets = column('parent_offsets')
  const levelOffsets = column('level_offsets')
  const count = serials.length
  checkOffsets(prefix, 'parent_offsets', parentOffsets, count, parents.length)
  checkOffsets(prefix, 'level_offsets', levelOffsets, count, bytes.length)
  const ancestors = new Map<number, Ancestor>()
  for (let i = 0; i < count; i++) {
    const operator = operators[operatorOf[i]]
    if (operator === undefined || generations[i] === undefined || ancestors.has(serials[i]))
      throw corrupt(prefix, `node ${i} of its lineage is not whole`)
    ancestors.set(serials[i], {
      serial: serials[i],
      generation: generations[i],
      operator,
      parents: parents.slice(parentOffsets[i], parentOffsets[i + 1]),
      level: bytes.slice(levelOffsets[i], levelOffsets[i + 1]),
    })
    // Levels are numbered as they are made, and nodes stand in that order: parents come first.
    if (ancestors.get(serials[i])?.parents.some((parent) => !ancestors.has(parent)))
      throw corrupt(prefix, `a parent of level L${serials[i]} is missing`)
  }
  return ancestors
}

function rememberWithParents(
  lineage: Lineage,
  ancestors: ReadonlyMap<number, Ancestor>,
  ancestor: Ancestor,
): void {
  for (const parent of ancestor.parents) {
    const known = ancestors.get(parent)
    if (known !== undefined) remember(lineage, known)
  }
  remember(lineage, ancestor)
}

function keyOf<L>(space: LevelSpace<L>, { serial, level }: Ancestor, prefix: string): string {
  try {
    return space.key(space.decode(level))
  } catch (cause) {
    throw corrupt(prefix, `level L${serial} cannot be decoded`, cause)
  }
}

function checkOffsets(
  prefix: string,
  name: string,
  offsets: ArrayLike<number>,
  count: number,
  end: number,
): void {
  let sound = offsets.length === count + 1 && offsets[0] === 0 && offsets[count] === end
  for (let i = 0; i < count && sound; i++) sound = offsets[i] <= offsets[i + 1]
  if (!sound) throw corrupt(prefix, `'${name}' does not fit its ${count} levels`)
}

function readColumn(
  tensors: NamedTensors,
  name: string,
  dtype: DType,
): Int32Array | Float64Array | Uint8Array {
  const found = tensors[name]
  if (found === undefined) throw corrupt(name, 'it is missing')
  if (found.dtype !== dtype || found.shape.length !== 1)
    throw corrupt(name, `it is ${found.dtype} [${found.shape}], not a list of ${dtype}`)
  return found.data as Int32Array | Float64Array | Uint8Array
}

function corrupt(place: string, message: string, cause?: unknown): AgonError {
  return new AgonError('snapshot/corrupt', `the level buffer's snapshot is damaged: ${message}`, {
    place,
    remedy: 'go back to the cut before it',
    cause,
  })
}

function offsetsOf(lengths: readonly number[]): number[] {
  const offsets = [0]
  for (const length of lengths) offsets.push(offsets[offsets.length - 1] + length)
  return offsets
}

function joined(nodes: readonly Ancestor[]) {
  const total = nodes.reduce((sum, { level }) => sum + level.length, 0)
  const bytes = new Uint8Array(total)
  let at = 0
  for (const { level } of nodes) {
    bytes.set(level, at)
    at += level.length
  }
  return tensor('uint8', [total], bytes)
}
