// A block of the profile: its page with a form, and its post.
import type { Context, Hono } from 'hono'
import type { VNode } from 'preact'
import { type Form, type Problems, readForm } from '../web/form.ts'
import { paths } from '../web/paths.ts'
import { render } from '../web/render.ts'
import { type Env, requireFamily, viewOf } from '../web/request.ts'
import type { FamilyActor } from './actor.ts'
import type { FormPage } from './profile-forms.tsx'
import type { Saved } from './profile-pages.tsx'

export type Block = {
  /** What the form begins with; whatever it throws ends the request. */
  readonly show: (actor: FamilyActor, c: Context<Env>) => Values | Promise<Values>
  readonly form: (page: FormPage) => VNode
  readonly save: (actor: FamilyActor, form: Form, c: Context<Env>) => Promise<Problems>
}
type Values = { readonly [name: string]: string }

/** A page with a form, and its post: problems show the form again, else the profile says it is saved. */
export function block(app: Hono<Env>, path: string, name: Saved, { show, form: Form, save }: Block): void {
  app.get(path, async (c) => {
    const values = await show(requireFamily(c), c)
    const form = new Map(Object.entries(values).map(([key, value]) => [key, [value]]))
    return render(c, Form({ view: viewOf(c), form }))
  })
  app.post(path, async (c) => {
    const actor = requireFamily(c)
    const form = await readForm(c)
    const problems = await save(actor, form, c)
    return problems.length > 0
      ? render(c, Form({ view: viewOf(c), form, problems }), 422)
      : backToProfile(c, name)
  })
}

/** The profile, which says what was just done. */
export const backToProfile = (c: Context<Env>, saved: Saved): Response =>
  c.redirect(`${paths.profile}?enregistre=${saved}`, 303)
