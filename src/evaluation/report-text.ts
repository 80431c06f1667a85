import type { Json } from '../core/snapshot.ts'
import { visible } from '../core/visible.ts'
import { describeChoice } from '../inference/device-choice.ts'
import type { EvaluationReport } from './contract.ts'

/** The per-level table as lines, for a terminal: fixed width, no colour. */
export function formatReport(report: EvaluationReport): readonly string[] {
  const { solvedRate, solvedInterval } = report
  // The returns stand in a column of their own.
  const measures = (report.measures ?? []).filter(({ name }) => name !== 'mean_return')
  const header = [
    'level',
    'episodes',
    ...(solvedRate === null ? [] : ['solved']),
    ...measures.map(({ name }) => name),
    'return',
    'length',
  ]
  const rows = report.levels.map((level) => [
    visible(level.name),
    String(level.episodes),
    ...(level.solvedRate === null ? [] : [level.solvedRate.toFixed(3)]),
    ...measures.map(({ name }) => level.measures?.[name]?.value.toFixed(3) ?? '–'),
    level.meanReturn.toFixed(3),
    level.meanLength.toFixed(1),
  ])
  const means = measures.map(({ value }) => value.toFixed(3))
  const total = [
    'mean',
    '',
    ...(solvedRate === null ? [] : [solvedRate.toFixed(3)]),
    ...means,
    report.meanReturn.toFixed(3),
    '',
  ]
  return [
    `${report.suite}: ${count(report.levels.length, 'level')}, ${count(report.episodes, 'episode')} each, seed ${report.seed}`,
    ...layOut([header, ...rows, total]),
    ...(solvedRate === null || solvedInterval === null
      ? []
      : [`solved rate ${solvedRate.toFixed(3)}, ${overLevels(solvedInterval)}`]),
    ...(report.measures ?? []).map(
      ({ name, value, interval, better }) =>
        `${name} ${value.toFixed(3)}, ${overLevels(interval)}; ${better} is better`,
    ),
    ...(report.device === undefined ? [] : [`on ${describeChoice(report.device, report.choice)}`]),
  ]
}

const overLevels = ([low, high]: readonly [number, number]): string =>
  `95 % interval over levels ${low.toFixed(3)} to ${high.toFixed(3)}`

/** The report as plain data for `--json`; recordings are counted, their levels and actions left out. */
export function reportToJson(report: EvaluationReport): Json {
  const { recordings, solvedInterval, measures, device, choice, ...rest } = report
  return {
    ...rest,
    ...(device === undefined ? {} : { device }),
    ...(choice === undefined ? {} : { choice: { ...choice } as unknown as Json }),
    solvedInterval: solvedInterval === null ? null : [...solvedInterval],
    ...(measures === undefined ? {} : { measures: measures as unknown as Json }),
    levels: report.levels.map(({ measures, ...level }) => ({
      ...level,
      ...(measures === undefined ? {} : { measures: measures as unknown as Json }),
      returns: [...level.returns],
      lengths: [...level.lengths],
    })),
    recordings: recordings.length,
  }
}

/** Columns as wide as their widest cell: the first to the left, numbers to the right. */
function layOut(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)))
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]),
      )
      .join('  ')
      .trimEnd(),
  )
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
