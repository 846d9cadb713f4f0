import { access, constants, mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { drawPdf } from '../documents/draw-pdf.ts'
import { ACTIVATION_LIFE_MS } from '../identity/actor.ts'
import { type Instant, later } from '../kernel/dates.ts'
import type { Organisation } from '../organisations/organisation.ts'
import { paths } from '../web/paths.ts'
import { activationLetter } from './letter.ts'
import type { AccessHolder } from './store.ts'

/** Whether letters can be written to this folder, which is made if need be. */
export async function writableFolder(folder: string): Promise<boolean> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await access(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}

/** Writes one letter per adult, `lettre-<identifiant>.pdf`, for the eyes of whoever prints them. */
export async function writeLetters(
  folder: string,
  organisation: Organisation,
  publicUrl: string,
  accesses: readonly { readonly holder: AccessHolder; readonly token: string }[],
  now: Instant,
): Promise<void> {
  const dates = { now, until: later(now, ACTIVATION_LIFE_MS) }
  for (const { holder, token } of accesses) {
    const url = publicUrl + paths.activation(token)
    const pdf = await drawPdf(activationLetter(holder, organisation, publicUrl, url, dates))
    await writeFile(path.join(folder, `lettre-${holder.identifier}.pdf`), pdf, { mode: 0o600 })
  }
}
