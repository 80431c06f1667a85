// The table of the calibration as text.

const NUMBER = (value) => {
  if (value === null) return 'none'
  const size = Math.abs(value)
  return value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3)
}

const TOLERANCE = { factor: '×', difference: '±' }

/** One line: row, measured, reference, tolerance, verdict. */
export function formatRow(row) {
  const { experiment, measured, reference, tolerance, unit, bound, own, verdict, lacking } = row
  const said = lacking === undefined ? verdict : `${verdict}: ${lacking.join(', ')}`
  if (row.row === 'all') return `${experiment}: ${said}`
  const judged = tolerance !== undefined && verdict !== 'reported'
  const value = measured === undefined ? '' : `${NUMBER(measured)} ${unit}`.trimEnd()
  const known = reference === undefined ? '' : `  reference ${NUMBER(reference).padStart(8)}`
  const allowed = judged ? `${TOLERANCE[bound] ?? '±'} ${NUMBER(tolerance)}` : ''
  const mark = own && judged ? ' (own bound)' : ''
  return (
    `  ${row.row}`.padEnd(62) +
    ` ${value.padStart(12)}${known.padEnd(20)}  ${allowed.padStart(9)}  ${said}${mark}`
  )
}

const NOTHING = ['not in these traces', 'no policy', 'another game', 'too short']
const counted = (count, one) => `${count} ${one}${count === 1 ? '' : 's'}`

/** Counts of the verdicts, and one line that says them. */
export function summaryOf(rows) {
  const count = (verdict) => rows.filter((row) => row.verdict === verdict).length
  const [ok, notMet] = [count('ok'), count('NOT MET')]
  const groups = rows.filter((row) => NOTHING.includes(row.verdict)).map((row) => row.experiment)
  const missing = new Set(groups).size
  const text =
    `football: ${ok} of ${counted(ok + notMet, 'row')} within tolerance, ${notMet} not met` +
    (missing === 0 ? '' : `, nothing to compare with in ${counted(missing, 'group')}`)
  return { ok, notMet, missing, text }
}
