import type { agon } from 'agon/wire'

export type Call = 'open' | 'reset' | 'act' | 'save' | 'load'

/** What is changed of honest answers. */
export interface Lie {
  readonly describe?: (told: agon.v1.EnvironmentDescription) => void
  readonly step?: (call: Call, reply: agon.v1.StepReply) => void
  readonly levels?: (method: string, answer: agon.v1.Levels & agon.v1.LevelDescriptions) => void
  /** This call is never answered. */
  readonly silent?: Call
}

/** A lie, and how it is to be refused. */
export interface Told {
  readonly lie: Lie
  readonly code: string
  readonly says: RegExp
}

const answered = (says: RegExp, lie: Lie): Told => ({ lie, code: 'environment/answer', says })
const described = (says: RegExp, describe: Lie['describe']): Told => ({
  lie: { describe },
  code: 'environment/description',
  says,
})
const on =
  (wanted: Call, change: (reply: agon.v1.StepReply) => void): Lie['step'] =>
  (call, reply) => {
    if (call === wanted) change(reply)
  }
const tensorOn = (wanted: Call, change: (tensor: agon.v1.Tensor) => void): Lie => ({
  step: on(wanted, ({ observations }) => {
    const image = observations.find(({ name }) => name === 'image')
    if (image?.tensor != null) change(image.tensor as agon.v1.Tensor)
  }),
})
const levelsOf = (
  wanted: string,
  change: (answer: agon.v1.Levels & agon.v1.LevelDescriptions) => void,
): Lie => ({
  levels: (method, answer) => {
    if (method === wanted) change(answer)
  },
})
const nan = (): Uint8Array => new Uint8Array(Float32Array.of(Number.NaN, 0).buffer)

/** Of a maze of two slots, whose observations are `direction` and `image`. */
export const LIES: Readonly<Record<string, Told>> = {
  'no rows': answered(/open wrongly: expected 2 rows, found 0/, {
    step: on('open', (reply) => {
      reply.rows = 0
    }),
  }),
  'rows beyond number': answered(/open wrongly: expected 2 rows, found 1000000000/, {
    step: on('open', (reply) => {
      reply.rows = 1e9
    }),
  }),
  'a transposed shape': answered(
    /act wrongly: expected 'image' of uint8 \[2,5,5,3\], found uint8 \[3,5,5,2\]/,
    tensorOn('act', (tensor) => {
      tensor.shape = [...tensor.shape].reverse()
    }),
  ),
  'an absurd shape': answered(
    /act wrongly: expected .*\[2,5,5,3\], found uint8 \[1000000,5,5,3\]/,
    tensorOn('act', (tensor) => {
      tensor.shape = [1e6, ...tensor.shape.slice(1)]
    }),
  ),
  'another element type': answered(
    /act wrongly: expected 'image' of uint8 .*, found element type 6/,
    tensorOn('act', (tensor) => {
      tensor.dtype = 6
    }),
  ),
  'no element type': answered(
    /act wrongly: expected 'image' of uint8 .*, found element type 0/,
    tensorOn('act', (tensor) => {
      tensor.dtype = 0
    }),
  ),
  'another element type of a reset': answered(
    /reset wrongly: expected 'image' of uint8/,
    tensorOn('reset', (tensor) => {
      tensor.dtype = 6
    }),
  ),
  'a shape without rows of a load': answered(
    /load wrongly: expected 'image' of uint8 \[1,5,5,3\]/,
    tensorOn('load', (tensor) => {
      tensor.shape = tensor.shape.slice(1)
    }),
  ),
  'an observation twice': answered(/act wrongly: expected each observation once, found two of/, {
    step: on('act', ({ observations }) => {
      observations[0] = observations[1]
    }),
  }),
  'an observation too few': answered(/act wrongly: expected the observations/, {
    step: on('act', ({ observations }) => {
      observations.length = 1
    }),
  }),
  'terminated and truncated at once': answered(
    /act wrongly: expected terminated and truncated of slot 1 \(row 1\) .*, found 1 and 1/,
    {
      step: on('act', (reply) => {
        reply.terminated = Uint8Array.of(0, 1)
        reply.truncated = Uint8Array.of(0, 1)
      }),
    },
  ),
  'a cut without what was seen last': answered(
    /act wrongly: expected 2 finals for 1 rows that were cut, found 0/,
    {
      step: on('act', (reply) => {
        reply.terminated = Uint8Array.of(0, 0)
        reply.truncated = Uint8Array.of(0, 1)
      }),
    },
  ),
  'what was seen last of too many rows': answered(
    /act \(finals\) wrongly: expected 'image' of uint8 \[1,5,5,3\], found uint8 \[2,5,5,3\]/,
    {
      step: on('act', (reply) => {
        reply.terminated = Uint8Array.of(0, 0)
        reply.truncated = Uint8Array.of(0, 1)
        reply.finals = reply.observations
      }),
    },
  ),
  'what was seen last where nothing was cut': answered(
    /act wrongly: expected 0 finals for 0 rows that were cut, found 2/,
    {
      step: on('act', (reply) => {
        reply.finals = reply.observations
      }),
    },
  ),
  'flag 7': answered(/act wrongly: expected terminated .* slot 0 .*, found 7 and 0/, {
    step: on('act', (reply) => {
      reply.terminated = Uint8Array.of(7, 0)
    }),
  }),
  'a reward that is no number': answered(/act wrongly: expected a finite reward of slot 0/, {
    step: on('act', (reply) => {
      reply.rewards = nan()
    }),
  }),
  'a reward too few': answered(/act wrongly: expected 8 bytes of rewards, found 4/, {
    step: on('act', (reply) => {
      reply.rewards = reply.rewards.slice(4)
    }),
  }),
  'a slot that is not there began': answered(/act wrongly: expected slots from 0 to 1 .*slot 999/, {
    step: on('act', (reply) => {
      reply.began = [999]
      reply.maxSteps = [6]
    }),
  }),
  'a slot began before its end': answered(/act wrongly: .*slot 0, whose episode goes on/, {
    step: on('act', (reply) => {
      reply.began = [0]
      reply.maxSteps = [6]
    }),
  }),
  'a slot began twice': answered(/act wrongly: .* once, found slot 0 twice/, {
    step: on('act', (reply) => {
      if (reply.began.length === 0) return
      reply.began = [0, 0]
      reply.maxSteps = [6, 6]
    }),
  }),
  'a next level without a limit': answered(/act wrongly: expected a step limit of slot 0/, {
    step: on('act', (reply) => {
      reply.maxSteps = reply.maxSteps.map(() => 0)
    }),
  }),
  'a step limit of 0': answered(/reset wrongly: expected a step limit of slot 0 .*, found 0/, {
    step: on('reset', (reply) => {
      reply.maxSteps = reply.maxSteps.map(() => 0)
    }),
  }),
  'a step limit beyond number': answered(/reset wrongly: .* slot 0 .*, found 4294967295/, {
    step: on('reset', (reply) => {
      reply.maxSteps = reply.maxSteps.map(() => 2 ** 32 - 1)
    }),
  }),
  'a step limit too few': answered(/reset wrongly: expected step limits of 2 slots, found 1/, {
    step: on('reset', (reply) => {
      reply.maxSteps = reply.maxSteps.slice(1)
    }),
  }),
  'no state': answered(/save wrongly: expected the state of slot 0, found none/, {
    step: on('save', (reply) => {
      reply.state = new Uint8Array(0)
    }),
  }),
  'two levels for one': answered(
    /sampleLevels wrongly: expected one level, found 2/,
    levelsOf('sampleLevels', (answer) => {
      answer.levels = [...answer.levels, ...answer.levels]
    }),
  ),
  'half a stream': answered(
    /sampleLevels wrongly: expected the state of a stream, or none, found \[1,2\]/,
    levelsOf('sampleLevels', (answer) => {
      answer.streamState = [1, 2]
    }),
  ),
  'an operator with escapes': answered(
    /mutateLevels wrongly: expected an operator of printable/,
    levelsOf('mutateLevels', (answer) => {
      answer.operators = ['\x1b[31medit']
    }),
  ),
  'a level without key': answered(
    /describeLevels wrongly: expected a key of the level, found none/,
    levelsOf('describeLevels', (answer) => {
      for (const one of answer.levels as unknown as agon.v1.LevelDescription[]) one.key = ''
    }),
  ),
  'a feature that is no number': answered(
    /describeLevels wrongly: expected a finite feature 'n_walls', found NaN/,
    levelsOf('describeLevels', (answer) => {
      for (const one of answer.levels as unknown as agon.v1.LevelDescription[])
        one.features = { n_walls: Number.NaN }
    }),
  ),
  'features without number': answered(
    /describeLevels wrongly: expected at most 1000 features, found 1001/,
    levelsOf('describeLevels', (answer) => {
      const many = Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`f${i}`, i]))
      for (const one of answer.levels as unknown as agon.v1.LevelDescription[]) one.features = many
    }),
  ),
  'silence in a step': {
    lie: { silent: 'act' },
    code: 'environment/lost',
    says: /no answer came within 1 s/,
  },
  'agents without number': described(/has 2147483648 agents, at most/, (told) => {
    told.agents = 2 ** 31
  }),
  'actions without number': described(/has 2147483648 actions, at most/, (told) => {
    told.actions = { count: 2 ** 31, names: [] } as never
  }),
  'an observation larger than a message': described(/has observations of \d+ bytes/, (told) => {
    told.observations.image.shape = [1e9]
  }),
  'an observation named as what objects come from': described(/'?an observation/, (told) => {
    told.observationOrder = []
    Object.defineProperty(told.observations, '__proto__', {
      value: { ...told.observations.image },
      enumerable: true,
    })
  }),
  'an order of observations without one of them': described(
    /does not name each of them/,
    (told) => {
      told.observationOrder = ['direction']
    },
  ),
  'an id with escapes': described(/has an id or a profile that is no name/, (told) => {
    told.id = 'maze\x1b[31m'
  }),
  'two suites of one name': described(/has two suites/, (told) => {
    told.suites = [told.suites[0], told.suites[0]]
  }),
  'bounds the wrong way round': described(/has returns from 5 to -5/, (told) => {
    told.returnLow = 5
    told.returnHigh = -5
  }),
}
