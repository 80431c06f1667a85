import { basename, resolve } from 'node:path'
import { AgonError } from '../../core/errors.ts'
import { isPolicyAddress, parsePolicyAddress } from '../../inference/policy-address.ts'

/** A policy as a config writes it. */
export type WrittenPolicy = Readonly<Record<string, string | number>>

/** Whom a policy is measured against, by the name that the config gives it. */
export interface Reference {
  readonly name: string
  readonly policy: WrittenPolicy
}

/** The name of the policy that is tested. */
export const TARGET = 'target'

const WEAKENED = /^(.+)@(temperature|epsilon)=(.*)$/
/** Bots of three strengths share one rule, which a number names. */
const GRADED = 'builtin'

/**
 * The words of `--against`, joined by commas: `bot:0.95` or `bot:<name>`, `random`, a policy file, a `kserve://` address, `self`; a file
 * and `self` may be weakened by `@temperature=1.5` or `@epsilon=0.1`.
 * @param target the policy that is tested, which `self` stands for
 * @throws AgonError `usage/value`
 */
export function parseReferences(text: string, target: WrittenPolicy): readonly Reference[] {
  const taken = new Set<string>([TARGET])
  return text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')
    .map((word) => {
      const { name, policy } = parseReference(word, target)
      const own = freeName(name, taken)
      taken.add(own)
      return { name: own, policy }
    })
}

function parseReference(word: string, target: WrittenPolicy): Reference {
  const [, whole = word, how, amount = ''] = WEAKENED.exec(word) ?? []
  const strong = strongReference(whole, target)
  if (how === undefined) {
    if (whole !== 'self') return strong
    throw refused(word, 'self alone is what self-play is: weaken it, self@temperature=1.5')
  }
  if ('bot' in strong.policy || 'kserve' in strong.policy)
    throw refused(word, 'files and self can be weakened')
  const value = Number(amount)
  if (amount.trim() === '' || !(value >= 0) || !Number.isFinite(value))
    throw refused(word, `${how} is a number of at least 0`)
  return {
    name: `${strong.name}_${how}_${amount}`,
    policy: { ...strong.policy, [how]: value },
  }
}

function strongReference(word: string, target: WrittenPolicy): Reference {
  if (word === 'self') return { name: 'self', policy: target }
  if (word === 'random') return { name: 'random', policy: { bot: 'random' } }
  if (word.startsWith('bot:')) return bot(word, word.slice('bot:'.length))
  if (isPolicyAddress(word))
    return { name: parsePolicyAddress(word).model, policy: { kserve: word } }
  if (/\.onnx$/i.test(word))
    return { name: basename(word).replace(/\.onnx$/i, ''), policy: { file: resolve(word) } }
  throw refused(word, 'name a bot, a policy.onnx, a kserve:// address, random or self')
}

function bot(word: string, which: string): Reference {
  const difficulty = Number(which)
  if (which === '')
    throw refused(word, 'bot:0.95 is a bot by its difficulty, bot:<name> by its name')
  if (Number.isNaN(difficulty)) return { name: which, policy: { bot: which } }
  if (difficulty >= 0 && difficulty <= 1)
    return { name: `bot_${which}`, policy: { bot: GRADED, difficulty } }
  throw refused(word, 'a difficulty is from 0 to 1')
}

const refused = (word: string, why: string): AgonError =>
  new AgonError('usage/value', `--against takes no '${word}': ${why}`, {
    place: 'agon stress',
    remedy: 'see `agon help stress`',
  })

const LONGEST = 28

/** As configs name policies, each once. */
function freeName(wanted: string, taken: ReadonlySet<string>): string {
  const plain = wanted.replace(/[^A-Za-z0-9_-]+/g, '_').slice(0, LONGEST)
  const name = /^[A-Za-z]/.test(plain) ? plain : `p${plain}`
  if (!taken.has(name)) return name
  for (let n = 2; ; n++) if (!taken.has(`${name}_${n}`)) return `${name}_${n}`
}
