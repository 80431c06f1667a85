import { describe, expect, it } from 'vitest'
import { stream } from '../../core/random.ts'
import { type DomainId, domainOf } from '../../envs/prompts/domains.ts'
import { axesOf, environment } from '../../envs/prompts/environment.ts'
import type { Json } from '../../services/contract.ts'
import { ruleServices } from '../../services/prompts/testing/rule-services.ts'
import { gridOf } from '../grid/insertion.ts'
import { bleu } from './bleu.ts'
import { type Searched, search, type World } from './testing/world.ts'

const WEAK = [{ operation: 'multiplication' }, { form: 'words', steps: { low: 2, high: 4 } }]

const over = (domain: DomainId) => ({
  levels: environment.create({ domain }).levels as unknown as World['levels'],
  axes: axesOf(domain),
})

const arithmetic = (more: Partial<World> = {}, seed = 1): World => ({
  ...over('arithmetic'),
  ...{ seed, batch: 8, cycles: 12 },
  services: ruleServices('arithmetic', seed, { target: { weak: WEAK } }),
  ...more,
})

/** The same search with one service in place of its rule. */
const instead = (name: string, reply: World['services'][string], more: Partial<World> = {}) => {
  const world = arithmetic(more)
  return { ...world, services: { ...world.services, [name]: reply } }
}

const asked = ({ asked }: Searched, service: string) =>
  asked.filter((request) => request.service === service)
const verdicts = ({ attempts }: Searched) => attempts.map(({ prompt }) => prompt!.verdict)

describe('a search by rewriting', () => {
  it('asks the mutator once for each axis, in their order, each time with its last text', () => {
    const found = search(arithmetic({ options: { descriptor: 'prescribed' } }))
    const axes = domainOf('arithmetic').axes.map(({ name }) => name)
    const mutations = asked(found, 'mutator').map(
      ({ payload }) => (payload as { about: { text: string; feature: string } }).about,
    )
    expect(mutations).toHaveLength(found.attempts.length * axes.length)
    for (const { id, prompt } of found.attempts) {
      const serial = id.slice(1)
      const own = asked(found, 'mutator').filter(({ key }) => key.startsWith(`mutate/${serial}/`))
      const about = own.map(({ payload }) => (payload as { about: (typeof mutations)[0] }).about)
      expect(about.map(({ feature }) => feature)).toEqual(axes)
      expect(about.slice(1).map(({ text }) => text)).toEqual(prompt!.stages.slice(0, -1))
    }
  })

  it('has an archive that is the fold of its attempts, and goes on from any cut', () => {
    const axes = [
      { name: 'operation', values: ['addition', 'subtraction', 'multiplication'] },
      { name: 'digits', low: 0.5, high: 4.5, bins: 4 },
    ]
    const { attempts, record } = search(arithmetic({ options: { axes } }))
    const folded = gridOf(record.grid.axes, attempts)
    expect(folded).toEqual(record.grid)
    expect(verdicts({ attempts } as Searched)).toEqual(
      expect.arrayContaining(['first', 'replaced', 'kept-out']),
    )
    for (const { status, prompt } of attempts)
      expect(status).toBe(
        { first: 'new', replaced: 'better', 'kept-out': 'kept-out' }[prompt!.verdict as 'first'] ??
          'unscored',
      )
  })

  it('drops what is too like its parent, and asks neither target nor judge about it', () => {
    const same = instead(
      'mutator',
      (payload) => (payload as { about: { text: string } }).about.text,
    )
    expect(() => search(same)).toThrow(/too like their parents/)
    let targets = 0
    const half = search(
      instead('mutator', (payload, key) => {
        const { text } = (payload as { about: { text: string } }).about
        return Number(key.split('/')[1]) % 2 === 0
          ? text
          : arithmetic().services.mutator(payload, key)
      }),
    )
    const dropped = half.attempts.filter(({ prompt }) => prompt!.verdict === 'filtered')
    expect(dropped.length).toBeGreaterThan(20)
    for (const { prompt, tasks, objective, id } of dropped) {
      expect([prompt!.response, tasks, objective]).toEqual([undefined, [], null])
      const serial = id.slice(1)
      targets += half.asked.filter(
        ({ key }) => key.split('/')[1] === serial && !key.startsWith('mutate'),
      ).length
    }
    expect(targets).toBe(0)
    expect(half.metrics.at(-1)!.filtered_rate).toBeCloseTo(
      dropped.length / half.attempts.length,
      12,
    )
  })

  it('compares with the parent, and not with what the mutator was told', () => {
    const { attempts } = search(arithmetic())
    const seeds = new Map(domainOf('arithmetic').seeds.map(({ id, text }) => [id, text]))
    const texts = new Map(attempts.map(({ id, prompt }) => [id, prompt!.stages.at(-1)!]))
    for (const { parents, prompt } of attempts) {
      const parent = prompt!.seed === undefined ? texts.get(parents[0])! : seeds.get(prompt!.seed)!
      const rule = { unit: 'word', smoothing: 'epsilon' } as const
      expect(prompt!.similarity).toBe(bleu(parent, prompt!.stages.at(-1)!, rule))
    }
  })

  it('fills an empty cell without a judge, and keeps who stands there at ties and without a label', () => {
    const unclear = search(instead('judge', () => '[[unclear]]'))
    const garbled = search(instead('judge', () => 'A, I think. [[A]] or [[B]]'))
    const tied = search(
      instead('judge', (_, key) => (Number(key.at(-1)) % 2 === 0 ? '[[A]]' : '[[A]]')),
    )
    for (const found of [unclear, garbled, tied]) {
      expect(verdicts(found)).not.toContain('replaced')
      expect(verdicts(found)).toContain('first')
      expect(verdicts(found)).toContain('kept-out')
    }
    // Four votes and the four abstentions asked once more.
    for (const { prompt } of unclear.attempts) expect([0, 8]).toContain(prompt!.votes.length)
    const firsts = tied.attempts.filter(({ prompt }) => prompt!.verdict === 'first')
    expect(firsts.every(({ prompt }) => prompt!.votes.length === 0)).toBe(true)
    expect(tied.metrics.at(-1)).toMatchObject({ judge_order_flip_rate: 1, judge_tie_rate: 1 })
    expect(unclear.metrics.at(-1)).toMatchObject({ judge_abstain_rate: 1 })
  })

  it('lets fitness decide nothing but the draw: another scorer leaves replacements to the judge', () => {
    const worse = '[[A]]'
    const always = (fitness: string) =>
      search({
        ...arithmetic({ options: { variation: 'from-scratch', temperature: 1000 } }),
        services: { ...arithmetic().services, scorer: () => `[[${fitness}]]`, judge: () => worse },
      })
    const [none, all] = [always('0'), always('1')]
    expect(verdicts(none)).toEqual(verdicts(all))
    expect(none.attempts.map(({ level }) => level)).toEqual(all.attempts.map(({ level }) => level))
  })

  it('judges two candidates for one cell in a batch one after the other', () => {
    // All land in one cell of a single bin: each is compared with whoever stands there then.
    const axes = [{ name: 'steps', low: 0, high: 10, bins: 1 }]
    const found = search(
      instead('judge', (_, key) => (Number(key.at(-1)) % 2 === 0 ? '[[A]]' : '[[B]]'), {
        ...{ batch: 5, cycles: 1 },
        options: { axes, seeds: 5, filter: { below: 2 } },
      }),
    )
    expect(verdicts(found)).toEqual(['first', 'replaced', 'replaced', 'replaced', 'replaced'])
    expect(found.attempts.map(({ prompt }) => prompt!.replaced)).toEqual([
      undefined,
      ...found.attempts.slice(0, -1).map(({ id }) => id),
    ])
    const comparisons = asked(found, 'judge').map(
      ({ payload }) =>
        (payload as { about: { first: { level: string }; second: { level: string } } }).about,
    )
    expect(comparisons).toHaveLength(16)
    const texts = found.attempts.map(({ level }) => new TextDecoder().decode(level))
    for (let i = 1; i < 5; i++)
      expect([comparisons[4 * (i - 1)].first.level, comparisons[4 * (i - 1)].second.level]).toEqual(
        [texts[i], texts[i - 1]],
      )
  })

  it('stops early without another verdict, for fewer calls', () => {
    const noisy = (earlyExit: boolean) => {
      const judge = (payload: unknown) => {
        const { first, second } = (payload as { about: Record<string, { response: string }> }).about
        return first.response > second.response ? '[[A]]' : '[[B]]'
      }
      return search(instead('judge', judge, { options: { earlyExit } }))
    }
    const [all, early] = [noisy(false), noisy(true)]
    expect(early.attempts.map(({ level }) => level)).toEqual(all.attempts.map(({ level }) => level))
    expect(verdicts(early)).toEqual(verdicts(all))
    const [most, fewer] = [asked(all, 'judge').length, asked(early, 'judge').length]
    expect(fewer).toBeLessThan(0.8 * most)
    expect(fewer).toBeGreaterThanOrEqual(most / 2)
  })

  it('comes to the same in whatever order answers arrive', () => {
    const inOrder = search(arithmetic())
    for (const shuffle of [1, 2]) {
      const random = stream(shuffle, 'arrival')
      const shuffled = search(arithmetic({ arrival: (open) => random.integer(Math.max(open, 1)) }))
      expect(shuffled.attempts).toEqual(inOrder.attempts)
      expect(shuffled.metrics).toEqual(inOrder.metrics)
    }
    expect(search(arithmetic({}, 2)).attempts).not.toEqual(inOrder.attempts)
  })

  it('asks a rewriting for a number again, twice at most, where the text misses its bin', () => {
    const found = search({
      ...over('qa'),
      ...{ seed: 3, batch: 8, cycles: 6 },
      services: ruleServices('qa', 3),
      options: { replace: 'oracle' },
    })
    const tries = asked(found, 'mutator').map(({ key }) => Number(key.split('/')[3]))
    expect(Math.max(...tries)).toBe(2)
    for (const { descriptor, prompt, cell } of found.attempts) {
      const length = [...prompt!.stages.at(-1)!].length
      expect(descriptor.length).toBe(length)
      expect(cell![2]).toBe(Math.min(Math.max(Math.floor((length - 24) / 7.2), 0), 9))
    }
  })
})

describe('the rule for questions', () => {
  const weak = [{ word: 'When' }]
  const qa = (more: Partial<World> = {}) =>
    search({
      ...over('qa'),
      ...{ seed: 5, batch: 8, cycles: 20 },
      services: ruleServices('qa', 5, { target: { weak } }),
      options: { replace: 'oracle' },
      ...more,
    })

  it('gives fitness 1 to a wrong answer, 0.1 to a right one in an empty cell, and discards the rest', () => {
    const { attempts } = qa()
    const attempted = attempts.filter(({ prompt }) => prompt!.response !== undefined)
    const standing = new Map<string, number>()
    const seen = new Set<string>()
    for (const { objective, prompt, cell, descriptor } of attempted) {
      const wrong = descriptor.word === 'When'
      expect(objective).toBe(wrong ? 1 : 0.1)
      const before = standing.get(cell!.join())
      const verdict = before === undefined ? 'first' : wrong && before < 1 ? 'replaced' : 'kept-out'
      expect(prompt!.verdict).toBe(verdict)
      seen.add(`${wrong} ${verdict}`)
      if (verdict !== 'kept-out') standing.set(cell!.join(), objective!)
    }
    expect([...seen].sort()).toEqual([
      'false first',
      'false kept-out',
      'true first',
      'true kept-out',
    ])
  })

  it('replaces a stepping stone by a failure', () => {
    let calls = 0
    const target = (payload: Json): string => {
      const text = (payload as unknown as { messages: { content: string }[] }).messages[0].content
      return calls++ < 60 ? domainOf('qa').answer(text)! : 'nobody knows'
    }
    const { attempts } = qa({ services: { ...ruleServices('qa', 5), target } })
    expect(attempts.map(({ prompt }) => prompt!.verdict)).toContain('replaced')
  })
})

describe('ablations', () => {
  it('by score stops once the scorer is saturated; by the judge it goes on', () => {
    const saturated = (replace: string) =>
      search({
        ...arithmetic({ cycles: 30, options: { replace } }),
        services: {
          ...arithmetic().services,
          scorer: () => '[[1]]',
          target: (payload) =>
            `${(payload as { messages: { content: string }[] }).messages[0].content.length}`,
          judge: (payload) => {
            const { first, second } = (payload as { about: Record<string, { response: string }> })
              .about
            return Number(first.response) > Number(second.response) ? '[[A]]' : '[[B]]'
          },
        },
      })
    const count = (replace: string) =>
      verdicts(saturated(replace)).filter((one) => one === 'replaced').length
    expect(count('score')).toBe(0)
    expect(count('judge')).toBeGreaterThan(10)
  })

  it('from scratch has no parents; in the same cell targets are the parents’ own', () => {
    const scratch = search(arithmetic({ options: { variation: 'from-scratch' } }))
    expect(
      scratch.attempts.every(
        ({ parents, operator }) => parents.length === 0 && operator === 'generate',
      ),
    ).toBe(true)
    const same = search(arithmetic({ options: { variation: 'same-cell', seeds: 8 } }))
    const cells = new Map(same.attempts.map(({ id, cell }) => [id, cell]))
    const bred = same.attempts.filter(({ parents }) => parents.length > 0)
    expect(bred.length).toBeGreaterThan(20)
    for (const { parents, prompt } of bred) expect(prompt!.target).toEqual(cells.get(parents[0]))
    const archive = search(arithmetic())
    for (const { parents, prompt } of archive.attempts)
      if (parents.length > 0) {
        const parent = archive.attempts.find(({ id }) => id === parents[0])!
        expect(prompt!.target).not.toEqual(parent.cell)
      }
  })
})
