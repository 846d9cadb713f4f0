import type { FaultCode } from './faults.ts'

/** What creerPaiementSecurise was told, checked. */
export type PayfipOrder = {
  readonly exer: string
  readonly mel: string
  /** Cents. */
  readonly montant: number
  readonly numcli: string
  readonly objet: string
  readonly refdet: string
  readonly saisie: string
  readonly urlnotif: string
  readonly urlredirect: string
}

const isAddress = (url: string): boolean =>
  url.length < 250 && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)

const isMail = (mel: string): boolean =>
  mel.length >= 6 && mel.length <= 80 && /^[^\s@,;]+@[^\s@,;.]+(?:\.[^\s@,;.]+)+$/.test(mel)

/** Checks a payment before it exists (gateways 3.1); the address comes before the amount, as seen on the wire. */
export function checkOrder(
  fields: Readonly<Record<string, string>>,
  knownClient: string,
): { order: PayfipOrder } | { code: FaultCode } {
  const of = (name: string) => fields[name] ?? ''
  const amount = of('montant')
  const objet = of('objet')
  const checks: readonly (readonly [boolean, FaultCode])[] = [
    [/^\d{6}$/.test(of('numcli')), 'T1'],
    [of('numcli') === knownClient, 'T2'],
    // This simulator takes no production: T and X only.
    [['T', 'X'].includes(of('saisie')), 'S1'],
    [/^[A-Za-z\d]{6,30}$/.test(of('refdet')), 'R3'],
    [of('mel') !== '', 'A1'],
    [isMail(of('mel')), 'A2'],
    [amount !== '', 'M1'],
    [/^\d{1,11}$/.test(amount) && Number(amount) <= 9_999_999, 'M5'],
    [Number(amount) >= 100, 'M3'],
    [isAddress(of('urlnotif')), 'N1'],
    [isAddress(of('urlredirect')), 'D1'],
    // No code is published for these two.
    [/^[A-Za-z\d ]{0,100}$/.test(objet) && /^\d{4}$/.test(of('exer')), '999'],
  ]
  const failed = checks.find(([holds]) => !holds)
  if (failed) return { code: failed[1] }
  const text = (name: string) => [name, of(name)] as const
  const texts = ['exer', 'mel', 'numcli', 'refdet', 'saisie', 'urlnotif', 'urlredirect'].map(text)
  return {
    order: {
      ...(Object.fromEntries(texts) as Omit<PayfipOrder, 'montant' | 'objet'>),
      objet,
      montant: Number(amount),
    },
  }
}
