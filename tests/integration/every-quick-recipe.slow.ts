import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { agon } from '../support/command.ts'
import { FOOTBALL_BUILT } from '../support/football.ts'
import { inCycles } from '../support/in-cycles.ts'
import { bitsOf, endsWell, quickRecipe, rowsOf, settings } from '../support/quick-recipe.ts'

// Every algorithm in every domain that has a quick recipe, in short cycles: new levels, replay, edits where there are any. Its
// samples in `npm test`: exactness, builders, remidi, samplr, student-recipes, walker-run, racing-run.

const root = mkdtempSync(join(tmpdir(), 'agon-every-recipe-'))
afterAll(() => rmSync(root, { recursive: true }))

interface Recipe {
  readonly env: string | { readonly id: string; readonly maze?: object }
  readonly adversary: string | { readonly id: string; readonly capacity?: number }
}

const FOLDER = fileURLToPath(new URL('../../recipes/', import.meta.url))
const NAMES = readdirSync(FOLDER)
  .filter((file) => file.endsWith('-quick.yaml'))
  .map((file) => file.slice(0, -'-quick.yaml'.length))

const idOf = (part: string | { readonly id: string }): string =>
  typeof part === 'string' ? part : part.id

/** Few and short cycles, of four levels and whole episodes. */
function shortened({ env, adversary }: Recipe): string[] {
  const [domain, algorithm] = [idOf(env), idOf(adversary)]
  const steps = { racing: 5, football: 10 }[domain] ?? 24
  const short: Readonly<Record<string, string>> = {
    'fruit-choice': 'env.rooms=1',
    football: 'env.gameDuration=8',
    ...{ tmaze: 'env.maze.maxSteps=12', blindfold: 'env.maze.maxSteps=12' },
    'hidden-goal': 'env.maze.maxSteps=12',
    ...{ maze: 'env.maxSteps=12', walker: 'env.maxSteps=12', racing: 'env.maxSteps=5' },
  }
  const archive = typeof adversary !== 'string' && adversary.capacity !== undefined
  return [
    'budget={cycles: 4}',
    'cuts.every=1',
    'evaluation={suite: random:2, every: 0}',
    `student.rollout={envs: 4, steps: ${steps}}`,
    ...(short[domain] === undefined ? [] : [short[domain]]),
    // Warm after one cycle, and from then on nothing but replay, with edits where there are any.
    ...(archive ? ['adversary.capacity=8'] : []),
    ...(algorithm === 'remidi' ? ['adversary.minFill=0.25', 'adversary.cyclesPerBuffer=2'] : []),
    ...(archive && !algorithm.startsWith('parallel-') && algorithm !== 'remidi'
      ? ['adversary.replayProbability=1']
      : []),
  ]
}

describe('every quick recipe, shortened', () => {
  for (const name of NAMES) {
    const recipe: Recipe = parse(readFileSync(quickRecipe(name), 'utf8'))
    const here = idOf(recipe.env) !== 'football' || FOOTBALL_BUILT
    it.skipIf(!here)(`${name}: equal bits with one worker and two, killed or not`, async () => {
      const begun = ['run', quickRecipe(name), ...settings(...shortened(recipe))]
      const [calm, killed] = [join(root, name), join(root, `${name}-killed`)]
      await endsWell([...begun, '--out', calm, '--workers', '2'])
      expect(rowsOf(calm)).toHaveLength(4)
      const dying = await agon(
        [...begun, '--out', killed, '--workers', '1'],
        inCycles([2], (child) => child.kill('SIGKILL')),
      )
      expect(dying.signal).toBe('SIGKILL')
      await endsWell(['resume', killed])
      expect(bitsOf(killed)).toEqual(bitsOf(calm))
      rmSync(calm, { recursive: true })
      rmSync(killed, { recursive: true })
    })
  }
})
