import type { WEAKNESSES } from 'agon/play'
import type { EmitterRow } from './emitter-rows.ts'
import { type Archive, CELLS, REFERENCES } from './grids.ts'
import { meanOf, type RandomRow } from './random-levels.ts'
import { METHODS, type Method } from './searches.ts'
import type { ShiftedRow } from './shifted-levels.ts'

export interface Figures {
  readonly random: readonly RandomRow[] | undefined
  /** By method, a search for each seed. */
  readonly archives: Readonly<Record<Method, readonly Archive[]>>
  readonly best: BestLevels | undefined
  /** The best levels with all places moved a little. */
  readonly shifted: ShiftedLevels | undefined
  /** Of MADRID's own candidates. */
  readonly emitters: readonly EmitterRow[]
  readonly unfinished: readonly string[]
}

export interface ShiftedLevels {
  readonly levels: number
  /** Games of cross-play of each at each shift, and of self-play. */
  readonly repeats: number
  readonly rows: readonly ShiftedRow[]
}

/** The best levels played again with fresh seeds. */
export interface BestLevels {
  readonly levels: number
  readonly repeats: number
  /** What the archives say of them. */
  readonly archived: number
  /** Fresh: mean over levels, its standard error over levels, and how many are above 0 by two standard errors of their own. */
  readonly fresh: { readonly value: number; readonly error: number }
  readonly surely: number
  /** Of the fresh games of cross-play. */
  readonly referenceScores: number
  readonly targetScores: number
  /** Games of cross-play in which the target showed it, by class. */
  readonly weaknesses: Readonly<Record<string, number>>
  readonly games: number
}

const pm = ({ value, error }: { readonly value: number; readonly error: number }): string =>
  `${value.toFixed(3)} ± ${error.toFixed(3)}`

/** The tables, as Markdown; errors are standard errors over seeds, or over games. */
export function tables(
  { random, archives, best, shifted, emitters, unfinished }: Figures,
  known: typeof WEAKNESSES,
): string {
  const parts = [searchTable(archives), referenceTable(archives)]
  if (emitters.length > 0) parts.push(emitterTable(emitters))
  if (shifted !== undefined) parts.push(shiftedText(shifted))
  if (random !== undefined) parts.push(randomTable(random))
  if (best !== undefined) parts.push(bestText(best, known))
  if (unfinished.length > 0)
    parts.push(`Unfinished, told of as far as they got: ${unfinished.join(', ')}.`)
  return `${parts.join('\n\n')}\n`
}

/** Of random search it is the mean of all its levels that counts. */
const regretOf = (method: Method, { mean, attempted }: Archive): number =>
  method === 'random' ? attempted : mean

function searchTable(archives: Figures['archives']): string {
  const rows = METHODS.filter((method) => archives[method].length > 0).map((method) => {
    const of = archives[method]
    const seeds = meanOf(of.map((archive) => regretOf(method, archive)))
    const cells = meanOf(
      of.map(({ references }) =>
        Object.values(references).reduce((sum, { cells }) => sum + cells, 0),
      ),
    )
    const all = meanOf(of.map(({ attempted }) => attempted))
    const evaluations = Math.min(...of.map((archive) => archive.evaluations))
    return `| ${method} | ${of.length} | ${evaluations} | **${pm(seeds)}** | ${pm(all)} | ${cells.value.toFixed(0)} of ${CELLS * REFERENCES.length} |`
  })
  return `| search | seeds | evaluations | mean regret | of all that was attempted | cells |
|---|---|---|---|---|---|
${rows.join('\n')}`
}

function referenceTable(archives: Figures['archives']): string {
  const rows = (['madrid', 'targeted'] as const).flatMap((method) =>
    archives[method].length === 0
      ? []
      : [
          `| ${method} | ${REFERENCES.map((name) => {
            const of = archives[method].map(({ references }) => references[name])
            return `${pm(meanOf(of.map(({ mean }) => mean)))} (${of.map(({ cells }) => cells).join(', ')})`
          }).join(' | ')} |`,
        ],
  )
  return `Mean regret of the archive by reference, and cells of ${CELLS} that each seed filled:

| search | ${REFERENCES.join(' | ')} |
|---|---|---|---|
${rows.join('\n')}`
}

const emitterTable = (rows: readonly EmitterRow[]): string =>
  `What became of MADRID's candidates, by where they came from:

| from | attempts | into an empty cell | better than the elite | kept out | mean regret |
|---|---|---|---|---|---|
${rows
  .map(
    ({ emitter, attempts, fresh, better, kept, value }) =>
      `| ${emitter} | ${attempts} | ${percent(fresh)} | ${percent(better)} | ${percent(kept)} | ${value.toFixed(3)} |`,
  )
  .join('\n')}`

const shiftedText = ({ levels, repeats, rows }: ShiftedLevels): string =>
  `The ${levels} best levels of MADRID with noise on every place, ${repeats} fresh games of cross-play and of self-play each:

| deviation, field units | mean regret |
|---|---|
${rows.map((row) => `| ${row.shift} | ${pm(row)} |`).join('\n')}`

const percent = (share: number): string => `${(100 * share).toFixed(0)} %`

const randomTable = (rows: readonly RandomRow[]): string =>
  `The recorded random levels, played here and in the original engine (value to the left team; the right team is TiZero):

| left team | games | left scores | TiZero scores | value | in the original engine | difference |
|---|---|---|---|---|---|---|
${rows
  .map(
    (row) =>
      `| ${row.name} | ${row.plays} | ${row.leftScores.toFixed(3)} | ${row.rightScores.toFixed(3)} | ${pm(row)} | ${pm(row.recorded)} of ${row.recorded.plays} | ${pm(differenceOf(row))} |`,
  )
  .join('\n')}

Hence the mean regret of random levels, less that of self-play, and how far the simulator's games can move it:

| reference | here | in the original engine | difference |
|---|---|---|---|
${rows
  .slice(1)
  .map((row) => regretRow(row, rows[0]))
  .join('\n')}`

/** @param own self-play */
function regretRow(row: RandomRow, own: RandomRow): string {
  const here = { value: row.value - own.value, error: Math.hypot(row.error, own.error) }
  const there = {
    value: row.recorded.value - own.recorded.value,
    error: Math.hypot(row.recorded.error, own.recorded.error),
  }
  const difference = { value: here.value - there.value, error: Math.hypot(here.error, there.error) }
  return `| ${row.name} | ${pm(here)} | ${pm(there)} | ${pm(difference)} |`
}

const differenceOf = ({ value, error, recorded }: RandomRow) => ({
  value: value - recorded.value,
  error: Math.hypot(error, recorded.error),
})

function bestText(of: BestLevels, known: typeof WEAKNESSES): string {
  const seen = known.flatMap(({ id, sentence }) => {
    const games = of.weaknesses[id] ?? 0
    return games === 0 ? [] : [`| ${id} | ${sentence} | ${games} |`]
  })
  return `The ${of.levels} best levels of MADRID, ${of.repeats} fresh games of cross-play and of self-play each: the archives say ${of.archived.toFixed(2)}, fresh games
${pm(of.fresh)}; ${of.surely} of ${of.levels} are above 0 by two standard errors of their own. In cross-play the reference scores in ${(100 * of.referenceScores).toFixed(0)} %, TiZero
in ${(100 * of.targetScores).toFixed(0)} %.

What TiZero shows in ${of.games} of these games of cross-play:

| class | | games |
|---|---|---|
${seen.join('\n')}`
}
