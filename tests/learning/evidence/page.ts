import { provenance } from '../train.ts'
import type { Family } from './families.ts'
import type { Result } from './results.ts'
import type { Summary } from './summary.ts'

/** One line for each student and level. */
export function csvOf(results: readonly Result[]): string {
  const head = 'group,seed,level,solved_rate,mean_return,env_steps,gradient_updates,seconds'.split(
    ',',
  )
  const rows = results.flatMap(({ group, seed, levels, envSteps, gradientUpdates, seconds }) =>
    levels.map(({ name, solvedRate, meanReturn }) => [
      ...[group, seed, name, solvedRate ?? '', meanReturn],
      ...[envSteps, gradientUpdates, seconds.toFixed(1)],
    ]),
  )
  return [head, ...rows].map((cells) => `${cells.join(',')}\n`).join('')
}

/**
 * The whole page of docs/learning.
 * @param pictures beside it, with what they show
 */
export function pageOf(
  name: string,
  { title }: Family,
  table: string,
  pictures: readonly (readonly [file: string, shows: string])[],
): string {
  const shown = pictures.map(([file, shows]) => `![${shows}](${file})\n\n`).join('')
  return `# ${title}\n\n${table}\n${shown}Every level of every seed: [evidence-${name}.csv](evidence-${name}.csv).\n`
}

/** The table of a page, with what it was made by. */
export function tableOf(
  family: Family,
  summaries: readonly Summary[],
  command: string,
  unfinished: readonly string[],
): string {
  const shown = (value: number): string =>
    family.score === 'solvedRate' ? `${(100 * value).toFixed(1)} %` : value.toFixed(1)
  const between = (interval: readonly number[] | null): string =>
    interval === null ? '' : ` (${interval.map(shown).join(' to ')})`
  const tables = family.blocks.map(({ title }, i) => {
    const rows = summaries.map(({ group, seeds, envSteps, gradientUpdates, seconds, blocks }) => {
      const { mean, meanInterval, iqm, iqmInterval, untrained, over } = blocks[i]
      const beats =
        over === null
          ? '–'
          : `${over.value.toFixed(2)} (${over.interval.map((p) => p.toFixed(2)).join(' to ')})`
      const cells = [
        ...[group, seeds.length, untrained === null ? '–' : shown(untrained)],
        ...[`**${shown(iqm)}**${between(iqmInterval)}`, `${shown(mean)}${between(meanInterval)}`],
        ...[beats, gradientUpdates.toFixed(0)],
        ...[`${(envSteps / 1e6).toFixed(2)} M`, `${seconds.toFixed(0)} s`],
      ]
      return `| ${cells.join(' | ')} |`
    })
    return `${family.score === 'solvedRate' ? 'Solved rate' : 'Mean return'} on ${title}:

| | seeds | untrained | IQM | mean | ${family.beats} | gradient updates | env steps | cycles took |
|---|---|---|---|---|---|---|---|---|
${rows.join('\n')}`
  })
  const missing =
    unfinished.length === 0 ? '' : `\nNot finished, and left out: ${unfinished.join(', ')}.\n`
  return `${family.about}
Interquartile mean and mean over seeds × levels with 95 % bootstraps stratified by level; *${family.beats}* is the probability that a run
does better than one of those on a level. Environment steps of a run count all of its students.

\`\`\`sh
${command}
\`\`\`

Made by that command: ${provenance('one worker a learner')}.
${missing}
${tables.join('\n\n')}
`
}
