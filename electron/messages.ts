// The names under which the preload script and the main process speak, before and beside the protocol. Both import it; it imports nothing.

export const messages = {
  /** Brings the port that carries the protocol. */
  connect: 'netwright:connect',
  menu: 'netwright:menu',
  /** Over the port, from the window: one more text has been taken. */
  taken: 1,
} as const;
