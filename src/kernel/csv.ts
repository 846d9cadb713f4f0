// Files that a spreadsheet reads in France: semicolons, decimal commas, UTF-8 with its mark. Pure.

/** Lets Excel see that the file is UTF-8. */
export const BYTE_ORDER_MARK = '\uFEFF'

const AMOUNT = /^-?\d+,\d{2}$/

/** A cell that a spreadsheet would run as a formula gets an apostrophe (ASVS 1.2.10). */
export function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) && !AMOUNT.test(text) ? `'${text}` : text
  return /[;"\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** One line of cells, without its end. */
export const csvLine = (cells: readonly string[]): string => cells.map(csvCell).join(';')
