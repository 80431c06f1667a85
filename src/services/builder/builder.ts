import { AgonError } from '../../core/errors.ts'
import { stream } from '../../core/random.ts'
import type { BuildingGame, LevelSpace } from '../../envs/contract.ts'
import type { EpisodicPpo } from '../../learners/index.ts'
import type { Answer, Ask, Service } from '../contract.ts'
import { readQuestion } from './questions.ts'

/** What a builder is made of. */
export interface BuilderParts<L> {
  readonly name: string
  readonly seed: number
  readonly learner: EpisodicPpo
  readonly game: BuildingGame<L>
  /** Of the game, and of what is built. */
  readonly starts: LevelSpace<unknown>
  readonly levels: LevelSpace<L>
}

/**
 * A policy that builds levels (PAIRED: Dennis et al. 2020): `{ build, count }` → `{ levels }`, base64 of canonical bytes, and
 * later `{ learn, regrets }` → `{ metrics }`. It plays the level-building game of the environment; the reward of an
 * episode's last step is the regret of its level, every other is 0. What is not learned from when the next levels are
 * built is forgotten.
 */
export function createBuilder<L>(of: BuilderParts<L>): Service {
  const { learner } = of
  // An answer that came too late is asked for again: it is the same one, and nothing is learned twice.
  let last: { readonly key: string; readonly answer: Promise<Answer> } | null = null
  let busy: Promise<unknown> = Promise.resolve()
  const inTurn = (request: Ask): Promise<Answer> => {
    const answer = busy.then(() => answerTo(of, request))
    busy = answer.catch(() => {})
    return answer
  }
  return {
    ask(request) {
      if (last?.key !== request.key) last = { key: request.key, answer: inTurn(request) }
      return last.answer
    },
    snapshot: () => learner.snapshot(),
    async restore(snapshot) {
      await busy
      last = null
      await learner.restore(snapshot)
    },
    lost: learner.lost,
    close: () => learner.close(),
  }
}

async function answerTo<L>(of: BuilderParts<L>, { payload }: Ask): Promise<Answer> {
  const asked = readQuestion(payload)
  return 'build' in asked
    ? build(of, asked.build, asked.count)
    : learn(of, asked.learn, asked.regrets)
}

async function build<L>(
  { name, seed, learner, game, starts, levels }: BuilderParts<L>,
  round: number,
  count: number,
): Promise<Answer> {
  const draw = stream(seed, `service/${name}`, round, 'starts')
  const begun = Array.from({ length: count }, () => starts.encode(starts.sample(draw)))
  const played = await learner.play(round, begun)
  const built = played.map((actions, i) => levels.encode(game.build(begun[i], actions)))
  return { payload: { levels: built.map((level) => Buffer.from(level).toString('base64')) } }
}

async function learn<L>(
  { learner }: BuilderParts<L>,
  round: number,
  regrets: readonly number[],
): Promise<Answer> {
  const { pending } = learner
  if (pending?.round !== round || pending.count !== regrets.length)
    throw new AgonError(
      'builder/order',
      `${regrets.length} regrets came for build ${round}, and ${pending === null ? 'nothing waits for any' : `build ${pending.round} waits for ${pending.count}`}`,
      { remedy: 'learn from each build once, before the next one, with a regret for each level' },
    )
  const { metrics } = await learner.learn(regrets)
  const mean = regrets.reduce((sum, regret) => sum + regret, 0) / regrets.length
  return { payload: { metrics: { return: mean, ...metrics } } }
}
