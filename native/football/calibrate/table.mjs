// The table of the calibration as text.

const NUMBER = (value) => {
  if (value === null) return 'none'
  const size = Math.abs(value)
  return value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3)
}

/** One line: row, measured, reference, tolerance, verdict. */
export function formatRow({
  experiment,
  row,
  measured,
  reference,
  tolerance,
  unit,
  bound,
  own,
  verdict,
}) {
  const name = `  ${row}`.padEnd(62)
  if (measured === undefined) return `${experiment}: ${verdict}`
  const value = `${NUMBER(measured)} ${unit}`.trimEnd().padStart(12)
  if (reference === undefined) return `${name} ${value} ${''.padStart(38)} ${verdict}`
  const allowed =
    verdict === 'reported'
      ? ''
      : bound === 'factor'
        ? `× ${NUMBER(tolerance)}`
        : `± ${NUMBER(tolerance)}`
  const mark = own && verdict !== 'reported' ? ' (own bound)' : ''
  return `${name} ${value}  reference ${NUMBER(reference).padStart(8)}  ${allowed.padStart(9)}  ${verdict}${mark}`
}

/** Counts of the verdicts, and one line that says them. */
export function summaryOf(rows) {
  const count = (verdict) => rows.filter((row) => row.verdict === verdict).length
  const [ok, notMet] = [count('ok'), count('NOT MET')]
  const missing = count('not in these traces') + count('no policy')
  const text =
    `football: ${ok} of ${ok + notMet} rows within tolerance, ${notMet} not met` +
    (missing === 0 ? '' : `, ${missing} groups not in these traces or without a policy`)
  return { ok, notMet, missing, text }
}
