/** What a hub leaves in its folder while it listens. */
export const HUB_FILES = {
  /** Rendezvous: where it listens, without any secret. */
  rendezvous: 'hub.json',
  /** What whoever dials must show; for its owner alone. */
  token: 'hub.token',
  /** The authority to believe, where it speaks TLS. */
  authority: 'hub.pem',
} as const
