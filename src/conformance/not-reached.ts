/** A check has nothing to look at: the third party does not offer it, or an earlier check failed. */
export class NotReached extends Error {}
