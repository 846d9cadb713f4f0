import { HTTPException } from 'hono/http-exception'
import { field, type Form } from '../web/form.ts'

/** The key drawn with the page, hidden in its form; a form that is not ours has none. */
export function readFormKey(form: Form): string {
  const key = field(form, 'cle')
  if (!/^[\w-]{16,64}$/.test(key)) throw new HTTPException(400)
  return key
}
