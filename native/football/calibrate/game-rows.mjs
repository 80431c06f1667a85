// Rows of whole games: the rule of tier 3, recorded against simulated figures.

const RARE = ['corners', 'throw-ins', 'penalties', 'yellow cards', 'red cards']
/** Figures that are reported only in `--json`: they say more about the games, but no row of the table asks for them. */
const DETAIL = /(kicks|corners|throw-ins|penalties) steps$|^share \d|^keeper|^centre/

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length

/** Of the mean, squared; nothing is known from a single game. */
function squaredError(values) {
  if (values.length < 2) return 0
  const m = mean(values)
  const squares = values.reduce((sum, value) => sum + (value - m) ** 2, 0)
  return squares / (values.length - 1) / values.length
}

/** Adds the rare events up, which are compared together. */
function pooled(figures) {
  const rare = RARE.map((name) => figures[name])
  const sums = rare[0].map((_, game) => rare.reduce((sum, row) => sum + row[game], 0))
  return { ...figures, 'rare events': sums }
}

/**
 * One row: holds when the means differ by less than the larger of a quarter and two standard errors of both together.
 * `scatter` is the least standard deviation of a recorded game, for figures of so few games that theirs says nothing.
 */
export function gameRow(experiment, name, recorded, simulated, scatter = 0) {
  const reference = mean(recorded)
  const measured = mean(simulated)
  const theirs = Math.max(squaredError(recorded), scatter ** 2 / recorded.length)
  const errors = 2 * Math.sqrt(theirs + squaredError(simulated))
  const tolerance = Math.max(0.25 * Math.abs(reference), errors)
  const verdict = Math.abs(measured - reference) <= tolerance ? 'ok' : 'NOT MET'
  const shape = { unit: '', bound: 'difference', own: false, verdict }
  return { experiment, row: name, measured, reference, tolerance, ...shape }
}

/** Rows of one pairing. Rare events and details are reported without a verdict of their own. */
export function gameRows(experiment, recorded, simulated) {
  const [theirs, ours] = [pooled(recorded), pooled(simulated)]
  return Object.keys(theirs).map((name) => {
    const row = gameRow(experiment, name, theirs[name], ours[name])
    if (DETAIL.test(name)) return { ...row, verdict: 'reported', detail: true }
    return RARE.includes(name) ? { ...row, verdict: 'reported' } : row
  })
}

/**
 * Rows of a pairing that the simulator does not play: means of the recorded games, and why there is nothing beside them.
 * `why`: the verdict of all, and whose policy is lacking.
 */
export function recordedRows(experiment, recorded, why) {
  const figures = pooled(recorded)
  return Object.keys(figures).map((name) => {
    const row = { experiment, row: name, reference: mean(figures[name]), unit: '', ...why }
    return DETAIL.test(name) ? { ...row, detail: true } : row
  })
}
