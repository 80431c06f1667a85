/** Path of a Python interpreter that has the packages of clients/python/requirements-test.txt, or null. Installs nothing. */
export function realPython(): string | null
/** Makes it where it is not: null, or why there is none. */
export function makeRealPython(): string | null
