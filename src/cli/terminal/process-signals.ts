// Entries of processes import this file before any other: it listens as soon as it is loaded.

type Listener = (signal: NodeJS.Signals) => void

/**
 * How the end is announced by people, schedulers, batch systems, closing terminals, limits of CPU time and emergency
 * power. What a system does not have is never heard.
 */
const ANNOUNCEMENTS = [
  'SIGINT',
  'SIGTERM',
  'SIGHUP',
  'SIGUSR1',
  'SIGUSR2',
  'SIGQUIT',
  'SIGXCPU',
  'SIGPWR',
  'SIGBREAK',
] as const satisfies readonly NodeJS.Signals[]

/** After these Node has opened the debugger that it was asked for before anybody could listen. */
const LATE_MS = [0, 20, 200] as const

/** `--inspect-port` alone opens nothing. */
const ASKED = /--inspect(-brk|-wait)?(=|\s|$)/

const listeners = new Set<Listener>()

/** Hears every announcement of the end until the returned function is called. Where nobody listens it ends the process, as the system would. */
export function onAnnouncement(listener: Listener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function announced(signal: NodeJS.Signals): void {
  if (listeners.size > 0) for (const listener of [...listeners]) listener(signal)
  else {
    process.off(signal, announced)
    process.kill(process.pid, signal)
  }
}

/** Node answers SIGUSR1 with a debugger, at whose port everyone of this machine may run code, until somebody else listens. */
function closeDebugger(): void {
  const options = [...process.execArgv, process.env.NODE_OPTIONS ?? ''].join(' ')
  if (ASKED.test(options)) return
  const inspector = process.getBuiltinModule('node:inspector')
  if (inspector.url() !== undefined) inspector.close()
}

for (const signal of ANNOUNCEMENTS) process.on(signal, announced)
if (process.features.inspector) for (const ms of LATE_MS) setTimeout(closeDebugger, ms).unref()
