import { AgonError } from '../../core/errors.ts'
import { nearest } from '../../core/nearest.ts'
import { checkGraph, openSession, type PolicyFile } from '../../inference/index.ts'
import { RELEASES, type Release } from './releases.ts'

/**
 * Gives the network of a release its card; the bytes stay as they are.
 * @param release one of `RELEASES`; found by the graph's inputs and outputs where it is left out
 * @throws AgonError `policy/release`, `policy/graph`, those of `openSession`
 */
export async function importPolicy(onnx: Uint8Array, release?: string): Promise<PolicyFile> {
  const named = release === undefined ? undefined : releaseNamed(release)
  const session = await openSession(onnx, { name: 'policy' })
  try {
    if (named !== undefined) checkGraph(named.card, session)
    const found = named ?? RELEASES.find(({ card }) => fits(() => checkGraph(card, session)))
    if (found !== undefined) return { onnx, card: found.card }
    throw new AgonError(
      'policy/release',
      `the graph is none that Agon knows by itself: ${RELEASES.map(({ name, about }) => `${name} (${about})`).join('; ')}`,
      { remedy: 'write its card by hand: docs/policies.md, “Policies made elsewhere”' },
    )
  } finally {
    await session.release()
  }
}

function releaseNamed(name: string): Release {
  const found = RELEASES.find((release) => release.name === name)
  if (found !== undefined) return found
  const names = RELEASES.map((release) => release.name)
  const near = nearest(name, names)
  throw new AgonError(
    'policy/release',
    `there is no release '${name}'; known: ${names.join(', ')}`,
    {
      fields: near === undefined ? {} : { nearest: near },
    },
  )
}

function fits(check: () => void): boolean {
  try {
    check()
    return true
  } catch {
    return false
  }
}
