/** What the bench asks of a server: to start, answered with its port; then, as often as it likes, for its CPU time so far. */
export type Order<Start> = Start | 'cpu'

/** Carries out orders until the parent goes. CPU time is in milliseconds, of all threads. */
export function obey<Start>(start: (order: Start) => Promise<number>): void {
  process.on('message', async (order: Order<Start>) => {
    if (order !== 'cpu') process.send?.(await start(order as Start))
    else {
      const { user, system } = process.cpuUsage()
      process.send?.((user + system) / 1000)
    }
  })
  process.on('disconnect', () => process.exit())
}
