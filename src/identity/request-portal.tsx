// The doors of what a family asks the service to change: address, telephone, names, children.
import type { Context, Hono } from 'hono'
import { present } from '../kernel/assert.ts'
import { readFrenchDay } from '../kernel/dates.ts'
import { formatDay } from '../kernel/french.ts'
import { readId } from '../kernel/ids.ts'
import type { Services } from '../platform/services.ts'
import { field, type Form, type Problems, readForm } from '../web/form.ts'
import { paths } from '../web/paths.ts'
import { type Env, notFound, requireFamily } from '../web/request.ts'
import type { FamilyActor } from './actor.ts'
import type { RequestSubject, RequestValues } from './change-request.ts'
import { readMobile } from './names.ts'
import { backToProfile, block } from './profile-block.tsx'
import { AddressForm } from './profile-forms.tsx'
import { findHousehold, type Household, type HouseholdChild } from './profile-store.ts'
import { profileTexts } from './profile-texts.ts'
import { ChildForm, NameForm, PhoneForm } from './request-forms.tsx'
import { putRequest, withdrawRequest } from './request-store.ts'
import { texts } from './texts.ts'

const { problems: wrong, requests: words } = profileTexts

/** What a form asks for, read; or what is wrong with it. */
type Asked = {
  readonly subject: RequestSubject
  readonly aboutId: string
  readonly stood: RequestValues
  readonly wanted: RequestValues
  readonly problems: Problems
}

/** `/profil/adresse`, `/telephone`, `/nom`, `/enfants/…`, and `/demandes/…`, where one is taken back. */
export function requestDoor(app: Hono<Env>, services: Services): void {
  const householdOf = async (actor: FamilyActor) =>
    present(await findHousehold(services.db, actor), 'an adult has a family')
  const childOf = async (actor: FamilyActor, c: Context<Env>) =>
    (await householdOf(actor)).children.find(({ id }) => id === c.req.param('id')) ?? notFound()
  const ask = async (actor: FamilyActor, field: string, asked: Asked): Promise<Problems> => {
    const { problems, ...request } = asked
    if (problems.length > 0) return problems
    const { stood, wanted } = request
    if (Object.keys(wanted).every((key) => wanted[key] === stood[key]))
      return [{ field, message: words.same }]
    await services.db.transaction((tx) => putRequest(tx, actor, request, services.clock.now()))
    return []
  }
  block(app, paths.profileAddress, 'adresse', {
    show: async (actor) => {
      const home = await householdOf(actor)
      return { rue: home.address, 'code-postal': home.postalCode, ville: home.city }
    },
    form: AddressForm,
    save: async (actor, form) => ask(actor, 'rue', readAddress(actor, await householdOf(actor), form)),
  })
  block(app, paths.profilePhone, 'telephone', {
    show: async (actor) => ({ telephone: (await householdOf(actor)).phone ?? '' }),
    form: PhoneForm,
    save: async (actor, form) => ask(actor, 'telephone', readPhone(actor, await householdOf(actor), form)),
  })
  block(app, paths.profileName, 'nom', {
    show: (actor) => ({ prenom: actor.firstName, nom: actor.lastName }),
    form: NameForm,
    save: (actor, form) => {
      const stood = { firstName: actor.firstName, lastName: actor.lastName }
      const { names, problems } = readNames(form)
      return ask(actor, 'prenom', { subject: 'name', aboutId: actor.adultId, stood, wanted: names, problems })
    },
  })
  block(app, paths.profileChild(':id'), 'enfant', {
    show: async (actor, c) => {
      const child = await childOf(actor, c)
      const { firstName, lastName, bornOn } = asText(child)
      return { id: child.id, prenom: firstName, nom: lastName, naissance: bornOn }
    },
    form: (page) => {
      const childId = field(page.form, 'id') || (page.view.path.split('/').at(-1) ?? '')
      return ChildForm({ ...page, childId, name: words.child })
    },
    save: async (actor, form, c) => ask(actor, 'prenom', readChild(await childOf(actor, c), form)),
  })
  app.post(paths.profileRequest(':id'), async (c) => {
    const actor = requireFamily(c)
    await readForm(c)
    const id = readId<'changeRequest'>(c.req.param('id'))
    const now = services.clock.now()
    if (!id || !(await services.db.transaction((tx) => withdrawRequest(tx, actor, id, now))))
      return notFound()
    return backToProfile(c, 'demande')
  })
}

const typed = (form: Form, name: string): string =>
  field(form, name).trim().replaceAll(/\s+/g, ' ').slice(0, 200)

function readAddress(actor: FamilyActor, home: Household, form: Form): Asked {
  const wanted = {
    address: typed(form, 'rue'),
    postalCode: typed(form, 'code-postal').replaceAll(' ', ''),
    city: typed(form, 'ville'),
  }
  return {
    subject: 'address',
    aboutId: actor.familyId,
    stood: { address: home.address, postalCode: home.postalCode, city: home.city },
    wanted,
    problems: [
      ...(wanted.address === '' ? [{ field: 'rue', message: wrong.street }] : []),
      ...(/^\d{5}$/.test(wanted.postalCode) ? [] : [{ field: 'code-postal', message: wrong.postalCode }]),
      ...(wanted.city === '' ? [{ field: 'ville', message: wrong.city }] : []),
    ],
  }
}

function readPhone(actor: FamilyActor, home: Household, form: Form): Asked {
  const text = typed(form, 'telephone')
  const phone = text === '' ? '' : readMobile(text)
  return {
    subject: 'phone',
    aboutId: actor.familyId,
    stood: { phone: home.phone ?? '' },
    wanted: { phone: phone ?? '' },
    problems: phone === undefined ? [{ field: 'telephone', message: texts.mobileProblem }] : [],
  }
}

function readNames(form: Form): { names: RequestValues; problems: Problems } {
  const names = { firstName: typed(form, 'prenom'), lastName: typed(form, 'nom') }
  const problems = [
    ...(names.firstName === '' ? [{ field: 'prenom', message: wrong.firstName }] : []),
    ...(names.lastName === '' ? [{ field: 'nom', message: wrong.lastName }] : []),
  ]
  return { names, problems }
}

const asText = ({ firstName, lastName, bornOn }: HouseholdChild) => ({
  firstName,
  lastName,
  bornOn: bornOn === null ? '' : formatDay(bornOn),
})

function readChild(child: HouseholdChild, form: Form): Asked {
  const { names, problems } = readNames(form)
  const bornOn = readFrenchDay(typed(form, 'naissance'))
  return {
    subject: 'child',
    aboutId: child.id,
    stood: asText(child),
    wanted: { ...names, bornOn: bornOn === undefined ? '' : formatDay(bornOn) },
    problems: bornOn === undefined ? [...problems, { field: 'naissance', message: wrong.bornOn }] : problems,
  }
}
