import type { ProposeRequest } from '../contract.ts'
import { cellOf } from '../grid/axes.ts'
import { flatCell } from '../grid/elite-grid.ts'
import type { Candidate, Parent, RainbowRecord } from './contract.ts'
import { drawTargets } from './sampling.ts'
import type { RainbowSearch } from './search.ts'

const NOTHING: Parent = { text: '', id: null, seed: null, cell: -1, descriptor: {} }

/** A round of candidates: parents and targets, all drawn from the archive as it is, each from streams of its own. */
export function drawCandidates<L>(
  search: RainbowSearch<L>,
  record: RainbowRecord,
  count: number,
  random: ProposeRequest['random'],
): Candidate[] {
  const { options } = search
  const first = record.candidates
  const parents = Array.from({ length: count }, (_, i) =>
    parentOf(search, record, first + i, random),
  )
  const targets = targetsOf(search, record, parents, random)
  record.candidates += count
  return parents.map((parent, i): Candidate => {
    const target = options.variation === 'same-cell' && parent.cell >= 0 ? parent.cell : targets[i]
    return {
      serial: record.nextSerial++,
      ...{ parent, target, stages: [], tries: 0, similarity: null },
      ...{ level: new Uint8Array(), descriptor: {}, cell: null, slot: null, task: null },
      seed: random('target', first + i).uint32(),
      ...{ response: '', reference: null, fitness: null, oracle: null },
      ...{ votes: [], retried: false, waiting: 0, verdict: null, replaced: null },
    }
  })
}

/** A seed while there are unused ones, then any elite, each as likely as the others. */
function parentOf<L>(
  search: RainbowSearch<L>,
  record: RainbowRecord,
  index: number,
  random: ProposeRequest['random'],
): Parent {
  const { options, prompts, spec } = search
  const { grid } = record
  const { seeds } = prompts
  if (options.variation === 'from-scratch') return NOTHING
  const elites = grid.filled.length
  const scratch = options.seeds === 0 || seeds.length === 0
  if (scratch && (index < grid.objectives.length || elites === 0)) return NOTHING
  if (!scratch && (index < Math.min(options.seeds, seeds.length) || elites === 0)) {
    const { id, level } = seeds[index % seeds.length]
    const descriptor = prompts.kind(level)
    const cell = cellOf(spec.axes, descriptor)
    const at = cell === null ? -1 : flatCell(grid, cell)
    return { text: prompts.text(level), id: null, seed: id, cell: at, descriptor }
  }
  const cell = grid.filled[random('parent', index).integer(elites)]
  return withText(search, record, { ...NOTHING, cell })
}

/** Of an elite: its text and id. */
function withText<L>(
  { context, prompts }: RainbowSearch<L>,
  { grid }: RainbowRecord,
  parent: Parent,
): Parent {
  const elite = grid.elites[parent.cell]!
  const level = context.levels.decode(elite.level)
  return { ...parent, id: elite.id, text: prompts.text(level), descriptor: prompts.kind(level) }
}

/** Where nothing is there to begin with, every cell in turn; else by low fitness. */
function targetsOf<L>(
  { options }: RainbowSearch<L>,
  { grid, candidates }: RainbowRecord,
  parents: readonly Parent[],
  random: ProposeRequest['random'],
): number[] {
  const cells = grid.objectives.length
  const initial = options.variation !== 'from-scratch'
  const drawn = drawTargets({
    fitness: grid.objectives,
    temperature: options.temperature,
    parents: parents.map(({ cell }) => cell),
    random: (i) => random('descriptor', candidates + i),
  })
  return drawn.map((cell, i) =>
    initial && parents[i] === NOTHING && candidates + i < cells ? candidates + i : cell,
  )
}
