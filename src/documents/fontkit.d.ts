/** The part of fontkit that documents use: it ships no types. */
declare module 'fontkit' {
  export type Font = { readonly hasGlyphForCodePoint: (codePoint: number) => boolean }
  export function create(data: Uint8Array): Font
}
