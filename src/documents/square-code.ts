// A square code (QR), as the runs of dark modules of each row. Correction M, as EPC069-12 wants it.
import { correction, generate } from 'lean-qr'

export type SquareCode = {
  /** Modules on a side, without the margin. */
  readonly size: number
  readonly runs: readonly { readonly column: number; readonly row: number; readonly length: number }[]
}

/** Throws when the text is longer than version 13 holds, 331 bytes. */
export function squareCode(text: string): SquareCode {
  const code = generate(text, {
    minCorrectionLevel: correction.M,
    maxCorrectionLevel: correction.M,
    maxVersion: 13,
  })
  const runs: { column: number; row: number; length: number }[] = []
  for (let row = 0; row < code.size; row += 1)
    for (let column = 0; column < code.size; column += 1) {
      const start = column
      while (column < code.size && code.get(column, row)) column += 1
      if (column > start) runs.push({ column: start, row, length: column - start })
    }
  return { size: code.size, runs }
}
