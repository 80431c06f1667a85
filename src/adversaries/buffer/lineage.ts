import { AgonError } from '../../core/errors.ts'

/** A level and where it came from. Generated levels have no parents and generation 0. */
export interface Ancestor {
  readonly serial: number
  readonly parents: readonly number[]
  readonly operator: string
  /** Edits between this level and its generated ancestor. */
  readonly generation: number
  /** Canonical bytes. */
  readonly level: Uint8Array
}

interface LineageNode extends Ancestor {
  /** Children in the lineage, plus one if the buffer holds the level, plus one per pending task that needs it. */
  holds: number
}

/**
 * Every stored level with all its ancestors, also those that have left the buffer; nothing else. Reference counts
 * keep it so: a node goes as soon as no stored level descends from it.
 */
export type Lineage = Map<number, LineageNode>

/** Adds a node that nobody holds yet; its parents must be there. Adding it again changes nothing. */
export function remember(lineage: Lineage, ancestor: Ancestor): void {
  if (lineage.has(ancestor.serial)) return
  const { serial, parents, operator, generation, level } = ancestor
  for (const parent of parents) hold(lineage, parent)
  lineage.set(serial, { serial, parents, operator, generation, level, holds: 0 })
}

export function hold(lineage: Lineage, serial: number): void {
  nodeOf(lineage, serial).holds++
}

/** Lets go of a level; it and every ancestor that only it kept are forgotten. */
export function release(lineage: Lineage, serial: number): void {
  const open = [serial]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const node = nodeOf(lineage, next)
    node.holds--
    if (node.holds > 0) continue
    lineage.delete(next)
    open.push(...node.parents)
  }
}

/** @throws AgonError `adversary/lineage` for a level that no stored level descends from */
export function ancestorOf(lineage: Lineage, serial: number): Ancestor {
  return nodeOf(lineage, serial)
}

/** The level itself, then its first parent, and so on back to the generated ancestor. */
export function ancestry(lineage: Lineage, serial: number): readonly Ancestor[] {
  const line: Ancestor[] = []
  for (let at: number | undefined = serial; at !== undefined; at = line[line.length - 1].parents[0])
    line.push(nodeOf(lineage, at))
  return line
}

function nodeOf(lineage: Lineage, serial: number): LineageNode {
  const node = lineage.get(serial)
  if (node === undefined)
    throw new AgonError('adversary/lineage', `no level L${serial} is remembered`, {
      remedy: 'report this: a level was forgotten while something still needed it',
      fields: { serial },
    })
  return node
}
