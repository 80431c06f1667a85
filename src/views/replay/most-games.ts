/** More games of one folder than this make a page too long to choose from. */
export const MOST_GAMES = 24
