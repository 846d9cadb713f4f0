// The staff's menu: each page that exists, under the right that opens it.
import type { Right } from '../staff/rights.ts'
import type { IconName } from './icons.ts'
import type { officeTexts } from './office-texts.ts'
import { paths } from './paths.ts'

export type OfficeSection = keyof typeof officeTexts.menu
type Entry = {
  readonly section: OfficeSection
  readonly href: string
  readonly icon: IconName
  readonly right: Right
  /** The page tells of the whole organisation: a right on a part of it does not open it. */
  readonly whole?: true
}

/** In the order drawn; a group without a title comes first. A new screen adds its line here. */
export const OFFICE_MENU: readonly {
  readonly group: keyof typeof officeTexts.groups | undefined
  readonly entries: readonly Entry[]
}[] = [
  {
    group: undefined,
    entries: [
      { section: 'worklist', href: paths.office.home, icon: 'tasks', right: 'worklist.read' },
      { section: 'search', href: paths.office.search, icon: 'children', right: 'family.read' },
      { section: 'requests', href: paths.office.requests, icon: 'mail', right: 'family.edit' },
    ],
  },
  {
    group: 'invoicing',
    entries: [
      { section: 'invoices', href: paths.office.invoices, icon: 'invoice', right: 'invoice.read' },
      { section: 'batches', href: paths.office.batches, icon: 'send', right: 'invoice.issue' },
      { section: 'catalogue', href: paths.office.catalogue, icon: 'coins', right: 'invoice.draft' },
    ],
  },
  {
    group: 'money',
    entries: [
      { section: 'desk', href: paths.office.desk, icon: 'keyboard', right: 'desk.record' },
      { section: 'deposits', href: paths.office.deposits, icon: 'bank', right: 'deposit.close' },
      { section: 'till', href: paths.office.till, icon: 'cash', right: 'till.close' },
      {
        section: 'reconciliation',
        href: paths.office.reconciliations,
        icon: 'scales',
        right: 'reconciliation.read',
      },
      { section: 'refunds', href: paths.office.refunds, icon: 'undo', right: 'refund.prepare' },
      { section: 'overdue', href: paths.office.overdue, icon: 'clock', right: 'invoice.read' },
    ],
  },
  {
    group: 'steering',
    entries: [
      { section: 'dashboard', href: paths.office.dashboard, icon: 'history', right: 'dashboard.read' },
      { section: 'journal', href: paths.office.journal, icon: 'journal', right: 'journal.read' },
      { section: 'settings', href: paths.office.settings, icon: 'settings', right: 'settings.read' },
      { section: 'team', href: paths.office.team, icon: 'key', right: 'team.manage', whole: true },
    ],
  },
]
