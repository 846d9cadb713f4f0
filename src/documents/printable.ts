// What a document says, before it is drawn: letterhead, addressee, blocks. Pure data, in French.
import type { Instant } from '../kernel/dates.ts'

/** A name and its value. `strong` sets the value apart, for the amounts that matter. */
export type Fact = { readonly label: string; readonly value: string; readonly strong?: boolean }

/** `amount` columns are right-aligned, in figures of one width; exactly one column is `wide`. */
export type Column = { readonly title: string; readonly width: number | 'wide'; readonly amount?: boolean }

/** group opens a group of lines, subtotal closes it, total closes the table. */
export type TableRow = {
  readonly kind: 'line' | 'group' | 'subtotal' | 'total'
  readonly cells: readonly string[]
  /** Printed small under the wide column's text. */
  readonly note?: string
}

export type Block =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string; readonly look?: 'normal' | 'small' | 'strong' }
  | { readonly kind: 'facts'; readonly facts: readonly Fact[]; readonly note?: string }
  | {
      readonly kind: 'table'
      readonly summary: string
      readonly columns: readonly Column[]
      readonly rows: readonly TableRow[]
    }
  | {
      readonly kind: 'pay'
      readonly title: string
      readonly lines: readonly string[]
      /** What the square code says. */
      readonly code: string
      /** What it is, for who cannot see it. */
      readonly alt: string
    }
  | ({ readonly kind: 'coupon'; readonly title: string; readonly facts: readonly Fact[] } & {
      readonly code: string
      readonly alt: string
    })

export type Printable = {
  /** The document's own title, « Facture n° TH002048 »: also in the footer of each page. */
  readonly title: string
  readonly author: string
  /** The day it bears, so that the same content gives the same bytes. */
  readonly createdAt: Instant
  readonly letterhead: { readonly name: string; readonly lines: readonly string[] }
  readonly heading: { readonly title: string; readonly lines: readonly string[]; readonly mark?: string }
  /** Lines of the address that shows through the window of the envelope. */
  readonly addressee: readonly string[]
  readonly blocks: readonly Block[]
  readonly footer: string
  /** « Page 1 sur 2 ». */
  readonly page: (page: number, pages: number) => string
}
