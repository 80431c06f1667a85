/** Path of a Python interpreter that has what the client needs, or null. */
export function findPython(): string | null
