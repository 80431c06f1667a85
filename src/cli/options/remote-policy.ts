import { readFile } from 'node:fs/promises'
import { AgonError } from '../../core/errors.ts'
import { parseCard, parsePolicyAddress, type RemotePolicyRef } from '../../inference/index.ts'
import { describeRemotePolicy } from '../../inference/remote/index.ts'
import { resolveTarget } from '../../wire/index.ts'
import type { RemotePolicyHints } from './remote-policy-hints.ts'

/** @throws AgonError `usage/address`, `policy/*`, `wire/*`, `inference/unknown` */
export async function findRemotePolicy(
  address: string,
  { tokenFile, authority, card }: RemotePolicyHints,
): Promise<RemotePolicyRef> {
  const { target, model, version } = parsePolicyAddress(address)
  const endpoint = resolveTarget(target, {
    ...(tokenFile === undefined ? {} : { tokenFile }),
    ...(authority === undefined ? {} : { authority }),
    env: process.env,
  })
  return await describeRemotePolicy(endpoint, model, {
    ...(version === undefined ? {} : { version }),
    ...(card === undefined ? {} : { card: parseCard(await readCard(card), card) }),
  })
}

async function readCard(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    throw new AgonError(
      'policy/card-missing',
      `the card cannot be read: ${(cause as Error).message}`,
      {
        place: path,
        cause,
      },
    )
  }
}
