import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Cut } from '../../actors/roles/experiment-contract.ts'
import { AgonError, type ErrorRecord, toErrorRecord } from '../../core/errors.ts'
import { systemRemedy, withFile } from '../../core/system-errors.ts'
import { beginAgain } from '../begin-again.ts'
import { removeLeft, syncDirectory, writeSynced } from '../durable-file.ts'
import { decodeCut, encodeCut } from './cut-files.ts'

/** The cuts of a run: `<run>/cuts/<cycle>/`, written aside, synced, renamed. */
export interface CutStore {
  /** @returns the path of the complete cut */
  write(cut: Cut): string
  /**
   * The newest cut that is whole, or null where none was written yet. Damaged ones are told to `onDamaged`, and the
   * one before is tried.
   * @throws AgonError `cut/none-whole` where there are cuts and all are damaged or foreign: beginning again would throw
   * away what the run has
   */
  newest(onDamaged: (error: ErrorRecord) => void): Cut | null
  /** Cycles of the cuts on disk, oldest first. */
  cycles(): readonly number[]
}

const ASIDE = '.writing-'

/** @param check throws where the run is no longer this process's own */
export function openCutStore(
  run: string,
  keep: number,
  configSha256: string,
  check: () => void = () => {},
): CutStore {
  const root = join(run, 'cuts')
  const cycles = (): number[] =>
    existsSync(root)
      ? readdirSync(root)
          .filter((name) => /^\d+$/.test(name))
          .map(Number)
          .sort((a, b) => a - b)
      : []
  return {
    cycles,
    write(cut) {
      const aside = join(root, `${ASIDE}${cut.cycle}`)
      const path = join(root, String(cut.cycle))
      try {
        mkdirSync(root, { recursive: true })
        // Of a process that was killed while writing; the cycles of this one's cuts may be others.
        for (const left of readdirSync(root).filter((name) => name.startsWith(ASIDE)))
          rmSync(join(root, left), { recursive: true, force: true })
        mkdirSync(aside)
        for (const [name, bytes] of Object.entries(encodeCut(cut, configSha256)))
          writeSynced(join(aside, name), bytes)
      } catch (cause) {
        removeLeft(aside, true)
        throw new AgonError(
          'cut/write',
          `the cut of cycle ${cut.cycle} cannot be written: ${(cause as Error).message}`,
          {
            place: path,
            remedy: systemRemedy(cause) ?? 'free some space or lower cuts.keep',
            cause,
          },
        )
      }
      syncDirectory(aside)
      check()
      // The same cycle is written again only after going back, with the same content.
      rmSync(path, { recursive: true, force: true })
      renameSync(aside, path)
      syncDirectory(root)
      // A foreign or damaged cut of a later cycle takes no place of a good one.
      const own = cycles().filter((cycle) => cycle <= cut.cycle)
      for (const old of own.slice(0, -keep))
        rmSync(join(root, String(old)), { recursive: true, force: true })
      return path
    },
    newest(onDamaged) {
      const damaged: ErrorRecord[] = []
      for (const cycle of cycles().reverse()) {
        const place = `cuts/${cycle}`
        const read = (name: string): Uint8Array | null => {
          const path = join(root, String(cycle), name)
          return existsSync(path)
            ? new Uint8Array(withFile(`${place}/${name}`, () => readFileSync(path)))
            : null
        }
        try {
          return decodeCut(read, place, configSha256)
        } catch (error) {
          damaged.push(toErrorRecord(error))
          onDamaged(damaged[damaged.length - 1])
        }
      }
      if (damaged.length > 0) throw noneWhole(run, damaged)
      return null
    },
  }
}

function noneWhole(run: string, damaged: readonly ErrorRecord[]): AgonError {
  const [newest] = damaged
  const others = damaged.length === 1 ? '' : ', and none before it is whole'
  return new AgonError('cut/none-whole', `${newest.message}${others}`, {
    place: newest.place,
    remedy: beginAgain(run, 'a cut'),
    fields: { damaged },
  })
}
