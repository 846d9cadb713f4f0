import { isOffice } from '../web/paths.ts'
import { localPath } from '../web/request.ts'

/** A page of staff to come back to, and no other. */
export function officePath(text: string | undefined): string | undefined {
  const path = localPath(text)
  return path !== undefined && isOffice(path.split('?')[0] ?? '') ? path : undefined
}
