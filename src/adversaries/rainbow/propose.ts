import { AgonError } from '../../core/errors.ts'
import { type LevelId, levelId, type SlotId, taskId } from '../../core/ids.ts'
import { generationOf } from '../../inference/language/labels.ts'
import type { Task, TaskBatch } from '../../learners/contract.ts'
import type { Answer } from '../../services/contract.ts'
import type { ProposeRequest, ReplyContext, Request, Step } from '../contract.ts'
import { cellOf, indexOn } from '../grid/axes.ts'
import type { Axis } from '../grid/contract.ts'
import { indicesOf } from '../grid/elite-grid.ts'
import { bleu } from './bleu.ts'
import type { Candidate, Pending, RainbowRecord } from './contract.ts'
import { drawCandidates } from './draw-candidates.ts'
import { binEnds, rewritingQuestion } from './questions.ts'
import type { RainbowSearch } from './search.ts'

type Random = ProposeRequest['random']

/** Rounds of candidates that may all be dropped, before it is said that none comes through. */
const ROUNDS = 10

/** Draws candidates and has them rewritten; the batches follow once the last answer is there. */
export function proposeRewritings<L>(
  search: RainbowSearch<L>,
  record: RainbowRecord,
  { cycle, counts, random }: ProposeRequest,
): Step<RainbowRecord> {
  record.pending = { cycle, counts, rounds: 0, candidates: [], open: new Map() }
  return round(search, record, record.pending, random)
}

function round<L>(
  search: RainbowSearch<L>,
  record: RainbowRecord,
  pending: Pending,
  random: Random,
): Step<RainbowRecord> {
  const total = Object.values(pending.counts).reduce((sum, count) => sum + count, 0)
  pending.rounds += 1
  const first = pending.candidates.length
  pending.candidates.push(...drawCandidates(search, record, total, random))
  const requests = pending.candidates
    .slice(first)
    .map((_, i) => rewriting(search, record, pending, first + i, random))
  return { record, requests }
}

/** The rewriting that is next for a candidate: of its latest text, for its axis. */
function rewriting<L>(
  { options, prompts, spec, wording }: RainbowSearch<L>,
  { grid }: RainbowRecord,
  pending: Pending,
  index: number,
  random: Random,
): Request {
  const candidate = pending.candidates[index]
  const { serial, stages, tries, parent, target } = candidate
  const stage = tries > 0 ? stages.length - 1 : stages.length
  const text = stages.at(-1) ?? parent.text
  const axis = spec.axes[stage]
  const key = `mutate/${serial}/${stage}/${tries}`
  pending.open.set(key, index)
  const payload = rewritingQuestion(wording(), options.mutatorSampling, {
    ...{ text, axis, index: indicesOf(grid, target)[stage] },
    described: prompts.axes.find(({ name }) => name === axis.name),
    measured: axis.kind === 'number' ? prompts.measure(axis.name, text) : undefined,
    seed: random('mutator', serial, stage, tries).uint32(),
    sample: tries,
  })
  return { service: options.mutator, key, payload }
}

/**
 * A rewritten text: asked for again where it misses its bin, rewritten for the next axis, or done.
 * @throws AgonError `adversary/filtered`
 */
export function hearRewriting<L>(
  search: RainbowSearch<L>,
  record: RainbowRecord,
  key: string,
  answer: Answer,
  { random }: ReplyContext,
): Step<RainbowRecord> {
  const pending = record.pending!
  const index = pending.open.get(key)!
  pending.open.delete(key)
  const candidate = pending.candidates[index]
  if (takeText(search, record, candidate, generationOf(answer.payload)?.text.trim() ?? ''))
    return { record, requests: [rewriting(search, record, pending, index, random)] }
  if (pending.open.size > 0) return { record }
  const through = pending.candidates.filter(({ verdict }) => verdict === null)
  const slots = Object.keys(pending.counts).sort() as SlotId[]
  if (through.length >= slots.length)
    return { record, batches: batchesOf(record, pending, through, slots) }
  if (pending.rounds < ROUNDS) return round(search, record, pending, random)
  throw nothingThrough(search, pending)
}

/** @returns whether there is more to be rewritten */
function takeText<L>(
  search: RainbowSearch<L>,
  { grid }: RainbowRecord,
  candidate: Candidate,
  text: string,
): boolean {
  const { options, prompts, spec } = search
  const { stages, target } = candidate
  if (text === '') {
    finish(search, candidate, 'unusable')
    return false
  }
  if (candidate.tries > 0) stages[stages.length - 1] = text
  else stages.push(text)
  const axis = spec.axes[stages.length - 1]
  const wanted = indicesOf(grid, target)[stages.length - 1]
  const measured = axis.kind === 'number' ? prompts.measure(axis.name, text) : undefined
  const missed = measured !== undefined && indexOn(axis, measured) !== wanted
  if (options.descriptor === 'measured' && missed && candidate.tries < options.stageRetries) {
    candidate.tries += 1
    return true
  }
  candidate.tries = 0
  if (stages.length < spec.axes.length) return true
  finish(search, candidate, null)
  return false
}

/** The level of a candidate, where it lies, and whether it goes on. */
function finish<L>(
  search: RainbowSearch<L>,
  candidate: Candidate,
  verdict: 'unusable' | null,
): void {
  const { context, options, prompts, spec } = search
  const { stages, parent, target } = candidate
  candidate.verdict = verdict
  const text = stages.at(-1) ?? parent.text
  candidate.descriptor = descriptorOf(search, text, target)
  candidate.cell = cellOf(spec.axes, candidate.descriptor)
  try {
    const level = prompts.make(text, candidate.descriptor, stages)
    candidate.level = context.levels.encode(level)
  } catch (error) {
    if (!(error instanceof AgonError) || error.code !== 'level/invalid') throw error
    candidate.verdict = 'unusable'
    return
  }
  if (candidate.verdict !== null || parent.text === '') return
  candidate.similarity = bleu(parent.text, text, options.filter)
  if (candidate.similarity >= options.filter.below) candidate.verdict = 'filtered'
}

/** What was prescribed; of numbers what is found in the text, where that is asked for and can be told. */
function descriptorOf<L>(
  { options, prompts, spec }: RainbowSearch<L>,
  text: string,
  target: number,
): Readonly<Record<string, number | string>> {
  const indices = indicesOf({ shape: spec.axes.map(sizeOf) }, target)
  return Object.fromEntries(
    spec.axes.map((axis, i) => {
      if (axis.kind === 'category') return [axis.name, axis.values[indices[i]]]
      const [low, high] = binEnds(axis, indices[i])
      const found = options.descriptor === 'measured' ? prompts.measure(axis.name, text) : undefined
      return [axis.name, found ?? (low + high) / 2]
    }),
  )
}

const sizeOf = (axis: Axis): number => (axis.kind === 'number' ? axis.bins : axis.values.length)

/** Deals out what came through, in turn. */
function batchesOf(
  record: RainbowRecord,
  { cycle }: Pending,
  through: readonly Candidate[],
  slots: readonly SlotId[],
): TaskBatch[] {
  const tasks = new Map<SlotId, Task[]>(slots.map((slot) => [slot, []]))
  through.forEach((candidate, i) => {
    const slot = slots[i % slots.length]
    const own = tasks.get(slot)!
    candidate.slot = slot
    candidate.task = taskId(cycle, slot, own.length)
    const { id } = candidate.parent
    const parents = id === null ? [] : [id]
    const generation = generationOver(record, parents)
    own.push({
      ...{ id: candidate.task, level: candidate.level, seed: candidate.seed },
      ...{ train: false, repeat: 0 },
      lineage: {
        level: levelId(candidate.serial),
        parents,
        operator: operatorOf(candidate),
        generation,
      },
    })
  })
  return slots.map((slot) => ({
    ...{ cycle, slot, tasks: tasks.get(slot)!, autoReset: 'none', probes: [] },
  }))
}

export const generationOver = (
  { generations }: RainbowRecord,
  parents: readonly LevelId[],
): number =>
  parents.length === 0 ? 0 : 1 + Math.max(...parents.map((id) => generations.get(id) ?? 0))

export const operatorOf = ({ parent }: Candidate): string =>
  parent.text === '' ? 'generate' : 'rewrite'

function nothingThrough<L>(
  { options }: RainbowSearch<L>,
  { candidates, cycle }: Pending,
): AgonError {
  const filtered = candidates.filter(({ verdict }) => verdict === 'filtered').length
  return new AgonError(
    'adversary/filtered',
    `of ${candidates.length} candidates of cycle ${cycle} ${filtered} are too like their parents (BLEU of ${options.filter.below} or more) and the others are no text: nothing is left to attempt`,
    {
      place: `service '${options.mutator}'`,
      remedy:
        'look at what the mutator writes: one that gives back what it is given cannot search; or raise adversary.filter.below',
      fields: { candidates: candidates.length, filtered },
    },
  )
}
