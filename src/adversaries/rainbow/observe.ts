import { AgonError } from '../../core/errors.ts'
import { fitnessOf, generationOf } from '../../inference/language/labels.ts'
import type { Outcome } from '../../learners/contract.ts'
import type { Answer } from '../../services/contract.ts'
import type { ObserveRequest, ReplyContext, Request, Step } from '../contract.ts'
import { flatCell } from '../grid/elite-grid.ts'
import { ballotOf } from './ballot.ts'
import { closeCycle } from './close-cycle.ts'
import type { Candidate, Pending, RainbowRecord } from './contract.ts'
import {
  answersQuestion,
  comparisonQuestion,
  oracleQuestion,
  type Side,
  scoringQuestion,
} from './questions.ts'
import type { RainbowSearch } from './search.ts'
import { candidateWins, isSettled, isValid, planVotes, type Vote } from './voting.ts'

type Random = ObserveRequest['random']

/** A cycle whose responses are there, being judged. */
interface Judging<L> {
  readonly search: RainbowSearch<L>
  readonly record: RainbowRecord
  readonly pending: Pending
  readonly random: Random
}

/** Fitness of the two outcomes of the rule for questions. */
const WRONG = 1
const STEPPING_STONE = 0.1

/** Takes the responses in, and asks for their fitness or for the oracle's answers. */
export function observeResponses<L>(
  search: RainbowSearch<L>,
  record: RainbowRecord,
  { cycle, outcomes, random }: ObserveRequest,
): Step<RainbowRecord> {
  const { pending } = record
  if (pending?.cycle !== cycle)
    throw new AgonError('adversary/out-of-order', `cycle ${cycle} has no candidates`, {
      remedy: 'observe each cycle once, after its propose',
    })
  const byTask = new Map(outcomes.map((one) => [`${one.slot} ${one.task}`, one]))
  const judging = { search, record, pending, random }
  const requests: Request[] = []
  pending.candidates.forEach((candidate, index) => {
    if (candidate.slot === null) return
    takeResponse(candidate, byTask.get(`${candidate.slot} ${candidate.task}`))
    requests.push(firstQuestion(judging, candidate, index))
  })
  return { record, requests }
}

function takeResponse(candidate: Candidate, outcome: Outcome | undefined): void {
  const { response, reference } = outcome?.artefacts ?? {}
  if (response === undefined)
    throw new AgonError(
      'adversary/artefact',
      `task ${candidate.task} came back without the artefact 'response'`,
      { remedy: 'take the student prompted, or one that gives what the model answered' },
    )
  candidate.response = response
  candidate.reference = reference ?? null
}

function firstQuestion<L>(
  { search, pending, random }: Judging<L>,
  candidate: Candidate,
  index: number,
): Request {
  const { options, wording } = search
  const side = sideOf(search, candidate)
  const oracle = options.replace === 'oracle'
  const key = `${oracle ? 'oracle' : 'score'}/${candidate.serial}`
  pending.open.set(key, index)
  const seed = random(oracle ? 'oracle' : 'scorer', candidate.serial).uint32()
  return oracle
    ? { service: options.oracle, key, payload: oracleQuestion(wording(), side, seed) }
    : { service: options.scorer, key, payload: scoringQuestion(wording(), side, seed) }
}

function sideOf<L>(
  { context, prompts }: RainbowSearch<L>,
  { level: bytes, response, reference }: Pick<Candidate, 'level' | 'response' | 'reference'>,
): Side {
  const level = context.levels.decode(bytes)
  return {
    ...{ level: context.levels.format(level), prompt: prompts.text(level), response },
    ...(reference === null ? {} : { reference }),
  }
}

/** A fitness, an oracle's answer, or a vote. */
export function hearJudgement<L>(
  search: RainbowSearch<L>,
  record: RainbowRecord,
  key: string,
  answer: Answer,
  { random }: ReplyContext,
): Step<RainbowRecord> {
  const pending = record.pending!
  const judging: Judging<L> = { search, record, pending, random }
  const candidate = pending.candidates[pending.open.get(key)!]
  pending.open.delete(key)
  const generation = generationOf(answer.payload)
  if (key.startsWith('score/')) {
    candidate.fitness = generation === null ? null : fitnessOf(generation)
    if (candidate.fitness === null) candidate.verdict = 'invalid'
  } else if (key.startsWith('oracle/')) candidate.oracle = generation?.text.trim() ?? ''
  else {
    const sample = Number(key.slice(key.lastIndexOf('/') + 1))
    const place = candidate.votes.findIndex((vote) => vote.sample === sample)
    candidate.votes[place] = {
      ...candidate.votes[place],
      ballot: generation === null ? null : ballotOf(generation),
    }
    candidate.waiting -= 1
    return goOn(judging)
  }
  // Nobody is compared before all of the batch have their fitness: who stands where follows from serials alone.
  return pending.open.size > 0 ? { record } : goOn(judging)
}

/** Decides what can be decided, asks for the votes that are next, and closes the cycle once all is decided. */
function goOn<L>(judging: Judging<L>): Step<RainbowRecord> {
  const { search, record, pending } = judging
  const requests = search.options.replace === 'oracle' ? byOracle(judging) : byCell(judging)
  if (requests.length > 0 || pending.open.size > 0) return { record, requests }
  return closeCycle(search, record, pending)
}

/** The judge compares each answer with the oracle's; cells are filled afterwards, in the order of serials. */
function byOracle<L>(judging: Judging<L>): Request[] {
  const { pending, search, record } = judging
  const undecided = pending.candidates.filter(({ verdict }) => verdict === null)
  const requests = undecided.flatMap((candidate) =>
    candidate.oracle === '' ? [] : nextVotes(judging, candidate),
  )
  if (requests.length > 0 || undecided.some(({ waiting }) => waiting > 0)) return requests
  const fitness = new Map<number, number>()
  for (const candidate of undecided) {
    const wrong = candidate.oracle !== '' && candidateWins(candidate.votes, search.options)
    candidate.fitness = wrong ? WRONG : STEPPING_STONE
    const cell = cellIn(record, candidate)
    const before = fitness.get(cell) ?? record.grid.objectives[cell]
    const empty = before === Number.NEGATIVE_INFINITY
    const takes = wrong && (before < WRONG || search.options.replaceEqual)
    candidate.verdict = empty ? 'first' : takes ? 'replaced' : 'kept-out'
    if (candidate.verdict !== 'kept-out') fitness.set(cell, candidate.fitness)
  }
  return []
}

const cellIn = ({ grid }: RainbowRecord, { cell }: Candidate): number =>
  cell === null ? -1 : flatCell(grid, cell)

/** Cells do not depend on each other; within one, each candidate meets who stands there once those before it are decided. */
function byCell<L>(judging: Judging<L>): Request[] {
  const { pending, record } = judging
  const cells = new Map<number, Candidate[]>()
  for (const candidate of pending.candidates) {
    if (candidate.slot === null) continue
    const cell = cellIn(record, candidate)
    cells.set(cell, [...(cells.get(cell) ?? []), candidate])
  }
  return [...cells].flatMap(([cell, candidates]) => inCell(judging, cell, candidates))
}

function inCell<L>(judging: Judging<L>, cell: number, candidates: readonly Candidate[]): Request[] {
  const { record, search } = judging
  let standing: Candidate | null = null
  for (const candidate of candidates) {
    if (candidate.verdict === null) {
      const empty = standing === null && record.grid.elites[cell] === undefined
      if (empty) candidate.verdict = 'first'
      else if (search.options.replace === 'score') {
        const before = standing === null ? record.grid.objectives[cell] : standing.fitness!
        candidate.verdict = candidate.fitness! > before ? 'replaced' : 'kept-out'
      } else {
        const requests = nextVotes(judging, candidate, incumbentOf(judging, cell, standing))
        if (requests.length > 0 || candidate.waiting > 0) return requests
        candidate.verdict = candidateWins(candidate.votes, search.options) ? 'replaced' : 'kept-out'
      }
    }
    if (candidate.verdict === 'first' || candidate.verdict === 'replaced') standing = candidate
  }
  return []
}

function incumbentOf<L>(
  { search, record }: Judging<L>,
  cell: number,
  standing: Candidate | null,
): Side {
  if (standing !== null) return sideOf(search, standing)
  const { response, reference = null } = record.holders.get(cell)!
  return sideOf(search, { level: record.grid.elites[cell]!.level, response, reference })
}

/** The votes to be asked now: all of them, or the next one; those without a label once more where too few count. */
function nextVotes<L>(judging: Judging<L>, candidate: Candidate, incumbent?: Side): Request[] {
  const { options } = judging.search
  if (candidate.waiting > 0) return []
  const plan = planVotes(options)
  const cast = candidate.votes.length
  if (!candidate.retried && cast < plan.length && !isSettled(candidate.votes, options))
    return ask(
      judging,
      candidate,
      plan.slice(cast, options.earlyExit ? cast + 1 : undefined),
      incumbent,
    )
  if (!options.askAgain) return []
  if (candidate.retried || isValid(candidate.votes, options) || cast < plan.length) return []
  candidate.retried = true
  const again = candidate.votes
    .filter(({ ballot }) => ballot === null)
    .map((vote): Vote => ({ ...vote, sample: vote.sample + options.votes }))
  return ask(judging, candidate, again, incumbent)
}

function ask<L>(
  { search, pending, random }: Judging<L>,
  candidate: Candidate,
  votes: readonly Vote[],
  incumbent: Side | undefined,
): Request[] {
  const { options, wording } = search
  const index = pending.candidates.indexOf(candidate)
  const own = sideOf(search, candidate)
  candidate.waiting += votes.length
  candidate.votes.push(...votes.map((vote) => ({ ...vote, ballot: null })))
  return votes.map(({ sample, candidateFirst }) => {
    const key = `judge/${candidate.serial}/${sample}`
    pending.open.set(key, index)
    const drawn = { sample, seed: random('judge', candidate.serial, sample).uint32() }
    const payload =
      incumbent === undefined
        ? answersQuestion(
            wording(),
            options.judgeSampling,
            own,
            candidateFirst ? [own.response, candidate.oracle!] : [candidate.oracle!, own.response],
            drawn,
          )
        : comparisonQuestion(
            wording(),
            options,
            candidateFirst ? own : incumbent,
            candidateFirst ? incumbent : own,
            drawn,
          )
    return { service: options.judge, key, payload }
  })
}
