/** Codes of the web service (gateways 3.3). 999 is its own breakdown. */
export type FaultCode =
  | 'P1'
  | 'P3'
  | 'P4'
  | 'P5'
  | 'R3'
  | 'A1'
  | 'A2'
  | 'M1'
  | 'M3'
  | 'M5'
  | 'N1'
  | 'D1'
  | 'S1'
  | 'T1'
  | 'T2'
  | 'T4'
  | '999'

/** Words seen on the wire for P1, P5, R3, A2 and 999; the others are worded after their meaning. */
const LABELS: Record<FaultCode, string> = {
  P1: 'IdOp incorrect.',
  P3: 'L’idOp ne doit pas avoir déjà été utilisé.',
  P4: 'L’idOp ne doit pas avoir été enregistré depuis plus de 15 minutes.',
  P5: 'Résultat de la transaction non connu.',
  R3: "Le format du paramètre REFDET n'est pas conforme",
  A1: 'Adresse messagerie absente.',
  A2: 'Adresse messagerie incorrecte.',
  M1: 'Montant absent.',
  M3: 'Montant inférieur à 1 euro.',
  M5: 'Format du montant incorrect.',
  N1: 'URL de notification incorrecte.',
  D1: 'URL de redirection incorrecte.',
  S1: 'Mode de saisie incorrect.',
  T1: 'Numéro de client incorrect.',
  T2: 'Numéro de client inconnu.',
  T4: 'Client sans accès sécurisé.',
  '999': 'Erreur technique',
}

/** The element, words and severity that go with a code. */
export function wordingOf(code: FaultCode): { kind: string; label: string; severity: string } {
  const isTechnical = code === '999'
  return {
    kind: isTechnical ? 'TechDysfonctionnementErreur' : 'FonctionnelleErreur',
    label: LABELS[code],
    severity: isTechnical ? '3' : '2',
  }
}
