import type { FootballLevel } from '../level.ts'
import { float32Text } from './float32-text.ts'
import { readNumbers, readWhole, type Word } from './words.ts'

type Header = Omit<FootballLevel, 'left' | 'right'>

/** A header line `key: words`. */
export interface Field {
  format(level: Header): string
  /** @throws AgonError `level/invalid` */
  read(words: readonly Word[], key: Word): Partial<Header>
}

const ENDS = {
  score: 'endEpisodeOnScore',
  outOfPlay: 'endEpisodeOnOutOfPlay',
  possessionChange: 'endEpisodeOnPossessionChange',
} as const

type Switch = 'useMagnet' | 'offsides' | 'controlAllPlayers' | 'mayOverlap'

const onOff = (on: boolean): string => (on ? 'on' : 'off')

const toggle = (name: Switch): Field => ({
  format: (level) => onOff(level[name]),
  read: (words, key) => ({ [name]: oneOf(words, key, ['on', 'off']) === 'on' }),
})

/** In the order in which they are written. */
export const FIELDS = {
  ball: {
    format: ({ ball }) => ball.map(float32Text).join(' '),
    read: (words, key) => {
      const [x, y] = readNumbers(words, key, ['x', 'y'])
      return { ball: [x, y] }
    },
  },
  difficulty: {
    format: ({ difficulty }) => difficulty.map(float32Text).join(' '),
    read: (words, key) => {
      const [left, right] = readNumbers(words, key, ['left', 'right'])
      return { difficulty: [left, right] }
    },
  },
  gameDuration: {
    format: ({ gameDuration }) => String(gameDuration),
    read: (words, key) => ({ gameDuration: readWhole(words, key) }),
  },
  secondHalf: {
    format: ({ secondHalf }) => (secondHalf === null ? 'never' : String(secondHalf)),
    read: (words, key) => ({
      secondHalf: words[0]?.text === 'never' ? null : readWhole(words, key),
    }),
  },
  endEpisodeOn: {
    format: (level) => {
      const ends = Object.entries(ENDS).filter(([, flag]) => level[flag])
      return ends.map(([name]) => name).join(' ') || 'never'
    },
    read: readEnds,
  },
  kickOff: {
    format: ({ kickOff }) => kickOff,
    read: (words, key) => ({ kickOff: oneOf(words, key, ['left', 'right', 'nearest'] as const) }),
  },
  offsides: toggle('offsides'),
  useMagnet: toggle('useMagnet'),
  controlAllPlayers: toggle('controlAllPlayers'),
  mayOverlap: toggle('mayOverlap'),
  reverseTeamProcessing: {
    format: ({ reverseTeamProcessing: by }) => (by === 'by-seed' ? by : onOff(by)),
    read: (words, key) => {
      const by = oneOf(words, key, ['on', 'off', 'by-seed'])
      return { reverseTeamProcessing: by === 'by-seed' ? by : by === 'on' }
    },
  },
} satisfies Readonly<Record<string, Field>>

function readEnds(words: readonly Word[], key: Word): Partial<Header> {
  const flags = {
    endEpisodeOnScore: false,
    endEpisodeOnOutOfPlay: false,
    endEpisodeOnPossessionChange: false,
  }
  if (words.length === 1 && words[0].text === 'never') return flags
  if (words.length === 0) throw key.invalid('says nothing', `write ${Object.keys(ENDS).join(' ')}`)
  for (const word of words) {
    const name = word.among(Object.keys(ENDS)) as keyof typeof ENDS
    if (flags[ENDS[name]]) throw word.invalid(`'${name}' is given twice`)
    flags[ENDS[name]] = true
  }
  return flags
}

function oneOf<T extends string>(words: readonly Word[], key: Word, allowed: readonly T[]): T {
  if (words.length !== 1)
    throw key.invalid(`has ${words.length} words`, `give one of ${allowed.join(', ')}`)
  return words[0].among(allowed)
}
