/** What each slot of the small experiment asks for; sorted by slot. */
export const COUNTS: Readonly<Record<string, number>> = { left: 3, right: 2 }
