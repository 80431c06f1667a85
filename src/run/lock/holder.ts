import { randomBytes } from 'node:crypto'
import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import { z } from 'zod'

/**
 * Who holds a folder, as its lock file says. A process id alone names nobody: it means something within one PID namespace
 * (a container has its own) of one system that was started once, and is used again.
 */
const holderSchema = z.object({
  format: z.literal(1),
  /** Random: whether a lock is still one's own. */
  holder: z.string(),
  pid: z.int().positive(),
  /** Clock ticks since boot at which the process started; absent where the system does not tell. */
  started: z.string().optional(),
  host: z.string(),
  /** One start of a kernel; absent outside Linux. */
  boot: z.string().optional(),
  /** The PID namespace; absent outside Linux. */
  pids: z.string().optional(),
  /** Whether the kernel knows of the lock too. */
  kernel: z.boolean(),
})
export type Holder = z.output<typeof holderSchema>

/** Where a process is: what makes its number unique. */
export type Whereabouts = Pick<Holder, 'host' | 'boot' | 'pids'>

/** This process as the holder of a new lock. */
export const newHolder = (kernel: boolean): Holder => ({
  format: 1,
  holder: randomBytes(8).toString('hex'),
  pid: process.pid,
  ...given('started', processStart(process.pid)),
  ...whereabouts(),
  kernel,
})

export const whereabouts = (): Whereabouts => ({
  host: hostname(),
  ...given(
    'boot',
    readOr(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
  ),
  ...given(
    'pids',
    readOr(() => readlinkSync('/proc/self/ns/pid')),
  ),
})

export const formatHolder = (holder: Holder): string => `${JSON.stringify(holder)}\n`

/** Null where the text names nobody. Locks of an older Agon hold `<pid> <start>`, of a process of this system. */
export function parseHolder(text: string): Holder | null {
  const [, pid, started] = /^(\d+)(?: (\d+))?\s*$/.exec(text) ?? []
  if (pid !== undefined) {
    const old = { format: 1, holder: '', pid: Number(pid), ...given('started', started ?? null) }
    return holderSchema.safeParse({ ...old, ...whereabouts(), kernel: false }).data ?? null
  }
  try {
    return holderSchema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}

export const isSameSystem = (a: Whereabouts, b: Whereabouts): boolean =>
  a.boot === b.boot && (a.boot !== undefined || a.host === b.host)

/** Whether the process ids of both mean the same. */
export const isSameSpace = (a: Whereabouts, b: Whereabouts): boolean =>
  isSameSystem(a, b) && a.pids === b.pids

/** Whether the process lives, seen from its own PID namespace. */
export function isAlive({ pid, started }: Holder): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  const now = statOf(pid)
  // A killed process that nobody has waited for, as in a container without init, still has its number.
  if (now?.[0] === 'Z') return false
  return started === undefined || now === null || now[19] === started
}

/** For people. */
export function describeHolder({ pid, host, ...where }: Holder): string {
  const here = whereabouts()
  if (isSameSpace({ host, ...where }, here)) return `process ${pid}`
  if (isSameSystem({ host, ...where }, here))
    return `process ${pid} of another container of this machine (host name ${host})`
  return `process ${pid} of host ${host}`
}

const processStart = (pid: number): string | null => statOf(pid)?.[19] ?? null

/** The fields of `/proc/<pid>/stat` from its third one, the state, on; null outside Linux. */
function statOf(pid: number): readonly string[] | null {
  const text = readOr(() => readFileSync(`/proc/${pid}/stat`, 'utf8'))
  // The second field is the command in brackets, and may hold any character.
  return text === null ? null : text.slice(text.lastIndexOf(')') + 2).split(' ')
}

function readOr(read: () => string): string | null {
  try {
    return read()
  } catch {
    return null
  }
}

const given = <K extends string>(key: K, value: string | null): { readonly [_ in K]?: string } =>
  (value === null ? {} : { [key]: value }) as { readonly [_ in K]?: string }
