import { existsSync } from 'node:fs'
import type { RunConfig } from '../run/contract.ts'
import { readRendezvous } from '../wire/rendezvous.ts'

/** Which way the steps of a hosted environment go, a sentence; none for one of this process. */
export function stepWay({
  id,
  options,
}: Pick<RunConfig['env'], 'id' | 'options'>): readonly string[] {
  const { address } = options as { readonly address?: unknown }
  if (id !== 'remote' || typeof address !== 'string') return []
  return [`the environment is hosted: its steps go over ${isNear(address) ? 'pipes' : 'gRPC'}`]
}

/** Whether the rendezvous file names a socket of this machine. What is wrong with the file is found where it is dialled. */
function isNear(address: string): boolean {
  try {
    const { socket } = readRendezvous(address)
    return socket !== undefined && existsSync(socket)
  } catch {
    return false
  }
}
