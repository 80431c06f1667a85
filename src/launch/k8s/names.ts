/** What the objects of a run are called. */
export interface Names {
  readonly jobSet: string
  readonly config: string
  readonly token: string
  readonly tls: string
  /** Host name of the hub's pod within the namespace. */
  readonly hub: string
}
