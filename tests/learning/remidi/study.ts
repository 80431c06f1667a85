import { stream } from 'agon/core'
import { aggregate } from 'agon/evaluation'
import type { Series } from '../curve.ts'
import { type Level, mean, provenance, type Trained } from '../train.ts'

/** Two kinds of levels, by how the entries of their suites are called: such as can be learned, and such as hide what decides them. */
export interface Domain {
  readonly learnable: string
  readonly hidden: string
  /** What is measured while a run goes on: such as can be learned. */
  readonly suite: string
  /** In words. */
  readonly told: readonly [string, string]
}

/** One run, as far as it is compared. */
export interface Measured {
  readonly seed: number
  readonly updates: number
  /** Solved rate of what can be learned, at each measurement. */
  readonly curve: readonly number[]
  /** After the last update. */
  readonly learnable: number
  /** Mean return after the last update. */
  readonly hidden: number
  /** Of the last measurement, the learnable ones alone. */
  readonly levels: readonly Level[]
}

export interface Compared extends Measured {
  readonly algorithm: string
  readonly seconds: number
}

/** `…/<entry>-<n>`, where `entry` is the whole name. */
const isOf = (entry: string, name: string): boolean =>
  new RegExp(`(^|/)${entry}-\\d+(/|$)`).test(name)

export function measuredOf(domain: Domain, { seed, rows, levels }: Trained): Measured {
  const rate = `evaluation/${domain.suite}/solved_rate`
  const learnable = levels.filter(({ name }) => isOf(domain.learnable, name))
  const hidden = levels.filter(({ name }) => isOf(domain.hidden, name))
  return {
    ...{ seed, levels: learnable },
    updates: rows[rows.length - 1].gradient_updates,
    curve: rows.flatMap((row) => (rate in row ? [row[rate]] : [])),
    learnable: mean(learnable.map(({ solvedRate }) => solvedRate)),
    hidden: mean(hidden.map(({ meanReturn }) => meanReturn)),
  }
}

const percent = (value: number): string => `${(100 * value).toFixed(1)} %`

/** Of an algorithm's seeds: the gain from the middle of the curve to its end. */
const lateGain = (runs: readonly Compared[]): number =>
  mean(runs.map(({ curve }) => curve[curve.length - 1] - curve[Math.floor(curve.length / 2)]))

/** The page of a study, its curves and what of the paper's claim shows. */
export function studyPage(
  name: string,
  { told: [seen, hidden] }: Domain,
  cycles: number,
  full: boolean,
  runs: readonly Compared[],
) {
  const algorithms = [...new Set(runs.map(({ algorithm }) => algorithm))]
  const of = (algorithm: string) => runs.filter((run) => run.algorithm === algorithm)
  const solved = (algorithm: string) =>
    aggregate(
      of(algorithm).map(({ levels }) => levels.map(({ solvedRate }) => solvedRate)),
      (draw) => stream('remidi', name, algorithm, draw),
    )
  const row = (algorithm: string): string => {
    const { mean: rate, meanInterval } = solved(algorithm)
    const mine = of(algorithm)
    const gain = 100 * lateGain(mine)
    return `| \`${algorithm}\` | **${percent(rate)}** (${meanInterval.map(percent).join(' to ')}) | ${gain.toFixed(1)} points | ${mean(mine.map((run) => run.hidden)).toFixed(3)} | ${Math.round(mean(mine.map((run) => run.updates)))} | ${(mean(mine.map(({ seconds }) => seconds)) / 60).toFixed(0)} min |`
  }
  const verdicts = algorithms
    .filter((algorithm) => algorithm !== 'remidi')
    .map((algorithm) =>
      verdictOf(seen, hidden, [solved('remidi'), solved(algorithm)], {
        remidi: of('remidi'),
        other: of(algorithm),
      }),
    )
  const seeds = [...new Set(runs.map(({ seed }) => seed))]
  const text = `# ReMiDi beside its baseline: ${name}

\`recipes/${name}-remidi${full ? '' : '-quick'}.yaml\`, ${cycles} cycles, seeds ${seeds.join(', ')}; the baselines take the adversary's place with perfect regret and as many levels
as all of ReMiDi's buffers hold. Learning rates fall to 0 over the cycles. Solved rate on ${seen} with the 95 % interval of a
bootstrap over seeds within levels; what was gained in the second half; mean return on ${hidden}, where nobody does better than chance.

\`\`\`sh
node build/tests/learning/remidi.js --domain ${name} --seeds ${seeds.join(',')} --cycles ${cycles}${full ? ' --full' : ''} --page
\`\`\`

Made by that command: ${provenance().replace('two workers', 'the time is of one run')}.

![Solved rate on ${seen}](remidi-${name}.svg)

| | ${seen} | gained in the second half | ${hidden} | gradient updates | |
|---|---|---|---|---|---|
${algorithms.map(row).join('\n')}

${verdicts.map(({ told }) => `- ${told}`).join('\n')}
`
  const curve: Series[] = algorithms.map((algorithm) => ({
    label: algorithm,
    values: meanCurve(of(algorithm).map((run) => run.curve)),
  }))
  return { text, curve, verdicts }
}

const meanCurve = (curves: readonly (readonly number[])[]): number[] =>
  Array.from({ length: Math.min(...curves.map(({ length }) => length)) }, (_, i) =>
    mean(curves.map((curve) => curve[i])),
  )

type Solved = ReturnType<typeof aggregate>

interface Verdict {
  /** Whether ReMiDi's interval lies above the other's. */
  readonly apart: boolean
  readonly told: string
}

function verdictOf(
  seen: string,
  hidden: string,
  [mine, others]: readonly [Solved, Solved],
  { remidi, other }: Readonly<Record<'remidi' | 'other', readonly Compared[]>>,
): Verdict {
  const { algorithm } = other[0]
  const apart = mine.meanInterval[0] > others.meanInterval[1]
  const gains = [remidi, other].map((runs) => (100 * lateGain(runs)).toFixed(1))
  const returns = [remidi, other].map((runs) => mean(runs.map((run) => run.hidden)).toFixed(3))
  return {
    apart,
    told: `on ${seen} ReMiDi ${apart ? 'is above' : 'is **not** clearly above'} \`${algorithm}\`; in the second half it gained ${gains[0]} points and \`${algorithm}\` ${gains[1]}; on ${hidden} their mean returns are ${returns.join(' and ')}`,
  }
}
