// Lists by pages of twenty.
const PAGE_LENGTH = 20

export type Paged<Item> = { readonly items: readonly Item[]; readonly page: number; readonly pages: number }

/** The page asked for; what is no page of the list gives the nearest one. */
export function pageOf<Item>(all: readonly Item[], asked: string | undefined): Paged<Item> {
  const pages = Math.max(1, Math.ceil(all.length / PAGE_LENGTH))
  const wanted = /^\d{1,4}$/.test(asked ?? '') ? Number(asked) : 1
  const page = Math.min(Math.max(1, wanted), pages)
  return { items: all.slice((page - 1) * PAGE_LENGTH, page * PAGE_LENGTH), page, pages }
}
