// What a transaction of the bank is called when its message does not bear the bank's own id. Pure.

/** A name made of the sending and of the try on the bank's page: « 20120412164400-000123-1 ». */
export const nameByNumber = (sentAt: string, number: string, sequence: string): string =>
  `${sentAt}-${number}-${sequence || '0'}`

/** Whether a name was made by `nameByNumber`: the bank has another one, its own. */
export const isNamedByNumber = (bankTransaction: string): boolean => /^\d{14}-/.test(bankTransaction)
