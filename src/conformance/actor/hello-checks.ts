import { PROTOCOL_VERSION } from '../../actors/transport/grpc/versions.ts'
import { must } from '../../envs/remote/conformance/check.ts'
import { NotReached } from '../not-reached.ts'
import type { ActorCheck } from './part.ts'
import { SPEAKS_FIRST } from './stage.ts'

const LONGEST_NAME = 200

/** The statistics of EpisodeSummary, as a Ready names them: by their fields, or by the JSON names of these. */
const STATISTICS = [
  ...['return', 'length', 'discounted_return', 'value0', 'sum_value', 'sum_advantage'],
  ...['sum_abs_advantage', 'sum_positive_advantage', 'sum_abs_td_error', 'trained_steps'],
  ...['sum_entropy', 'sum_least_confidence', 'sum_min_margin', 'sum_value_deviation'],
]

/** `sumValue` for `sum_value`: how generated code of protobuf names the field. */
export const jsonName = (field: string): string =>
  field.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())

const isStatistic = (name: string): boolean =>
  STATISTICS.some((field) => field === name || jsonName(field) === name)

export const helloChecks: readonly ActorCheck[] = [
  {
    name: 'hello: comes first, with a role, a version and no session',
    async run(stage) {
      await stage.open()
      const { hello } = stage.facts
      if (hello === null) throw new NotReached('no hello came')
      const { versions, name } = hello.message
      must(
        versions.includes(PROTOCOL_VERSION),
        SPEAKS_FIRST,
        `versions with ${PROTOCOL_VERSION}`,
        versions,
      )
      const short = name.length <= LONGEST_NAME
      must(short, SPEAKS_FIRST, `a name of at most ${LONGEST_NAME} characters`, name.length)
      must(hello.sequence === 0, SPEAKS_FIRST, 'sequence = 0', hello.sequence)
    },
  },
  {
    name: 'ready: the first role message, with statistics that the contract names',
    async run(stage) {
      await stage.talk()
      const { ready } = stage.facts
      if (ready === null) throw new NotReached('it never got ready')
      const unknown = [...ready.offers, ...ready.needs].filter((name) => !isStatistic(name))
      must(unknown.length === 0, 'WELCOME', `names among ${STATISTICS.join(', ')}`, unknown)
    },
  },
]
