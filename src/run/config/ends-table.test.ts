import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { builtinAdversaries } from '../../adversaries/builtin.ts'
import type { AdversaryDefinition } from '../../adversaries/contract.ts'
import { fakeBuilder, playAsked } from '../../adversaries/testing/fake-builder.ts'
import { integerLevels } from '../../adversaries/testing/integer-levels.ts'
import { slotId } from '../../core/ids.ts'
import { loadModule } from '../../core/module.ts'
import type { AutoReset } from '../../envs/contract.ts'
import { ppoOptions } from '../../learners/ppo/index.ts'

const PAGE = new URL('../../../docs/algorithms/ppo.md', import.meta.url)
const PROFILES = ['minimax', 'jaxued', 'dcd'] as const
const SLOT = slotId('agent')

/** What a batch of an adversary's own says that follows an episode. */
async function afterEpisodes(module: string): Promise<AutoReset> {
  const { adversary } = await loadModule(module as never)
  const { options, create, cast } = adversary as AdversaryDefinition<unknown>
  const parsed = options.parse({})
  const slots = cast?.(parsed).slots ?? [SLOT]
  const made = create(parsed, { levels: integerLevels(50), slots, discount: 0.99 })
  const counts = Object.fromEntries(slots.map((slot) => [slot, 4]))
  const { answer } = fakeBuilder()
  const { batches } = playAsked({ adversary: made, record: made.init(), cycle: 0, counts, answer })
  return batches?.[0].autoReset ?? 'none'
}

it('the page of PPO says what each profile does at ends, as the code has it', async () => {
  const profiles = PROFILES.map((profile) => ppoOptions.parse({ profile }))
  const same = (value: string): readonly string[] => PROFILES.map(() => value)
  const named = Object.entries(builtinAdversaries)
  const reset = await Promise.all(
    named.map(async ([id, module]) => [id, await afterEpisodes(module)] as const),
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
