// Names as people type them: identifiers, first names, e-mail addresses, phone numbers.

/** « Léo-Paul  » and « leo paul » are the same name. */
export const plainName = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim()

/** An identifier or an e-mail as it is compared: without surrounding spaces, in lower case. */
export const plainIdentifier = (text: string): string => text.trim().normalize('NFC').toLowerCase()

const MAX_EMAIL = 254

/** The address in lower case, when it can be one. */
export function readEmail(text: string): string | undefined {
  const email = plainIdentifier(text)
  if (email.length > MAX_EMAIL) return undefined
  return /^[^\s@<>,;:"()[\]\\]+@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/.test(
    email,
  )
    ? email
    : undefined
}

/** A French or international number, spaces, dots and dashes dropped: « 0612345678 », « +41791234567 ». */
export function readMobile(text: string): string | undefined {
  const digits = text.replaceAll(/[\s.\-()\u00A0\u202F]/g, '')
  return /^(?:0[1-9]\d{8}|\+\d{8,15})$/.test(digits) ? digits : undefined
}

/** « 06 12 34 56 78 »; other numbers as they are. */
export const formatMobile = (mobile: string): string =>
  /^0\d{9}$/.test(mobile) ? mobile.replaceAll(/(\d\d)(?=\d)/g, '$1\u00A0') : mobile
