import type { MetricsRow, TimingsRow } from '../../run/contract.ts'

/** One set of axes on the page. */
export interface Chart {
  readonly title: string
  /** What a reader should know to read it; may be empty. */
  readonly about: string
  /** Rates: the vertical axis is 0 … 1 whatever the data. */
  readonly rate: boolean
  readonly series: readonly Series[]
}

/** Points of one curve: `rows[i]` indexes the shared horizontal axes, `values[i]` is what is drawn there. */
export interface Series {
  readonly label: string
  readonly rows: readonly number[]
  readonly values: readonly number[]
}

export interface Charts {
  /** The horizontal axes that the page switches between, one number per metrics row. */
  readonly axes: Readonly<Record<'cycle' | 'gradient_updates' | 'env_steps', readonly number[]>>
  readonly main: readonly Chart[]
  /** Everything else that was recorded, one chart a metric. */
  readonly rest: readonly Chart[]
  /** Consecutive rows behind each point of a dense curve; 1 where every row is a point. */
  readonly stride: number
}

/** More points than this are averaged in runs of neighbours: a screen has no more columns. */
export const MOST_POINTS = 1000

/** Finer than any screen; more would only make the page heavier. */
const DIGITS = 6

interface ChartRule {
  readonly title: string
  readonly about: string
  readonly rate?: boolean
  /** Matches the part of a key after `<slot>/` or `adversary/`. */
  readonly keys: RegExp
}

const RULES: readonly ChartRule[] = [
  {
    title: 'Return',
    about: 'Mean over the episodes finished in the cycle.',
    keys: /^return_mean$/,
  },
  {
    title: 'Solve rate in training',
    about: 'Share of the episodes finished in the cycle, on the levels the adversary chose.',
    rate: true,
    keys: /^solved?_rate$/,
  },
  { title: 'Entropy', about: 'Of the action distribution, in nats.', keys: /^entropy$/ },
  { title: 'Losses', about: '', keys: /^(policy|value|total)_loss$/ },
  {
    title: 'Buffer scores',
    about: 'Of the levels in the buffer.',
    keys: /^score_(mean|max|weighted)$/,
  },
  {
    title: 'Regret',
    about: 'Of the levels that were built in the cycle: what their builder was paid.',
    keys: /^regret_(mean|max)$/,
  },
  {
    title: 'Coverage of the search',
    about: 'Share of the cells that hold a level.',
    rate: true,
    keys: /^grid_coverage$/,
  },
  {
    title: 'What the search found',
    about: 'Objective of the levels in the grid, and of those attempted in the cycle.',
    keys: /^(grid_(mean|max)|attempted_mean)$/,
  },
  {
    title: 'What the search found, by category',
    about: 'Mean objective of the levels in the grid.',
    keys: /^grid_mean_./,
  },
  { title: 'QD score', about: '', keys: /^grid_qd_score$/ },
  {
    title: 'Entropy of the builder',
    about: 'Of its action distribution, in nats.',
    keys: /^builder_entropy$/,
  },
  {
    title: 'Losses of the builder',
    about: '',
    keys: /^builder_(policy|value|total)_loss$/,
  },
  { title: 'Gradient norm', about: 'Before clipping.', keys: /^grad_norm$/ },
]

/** Which curves a run has, from the keys of its rows. */
export function selectCharts(
  rows: readonly MetricsRow[],
  timings: readonly TimingsRow[] = [],
): Charts {
  const keys = [...new Set(rows.flatMap((row) => Object.keys(row)))]
    .filter((key) => !['cycle', 'gradient_updates', 'env_steps', 'stage'].includes(key))
    .sort()
  const stride = Math.max(1, Math.ceil(rows.length / MOST_POINTS))
  const curve = (key: string, label: string) => seriesOf(rows, key, label, stride)
  const used = new Set<string>()
  const chartOf = (rule: ChartRule, matching: readonly string[]): Chart => {
    for (const key of matching) used.add(key)
    return {
      title: rule.title,
      about: rule.about,
      rate: rule.rate ?? false,
      series: matching.map((key) => curve(key, labelOf(key, matching))),
    }
  }
  const evaluation = evaluationCharts(keys, chartOf)
  const main = RULES.map((rule) =>
    chartOf(
      rule,
      keys.filter((key) => !key.startsWith('evaluation/') && rule.keys.test(afterSlot(key))),
    ),
  )
  const shown = [
    ...main.slice(0, 2),
    ...evaluation,
    ...main.slice(2),
    speedChart(rows, timings, stride),
  ]
  return {
    axes: {
      cycle: rows.map((row) => row.cycle),
      gradient_updates: rows.map((row) => row.gradient_updates),
      env_steps: rows.map((row) => row.env_steps),
    },
    main: shown.filter((chart) => chart.series.length > 0),
    rest: keys
      .filter((key) => !used.has(key))
      .map((key) => ({
        title: key,
        about: '',
        rate: /(_rate|_ratio|_fraction|_fill)$/.test(key),
        series: [curve(key, key)],
      })),
    stride,
  }
}

/**
 * `evaluation/<suite>/solved_rate`, or `…/mean_return` where nothing can be solved; the suite's levels have keys that go
 * deeper, and stay among the rest.
 */
function evaluationCharts(
  keys: readonly string[],
  chartOf: (rule: ChartRule, matching: readonly string[]) => Chart,
): Chart[] {
  const solvable = keys.some((key) => key.startsWith('evaluation/') && key.endsWith('/solved_rate'))
  const ending = solvable ? '/solved_rate' : '/mean_return'
  const bases = keys
    .filter((key) => key.startsWith('evaluation/') && key.endsWith(ending))
    .map((key) => key.slice(0, -ending.length))
  const suites = bases.filter(
    (base) => !bases.some((other) => other !== base && base.startsWith(`${other}/`)),
  )
  const rule = {
    title: solvable ? 'Solved rate in evaluation' : 'Mean return in evaluation',
    about: 'On sealed levels that the adversary never sees.',
    rate: solvable,
    keys: /$/,
  }
  return [
    chartOf(
      rule,
      suites.map((base) => base + ending),
    ),
    ...measureCharts(keys, suites, chartOf),
  ]
}

/** One for each measure of the environment: what stands right under a suite, and is in every evaluation. */
function measureCharts(
  keys: readonly string[],
  suites: readonly string[],
  chartOf: (rule: ChartRule, matching: readonly string[]) => Chart,
): Chart[] {
  const under = suites.flatMap((base) =>
    keys.filter((key) => key.startsWith(`${base}/`) && !key.slice(base.length + 1).includes('/')),
  )
  const nameOf = (key: string) => key.slice(key.lastIndexOf('/') + 1)
  const names = [...new Set(under.map(nameOf))].filter((name) => !OF_ALL.has(name))
  return names.map((name) => {
    const words = name.replaceAll('_', ' ')
    const rule = {
      title: `${words[0].toUpperCase()}${words.slice(1)} in evaluation`,
      about: 'On sealed levels that the adversary never sees.',
      rate: name.endsWith('_rate'),
      keys: /$/,
    }
    return chartOf(
      rule,
      under.filter((key) => nameOf(key) === name),
    )
  })
}

const OF_ALL: ReadonlySet<string> = new Set(['solved_rate', 'mean_return'])

/** Environment steps per second of wall time: what a clock decides, so from the timings. */
function speedChart(
  rows: readonly MetricsRow[],
  timings: readonly TimingsRow[],
  stride: number,
): Chart {
  const milliseconds = new Map(timings.map((row) => [row.cycle, row.cycle_ms]))
  const points: { row: number; value: number }[] = []
  for (let row = 1; row < rows.length; row++) {
    const elapsed = milliseconds.get(rows[row].cycle) ?? 0
    if (elapsed <= 0) continue
    const steps = rows[row].env_steps - rows[row - 1].env_steps
    points.push({ row, value: (1000 * steps) / elapsed })
  }
  return {
    title: 'Speed',
    about: 'Environment steps per second of wall time, learning included.',
    rate: false,
    series: points.length === 0 ? [] : [thin('env steps/s', points, stride)],
  }
}

function seriesOf(rows: readonly MetricsRow[], key: string, label: string, stride: number): Series {
  const points: { row: number; value: number }[] = []
  rows.forEach((row, index) => {
    if (row[key] !== undefined) points.push({ row: index, value: row[key] })
  })
  return thin(label, points, stride)
}

/** Means of `stride` neighbours, standing at the last of them; sparse curves stay whole. */
function thin(
  label: string,
  points: readonly { row: number; value: number }[],
  stride: number,
): Series {
  const by = points.length > MOST_POINTS ? stride : 1
  const rows: number[] = []
  const values: number[] = []
  for (let start = 0; start < points.length; start += by) {
    const bucket = points.slice(start, start + by)
    rows.push(bucket[bucket.length - 1].row)
    const mean = bucket.reduce((sum, { value }) => sum + value, 0) / bucket.length
    values.push(Number(mean.toPrecision(DIGITS)))
  }
  return { label, rows, values }
}

const afterSlot = (key: string): string => key.slice(key.indexOf('/') + 1)

/** The shortest label that tells the curves of one chart apart. */
function labelOf(key: string, among: readonly string[]): string {
  if (key.startsWith('evaluation/')) return key.slice('evaluation/'.length, key.lastIndexOf('/'))
  const twins = among.filter((other) => afterSlot(other) === afterSlot(key))
  const metric = afterSlot(key).replaceAll('_', ' ')
  return twins.length > 1 ? `${key.slice(0, key.indexOf('/'))} ${metric}` : metric
}
