// What a password must be: long, and not what everybody tries first. No composition rule (ASVS 6.2).
import { plainName } from './names.ts'

export const MIN_PASSWORD = 12
export const MAX_PASSWORD = 256
export type PasswordProblem = 'short' | 'long' | 'guessable'

/** What must remain once the words everybody tries are taken out. */
const MIN_REST = 6
const MIN_DIFFERENT = 5
/** A shorter word of the family's would be found in any sentence. */
const MIN_CONTEXT_WORD = 3

/** What is wrong with the password; `context`: names and identifiers that a stranger would try. */
export function passwordProblem(password: string, context: readonly string[]): PasswordProblem | undefined {
  const { length } = Array.from(password)
  if (length < MIN_PASSWORD) return 'short'
  if (length > MAX_PASSWORD) return 'long'
  return isGuessable(password, context) ? 'guessable' : undefined
}

/** « Motdepasse2012! », « azertyuiop123 », « MartinMartin12 », « aaaaaaaaaaaaaa », « 123456789012 ». */
function isGuessable(password: string, context: readonly string[]): boolean {
  const plain = unleet(password.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase())
  if (new Set(plain).size < MIN_DIFFERENT) return true
  const words = [...context.flatMap((text) => plainName(text).split(' ')), ...COMMON]
    .filter((word) => word.length >= MIN_CONTEXT_WORD)
    .toSorted((a, b) => b.length - a.length)
  let rest = plain
  for (const word of words) rest = rest.replaceAll(word, '')
  return withoutRuns(rest).replaceAll(/[^a-z0-9]/g, '').length < MIN_REST
}

/** « m0td3p@ss3 » is « motdepasse ». Digits inside numbers stay digits. */
const unleet = (text: string): string =>
  text
    .replaceAll('@', 'a')
    .replaceAll('$', 's')
    .replaceAll(/(?<=[a-z])0(?=[a-z])/g, 'o')
    .replaceAll(/(?<=[a-z])1(?=[a-z])/g, 'i')
    .replaceAll(/(?<=[a-z])3(?=[a-z])/g, 'e')
    .replaceAll(/(?<=[a-z])3$/g, 'e')

/** Drops what follows on: « 1234 », « abcd », « 9876 », « aaaa », each of three signs at least. */
function withoutRuns(text: string): string {
  let kept = ''
  let start = 0
  while (start < text.length) {
    const step = text.charCodeAt(start + 1) - text.charCodeAt(start)
    let end = start + 1
    if (Math.abs(step) <= 1)
      while (end < text.length && text.charCodeAt(end) - text.charCodeAt(end - 1) === step) end += 1
    if (end - start < 3) {
      kept += text.charAt(start)
      start += 1
    } else start = end
  }
  return kept
}

/** The stems of the most used passwords in France and elsewhere, and the words of this place. */
const COMMON: readonly string[] = `
  motdepasse motdepass password passw0rd passwd administrateur administrator admin azerty azertyuiop
  qsdfghjklm wxcvbn qwerty qwertyuiop qwertz asdfghjkl zxcvbnm 1q2w3e4r 1qaz2wsx q1w2e3r4 bonjour
  bonsoir bienvenue salut coucou soleil doudou chouchou loulou cheval chocolat princesse jetaime
  iloveyou marseille paris france toulouse bordeaux lyon juventus football liverpool arsenal barcelona
  chelsea superman batman spiderman pokemon pikachu naruto dragon monkey tigrou nounours minou lapin
  camille nicolas thomas julien alexandre caroline isabelle nathalie stephanie sandrine valerie
  maman papa famille enfant enfants ecole garderie vacances loisirs cantine centre accueil
  internet ordinateur secret sesame letmein welcome hello master login changeme default temporaire
  connexion identifiant compte portail preau ifac facture factures paiement mairie commune
  printemps automne hiver ete janvier fevrier mars avril mai juin juillet aout septembre octobre
  novembre decembre lundi mardi mercredi jeudi vendredi samedi dimanche
  starwars trustno1 freedom whatever michael jordan shadow sunshine ashley football baseball jesus
  ninja mustang access flower hottie lovely michelle jessica computer samsung iphone google facebook
  orange amour bisous bebe musique guitare voiture moto peugeot renault citroen
  abcd1234 abc123 a1b2c3 aqwzsx azeqsd 147258369 159753 123321 112233 102030
`
  .trim()
  .split(/\s+/)
