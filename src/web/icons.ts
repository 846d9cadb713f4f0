// The icons: Lucide (ISC), read once from the package and drawn inline.
import { readFileSync } from 'node:fs'
import { projectFile } from '../platform/files.ts'

const FILES = {
  home: 'house',
  invoice: 'receipt-euro',
  account: 'wallet',
  history: 'history',
  profile: 'user-round',
  help: 'circle-question-mark',
  lock: 'lock',
  mobile: 'smartphone',
  shield: 'shield-check',
  coins: 'hand-coins',
  search: 'search',
  receipt: 'file-check',
  clock: 'clock',
  dot: 'circle-dot',
  check: 'check',
  cross: 'x',
  warning: 'triangle-alert',
  menu: 'menu',
  mail: 'mail',
  phone: 'phone',
  info: 'info',
  success: 'circle-check',
  danger: 'circle-x',
  download: 'download',
  back: 'arrow-left',
  key: 'key-round',
  place: 'map-pin',
  children: 'users-round',
  computer: 'monitor-smartphone',
  tasks: 'list-checks',
  journal: 'scroll-text',
  settings: 'settings',
  eye: 'eye',
  later: 'calendar-clock',
  leave: 'log-out',
  next: 'chevron-right',
  send: 'send',
  plus: 'plus',
  keyboard: 'keyboard',
  bank: 'landmark',
  cash: 'banknote',
  scales: 'scale',
  facing: 'arrow-left-right',
  upload: 'upload',
  previous: 'chevron-left',
  undo: 'undo-2',
} as const

export type IconName = keyof typeof FILES

const bodies = new Map<IconName, string>()

/** The drawing inside the icon's `<svg>`. */
export function iconBody(name: IconName): string {
  const known = bodies.get(name)
  if (known !== undefined) return known
  const file = readFileSync(projectFile(`node_modules/lucide-static/icons/${FILES[name]}.svg`), 'utf8')
  const body = file.slice(file.indexOf('>', file.indexOf('<svg')) + 1, file.indexOf('</svg>'))
  const compact = body.replaceAll(/\s*\n\s*/g, '')
  bodies.set(name, compact)
  return compact
}
