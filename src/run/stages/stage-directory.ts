import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { RunConfig } from '../contract.ts'
import { policyName } from '../cuts/cut-files.ts'
import { replaceFile } from '../durable-file.ts'
import { makeFolders } from '../make-folders.ts'
import type { RunDirectory } from '../run-directory.ts'
import { stageFolder, stagePolicyName } from './stage-files.ts'

/** The run directory as one stage writes it: its files in a folder of its own, its name in every line of the journal. */
export function stageDirectory(directory: RunDirectory, name: string): RunDirectory {
  const path = directory.file(stageFolder(name))
  makeFolders(path)
  return {
    ...directory,
    path,
    file: (file) => join(path, file),
    journal: (record) => directory.journal({ ...record, stage: name }),
  }
}

const ENDINGS = ['onnx', 'yaml'] as const
const NEWEST = ['gallery.json', 'evaluation.json'] as const

/**
 * Puts what the stage at hand has beside the files of the run, where people and programs look for the newest: its policies,
 * its gallery, its measurements. What an earlier stage had there and this one has not yet is taken away, but for
 * policies, since there is no newer one.
 */
export function publishStage(directory: RunDirectory, of: RunDirectory, config: RunConfig): void {
  directory.check()
  const slots = Object.keys(config.students)
  const policies = slots.map((slot) => policyName(slot, slots.length))
  for (const file of NEWEST) copy(of.file(file), directory.file(file), true)
  for (const name of policies)
    for (const ending of ENDINGS)
      copy(of.file(`${name}.${ending}`), directory.file(`${name}.${ending}`))
}

/** What a stage that is over leaves under its own name. */
export function leavePolicies(
  directory: RunDirectory,
  of: RunDirectory,
  name: string,
  config: RunConfig,
): void {
  directory.check()
  const slots = Object.keys(config.students)
  for (const slot of slots)
    for (const ending of ENDINGS)
      copy(
        of.file(`${policyName(slot, slots.length)}.${ending}`),
        directory.file(`${stagePolicyName(name, slot, slots.length)}.${ending}`),
      )
}

function copy(from: string, to: string, mirror = false): void {
  if (!existsSync(from)) {
    if (mirror) rmSync(to, { force: true })
    return
  }
  const bytes = readFileSync(from)
  if (!existsSync(to) || !bytes.equals(readFileSync(to))) replaceFile(to, bytes)
}
