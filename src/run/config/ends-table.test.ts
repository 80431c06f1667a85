import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { builtinAdversaries } from '../../adversaries/builtin.ts'
import type { AdversaryDefinition } from '../../adversaries/contract.ts'
import { fakeBuilder, playAsked } from '../../adversaries/testing/fake-builder.ts'
import { integerLevels } from '../../adversaries/testing/integer-levels.ts'
import { pointLevels } from '../../adversaries/testing/point-levels.ts'
import { slotId } from '../../core/ids.ts'
import { loadModule } from '../../core/module.ts'
import { stream } from '../../core/random.ts'
import type { AutoReset } from '../../envs/contract.ts'
import { ppoOptions } from '../../learners/ppo/index.ts'

const PAGE = new URL('../../../docs/algorithms/ppo.md', import.meta.url)
const PROFILES = ['minimax', 'jaxued', 'dcd'] as const
const SLOT = slotId('agent')

const AXES = [{ name: 'x', low: -1, high: 1, bins: 4 }]
const ON_AXES = { axes: AXES, train: true }
/** The least that a config has to say of searches over points, for a student that learns. */
const SEARCHES: Readonly<Record<string, object>> = {
  'map-elites': ON_AXES,
  'cma-me': ON_AXES,
  madrid: { ...ON_AXES, references: ['rival'] },
  targeted: ON_AXES,
  random: ON_AXES,
  levels: { levels: ['0.5 0.5'], train: true },
}

async function definitionOf(module: string): Promise<AdversaryDefinition<unknown>> {
  const { adversary } = await loadModule(module as never)
  return adversary as AdversaryDefinition<unknown>
}

/** What a batch of an adversary's own says that follows an episode. */
async function afterEpisodes(id: string, module: string): Promise<AutoReset> {
  const { options, create, cast } = await definitionOf(module)
  const search = SEARCHES[id]
  const parsed = options.parse(search ?? {})
  const slots = cast?.(parsed).slots ?? [SLOT]
  const counts = Object.fromEntries(slots.map((slot) => [slot, search === undefined ? 4 : 32]))
  if (search !== undefined) {
    const made = create(parsed, { levels: pointLevels(2), slots, returnRange: [0, 1] })
    const random = (...purpose: (string | number)[]) => stream(0, ...purpose)
    const { batches } = made.propose(made.init(), { cycle: 0, counts, random })
    return batches?.[0].autoReset ?? 'none'
  }
  const made = create(parsed, { levels: integerLevels(50), slots, discount: 0.99 })
  const { answer } = fakeBuilder()
  const { batches } = playAsked({ adversary: made, record: made.init(), cycle: 0, counts, answer })
  return batches?.[0].autoReset ?? 'none'
}

it('the page of PPO says what each profile does at ends, as the code has it', async () => {
  const profiles = PROFILES.map((profile) => ppoOptions.parse({ profile }))
  const same = (value: string): readonly string[] => PROFILES.map(() => value)
  // Prompts have no steps, and so nothing that follows an episode.
  const named = Object.entries(builtinAdversaries).filter(([id]) => id !== 'rainbow')
  const reset = await Promise.all(
    named.map(async ([id, module]) => [id, await afterEpisodes(id, module)] as const),
  )
  const among = (wanted: AutoReset): string =>
    reset.flatMap(([id, mode]) => (mode === wanted ? [`\`${id}\``] : [])).join(', ')
  const rows = [
    [
      'an episode is cut from outside',
      '`ppo.timeLimit`',
      ...profiles.map(({ ppo }) => ppo.timeLimit ?? 'terminal'),
    ],
    [
      'the roll-out ends amid an episode',
      '`ppo.bootstrap`',
      ...profiles.map(({ ppo }) => ppo.bootstrap),
    ],
    [
      'the next cycle begins',
      '`rollout.carry`',
      ...profiles.map(({ rollout }) => rollout.carry ?? 'fresh'),
    ],
    [`an episode of ${among('next-level')} ends`, '`adversary.autoReset`', ...same('next-level')],
    [`an episode of ${among('same-level')} ends`, '–', ...same('same-level')],
  ]
  const table = [['when', 'option', ...PROFILES], Array(5).fill('---'), ...rows]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n')
    .replaceAll('| --- ', '|---')
    .replace('|--- |', '|---|')
  expect(readFileSync(PAGE, 'utf8')).toContain(table)
})
