import { AgonError } from '../core/errors.ts'
import { elementCount, type TypedArray, typedArray } from '../core/tensor.ts'
import type { FootballLevel } from '../envs/football/level.ts'
import { MOST_PLAYERS } from '../envs/football/level-space/defect.ts'
import type {
  Encoding,
  GameBatch,
  GameStepBuffers,
  NativeFootball,
} from '../envs/football/native/contract.ts'
import { ENCODINGS } from '../envs/football/native/encodings.ts'
import { RAW_ROW_WIDTH } from '../envs/football/observe/raw-row.ts'
import type { GameResult, MatchParts, MatchRequest, Seat } from './contract.ts'
import type { Crew } from './crews/contract.ts'
import { PolicyCrew } from './crews/policy-crew.ts'
import { idleCrew, outsideCrew, randomCrew } from './crews/rule-crew.ts'
import { GameLane } from './game-lane.ts'
import { profileOf } from './profiles.ts'
import { AgentsRecorder } from './record/agents-recorder.ts'
import { type Seating, seatedLevel, seatPlayers } from './seating.ts'

/**
 * Plays games with players in seats, many at once: whoever shares a policy acts in one batch.
 * @returns the games that ended, by index
 * @throws AgonError `play/seat`, `play/level`, `policy/*`, `level/invalid`, `football/*`
 */
export async function playMatches(
  football: NativeFootball,
  request: MatchRequest,
  parts: MatchParts,
): Promise<readonly GameResult[]> {
  const { policies } = parts
  const seating = seatPlayers(request.level(request.seed), request.teams, (name) =>
    Object.hasOwn(policies, name) ? profileOf(policies[name].card).outfieldOnly : false,
  )
  // As few as play the games in as many rounds: a lane without a game costs as much as one with.
  const rounds = Math.ceil(request.games / request.lanes)
  const lanes = Math.ceil(request.games / rounds)
  const crews = seating.crews.map(({ seat, agents }) => crewOf(seat, parts, lanes, agents.length))
  const { threads, device = 'cpu' } = request
  const batch = football.batch({ games: lanes, agents: seating.agents, threads, device })
  try {
    return await new Matches(batch, seating, crews, request, parts).play()
  } finally {
    batch.close()
  }
}

function crewOf(
  seat: Seat,
  { policies, outside = {} }: MatchParts,
  lanes: number,
  seats: number,
): Crew {
  if (seat.kind === 'idle') return idleCrew(lanes, seats)
  if (seat.kind === 'random') return randomCrew(lanes, seats)
  if (seat.kind === 'policy' && Object.hasOwn(policies, seat.name))
    return new PolicyCrew(seat.name, policies[seat.name], lanes, seats)
  if (seat.kind === 'outside' && Object.hasOwn(outside, seat.name))
    return outsideCrew(outside[seat.name], lanes, seats)
  throw new AgonError('play/seat', `nobody was given for the seat '${JSON.stringify(seat)}'`)
}

/** @throws AgonError `play/level` where a seated policy cannot see teams of these sizes */
function checkTeamSizes(
  { left, right }: FootballLevel,
  { crews }: Seating,
  { policies }: MatchParts,
): void {
  if (left.length === MOST_PLAYERS && right.length === MOST_PLAYERS) return
  for (const { seat } of crews)
    if (seat.kind === 'policy' && profileOf(policies[seat.name].card).elevenOnly)
      throw new AgonError(
        'play/level',
        `the policy sees eleven players a team, here are ${left.length} against ${right.length}`,
        { place: seat.name, remedy: 'play it eleven a side, as in 11_vs_11_stochastic' },
      )
}

class Matches {
  readonly #batch: GameBatch
  readonly #seating: Seating
  readonly #crews: readonly Crew[]
  readonly #request: MatchRequest
  readonly #parts: MatchParts
  readonly #lanes: (GameLane | undefined)[]
  readonly #agents: number
  readonly #actions: Int32Array
  readonly #out: GameStepBuffers
  /** `[games, agents, …shape]` by encoding: what any crew reads, and raw rows where games are recorded. */
  readonly #shown = new Map<Encoding, TypedArray>()
  readonly #watched = new Float64Array(RAW_ROW_WIDTH)
  readonly #results: GameResult[] = []
  #next = 0
  #steps = 0

  constructor(
    batch: GameBatch,
    seating: Seating,
    crews: readonly Crew[],
    request: MatchRequest,
    parts: MatchParts,
  ) {
    this.#batch = batch
    this.#seating = seating
    this.#crews = crews
    this.#request = request
    this.#parts = parts
    this.#agents = seating.places.length
    this.#lanes = new Array(batch.games).fill(undefined)
    const rows = batch.games * this.#agents
    this.#actions = new Int32Array(rows)
    this.#out = {
      scoring: new Float32Array(rows),
      checkpoints: new Float32Array(rows),
      terminated: new Uint8Array(batch.games),
      truncated: new Uint8Array(batch.games),
      score: new Int32Array(2 * batch.games),
    }
    for (const crew of crews) for (const name in crew.seen) this.#show(name as Encoding)
    if (request.record !== undefined) this.#show('raw')
  }

  async play(): Promise<readonly GameResult[]> {
    for (let lane = 0; lane < this.#lanes.length; lane++) this.#begin(lane)
    while (this.#lanes.some((lane) => lane !== undefined)) {
      if (this.#parts.stopped?.() === true) break
      await this.#step()
    }
    return this.#results.sort((a, b) => a.index - b.index)
  }

  #show(encoding: Encoding): void {
    const { dtype, shape } = ENCODINGS[encoding]
    const count = this.#batch.games * this.#agents * elementCount(shape)
    this.#shown.set(encoding, typedArray(dtype, count))
  }

  /** The next game, if there is one, in a lane that is free. */
  #begin(lane: number): void {
    const { games, seed, level, teams, record, dynamics } = this.#request
    if (this.#next === games) {
      this.#lanes[lane] = undefined
      return
    }
    const index = this.#next++
    const number = seed + index
    const seated: FootballLevel = seatedLevel(level(number), this.#seating, teams)
    checkTeamSizes(seated, this.#seating, this.#parts)
    const drawn = dynamics?.(number) ?? { seed: BigInt(number), episode: number }
    this.#batch.reset(lane, seated, drawn.seed, drawn.episode)
    for (const crew of this.#crews) crew.begin(lane, number)
    const recorder = record?.(index) === true ? new AgentsRecorder(this.#seating.agents) : undefined
    this.#lanes[lane] = new GameLane(index, number, recorder)
  }

  async #step(): Promise<void> {
    if (this.#agents > 0)
      for (const [encoding, rows] of this.#shown) this.#batch.observe(encoding, rows)
    await this.#act()
    for (let lane = 0; lane < this.#lanes.length; lane++) this.#takeDown(lane, true)
    await this.#batch.stepLater(this.#actions, this.#out)
    for (let lane = 0; lane < this.#lanes.length; lane++) {
      const game = this.#lanes[lane]
      if (game === undefined) continue
      this.#steps++
      game.count(this.#out.score[2 * lane], this.#out.score[2 * lane + 1])
      const end = this.#endOf(lane, game)
      if (end !== undefined) await this.#finish(lane, game, end)
    }
    this.#parts.onStep?.(this.#steps)
  }

  async #act(): Promise<void> {
    const acting = this.#crews.map((crew, i) => {
      for (const name in crew.seen)
        gather(this.#shown.get(name as Encoding)!, crew.seen[name], this.#places(i))
      return crew.act()
    })
    for (const [i, actions] of (await Promise.all(acting)).entries()) {
      const { agents, all } = this.#places(i)
      for (let row = 0; row < actions.length; row++) {
        const lane = Math.floor(row / agents.length)
        this.#actions[lane * all + agents[row % agents.length]] = actions[row]
      }
    }
  }

  #places(crew: number): Places {
    return { agents: this.#seating.crews[crew].agents, all: this.#agents, games: this.#batch.games }
  }

  #takeDown(lane: number, acts: boolean): void {
    const recorder = this.#lanes[lane]?.recorder
    if (recorder === undefined) return
    this.#batch.watch(lane, this.#watched)
    const own = <A extends Float64Array | Int32Array>(rows: A, width: number): A =>
      rows.subarray(lane * this.#agents * width, (lane + 1) * this.#agents * width) as A
    recorder.observe(this.#watched, own(this.#shown.get('raw') as Float64Array, RAW_ROW_WIDTH))
    if (acts) recorder.act(own(this.#actions, 1))
  }

  #endOf(lane: number, game: GameLane): GameResult['end'] | undefined {
    if (this.#out.terminated[lane] === 1) return 'level'
    if (this.#out.truncated[lane] === 1) return 'duration'
    return game.steps === this.#request.maxSteps ? 'cut' : undefined
  }

  async #finish(lane: number, game: GameLane, end: GameResult['end']): Promise<void> {
    if (game.recorder !== undefined) {
      if (this.#agents > 0) this.#batch.observe('raw', this.#shown.get('raw')!)
      this.#takeDown(lane, false)
    }
    const result = game.result(end)
    this.#results.push(result)
    await this.#parts.onGame?.(result, game.recorder?.recording())
    this.#begin(lane)
  }
}

/** Where a crew's agents stand among all. */
interface Places {
  readonly agents: readonly number[]
  readonly all: number
  readonly games: number
}

/** Rows `[games, agents of the crew, …]` out of `[games, all agents, …]`. */
function gather(from: TypedArray, into: TypedArray, { agents, all, games }: Places): void {
  if (agents.length === all) {
    into.set(from as never)
    return
  }
  const width = from.length / (games * all)
  let to = 0
  for (let game = 0; game < games; game++)
    for (const agent of agents) {
      const at = (game * all + agent) * width
      into.set(from.subarray(at, at + width) as never, to)
      to += width
    }
}
