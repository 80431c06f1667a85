import { suggestion } from '../../../core/nearest.ts'
import { type FootballLevel, type LevelPlayer, ROLES, type Role } from '../level.ts'
import { MOST_PLAYERS, type Side } from '../level-space/defect.ts'
import { LEVEL_DEFAULTS } from '../level-space/level-defaults.ts'
import { CONFIG_FIELDS, type Draft, flagOf } from './config-fields.ts'
import {
  evaluate,
  numberOf,
  type Scope,
  shown,
  truthOf,
  type Value,
} from './evaluate-expression.ts'
import { type Place, scenarioError } from './place.ts'
import type { Arguments, Expression, ScenarioFile, Statement } from './syntax.ts'

type Call = Extract<Expression, { kind: 'call' }>

/** What the reference gives a team for which a scenario names nobody. */
const LONE_KEEPER: LevelPlayer = {
  role: 'GK',
  x: -1,
  y: Math.fround(0.42),
  lazy: true,
  controllable: true,
}

export interface BuiltScenario {
  readonly level: FootballLevel
  /** Where each player was added, by `left 2`. */
  readonly places: ReadonlyMap<string, Place>
  readonly notes: ReadonlySet<string>
}

/**
 * What a scenario says of one episode.
 * @throws AgonError `level/scenario` with line and column
 */
export function buildScenario(file: ScenarioFile, episode: number): BuiltScenario {
  const builder = new ScenarioBuilder(file.builder, episode)
  builder.run(file.statements)
  return builder.built()
}

class ScenarioBuilder implements Scope {
  readonly #builder: string
  readonly #episode: number
  readonly #names = new Map<string, Value>()
  readonly #teams: Record<Side, LevelPlayer[]> = { left: [], right: [] }
  readonly #places = new Map<string, Place>()
  readonly #draft: Draft = {
    header: {},
    difficulty: [...LEVEL_DEFAULTS.difficulty],
    notes: new Set(),
  }
  #side: Side = 'left'

  constructor(builder: string, episode: number) {
    this.#builder = builder
    this.#episode = episode
  }

  run(statements: readonly Statement[]): void {
    for (const statement of statements) this.#do(statement)
  }

  built(): BuiltScenario {
    const { header, difficulty, notes } = this.#draft
    const { left, right } = this.#teams
    const level: FootballLevel = {
      ...LEVEL_DEFAULTS,
      ...header,
      difficulty,
      left: left.length === 0 ? [LONE_KEEPER] : left,
      right: right.length === 0 ? [LONE_KEEPER] : right,
    }
    const { secondHalf, gameDuration } = level
    // As in the reference: a half that begins when the game is over never does.
    const never = secondHalf !== null && secondHalf >= gameDuration
    return { level: never ? { ...level, secondHalf: null } : level, places: this.#places, notes }
  }

  value(path: readonly string[]): Value | undefined {
    return path.length === 1 ? this.#names.get(path[0]) : undefined
  }

  call(call: Call): Value {
    const { path } = call
    if (path.length !== 2 || path[0] !== this.#builder)
      throw scenarioError(`what ${path.join('.')}() does is not known`, call)
    const [, method] = path
    if (method === 'EpisodeNumber') return this.#episode
    const work = this.#methods[method]
    if (work === undefined)
      throw scenarioError(
        `the builder's ${method}() is not read`,
        call,
        suggestion(method, [...Object.keys(this.#methods), 'EpisodeNumber']),
      )
    work(call)
    return null
  }

  readonly #methods: Readonly<Record<string, (call: Call) => void>> = {
    SetBallPosition: (call) => {
      const { ball_x, ball_y } = this.#arguments(call, ['ball_x', 'ball_y'], 2)
      const ball = [ball_x, ball_y].map((value) => Math.fround(numberOf(value, call)) + 0)
      this.#draft.header = { ...this.#draft.header, ball: [ball[0], ball[1]] }
    },
    SetTeam: (call) => {
      const { team } = this.#arguments(call, ['team'], 1)
      if (typeof team !== 'object' || team === null || !('team' in team))
        throw scenarioError(`${shown(team)} is no team`, call, 'write Team.e_Left or Team.e_Right')
      this.#side = team.team
    },
    AddPlayer: (call) => this.#addPlayer(call),
  }

  #addPlayer(call: Call): void {
    const team = this.#teams[this.#side]
    const given = this.#arguments(call, ['x', 'y', 'role', 'lazy', 'controllable'], 3)
    const { role } = given
    if (typeof role !== 'object' || role === null || !('role' in role) || !isRole(role.role))
      throw scenarioError(
        `${shown(role)} is none of the roles ${ROLES.map((one) => `e_PlayerRole_${one}`).join(', ')}`,
        call,
      )
    if (team.length === MOST_PLAYERS)
      throw scenarioError(`a team has at most ${MOST_PLAYERS} players`, call)
    this.#places.set(`${this.#side} ${team.length}`, call)
    team.push({
      x: Math.fround(numberOf(given.x, call)) + 0,
      y: Math.fround(numberOf(given.y, call)) + 0,
      role: role.role,
      lazy: given.lazy === undefined ? false : flagOf(given.lazy, call),
      controllable: given.controllable === undefined ? true : flagOf(given.controllable, call),
    })
  }

  /** By name, however they were given; the first `needed` have no default. */
  #arguments(call: Call, names: readonly string[], needed: number): Record<string, Value> {
    const { positional, named }: Arguments = call.arguments
    const method = call.path[1]
    if (positional.length > names.length)
      throw scenarioError(`${method}() takes ${names.join(', ')}`, positional[names.length])
    const given: Record<string, Value> = {}
    for (const [index, value] of positional.entries()) given[names[index]] = evaluate(value, this)
    for (const [name, value] of named) {
      if (!names.includes(name) || name in given)
        throw scenarioError(`${method}() takes ${names.join(', ')}, each once`, value)
      given[name] = evaluate(value, this)
    }
    const missing = names.slice(0, needed).find((name) => !(name in given))
    if (missing !== undefined) throw scenarioError(`${method}() lacks ${missing}`, call)
    return given
  }

  #do(statement: Statement): void {
    switch (statement.kind) {
      case 'call':
        this.call(statement.call)
        return
      case 'assign':
        this.#names.set(statement.name, evaluate(statement.value, this))
        return
      case 'configure': {
        const { field, value } = statement
        const set = Object.hasOwn(CONFIG_FIELDS, field) ? CONFIG_FIELDS[field] : undefined
        if (set === undefined)
          throw scenarioError(
            `the config's ${field} is not known`,
            statement,
            suggestion(field, Object.keys(CONFIG_FIELDS)),
          )
        set(this.#draft, evaluate(value, this), value)
        return
      }
      case 'if': {
        const { condition, then, otherwise } = statement
        this.run(truthOf(evaluate(condition, this), condition) ? then : otherwise)
      }
    }
  }
}

const isRole = (role: string): role is Role => ROLES.includes(role as Role)
