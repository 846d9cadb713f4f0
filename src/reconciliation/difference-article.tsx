import { unreachable } from '../kernel/assert.ts'
import { addDays, DAY_MS } from '../kernel/dates.ts'
import { formatDay, formatInstantDay, formatSignedCents, formatTime } from '../kernel/french.ts'
import { quotedReference } from '../kernel/ids.ts'
import { cents, negate } from '../kernel/money.ts'
import { paths } from '../web/paths.ts'
import { Icon, Money, StateTag } from '../web/ui.tsx'
import type { BankOperation, Difference, PortalOperation } from './comparison.ts'
import { type DifferenceProps as Props, Gestures, type ShownDifference } from './difference-gestures.tsx'
import { texts } from './texts.ts'

/** One difference: two facing facts, a proposal in one sentence, a main action and an escape. */
export const DifferenceArticle = (props: Props) => {
  const { difference } = props.shown
  const { kind, cents: share, bank, portal } = difference
  const id = `ecart-${props.index}`
  return (
    <article class={kind === 'absent-from-portal' ? 'ecart rouge' : 'ecart'} aria-labelledby={id}>
      <header>
        <h3 id={id}>{texts.titles[kind]}</h3>
        <Tag difference={difference} now={props.now} />
        <span class="m num">{formatSignedCents(share)}</span>
      </header>
      <div class="face">
        {bank ? <BankSide bank={bank} marks={kind === 'different'} /> : <Nothing>{texts.noBank}</Nothing>}
        <div class="lien-face" aria-hidden="true">
          <Icon name="facing" />
        </div>
        <PortalSide shown={props.shown} portal={portal} />
      </div>
      <div class="gestes">
        <p class="pq">{whyOf(props)}</p>
        {props.shown.isTreated && <StateTag kind="ok">{texts.treated}</StateTag>}
        {!props.shown.isIdle && <Gestures {...props} />}
      </div>
    </article>
  )
}

const Nothing = ({ children }: { children: string }) => (
  <div class="rien-face">
    <span>{children}</span>
  </div>
)

const Tag = ({ difference, now }: { difference: Difference; now: Date }) => {
  const { kind, cents: share, portal } = difference
  const since = portal ? Math.floor((now.getTime() - portal.at.getTime()) / DAY_MS) : 0
  switch (kind) {
    case 'absent-from-portal':
      return <StateTag kind="danger">{texts.debited}</StateTag>
    case 'taken-back':
      return <StateTag kind="due">{texts.dueAgain}</StateTag>
    case 'duplicate':
      return <StateTag kind="due">{texts.twice}</StateTag>
    case 'different':
      return <StateTag kind="due">{texts.off(cents(Math.abs(share)))}</StateTag>
    case 'absent-from-bank':
      return <StateTag kind="due">{texts.since(since)}</StateTag>
    case 'short-remittance':
    case 'fees':
      return <StateTag kind="due">{texts.account}</StateTag>
    default:
      return unreachable(kind)
  }
}

const referenceOf = (reference: string) =>
  reference === ''
    ? texts.noReference
    : texts.reference(reference.length === 26 ? quotedReference(reference) : reference)

const BankSide = ({ bank, marks }: { bank: BankOperation; marks: boolean }) => (
  <div>
    <dl>
      <dt>{texts.bank}</dt>
      <dd class="l">
        <span>
          {texts.card(bank.card)} · {formatInstantDay(bank.at).slice(0, 5)} {formatTime(bank.at)}
        </span>
        {marks ? (
          <mark>
            <Money cents={bank.amount} />
          </mark>
        ) : (
          <Money cents={bank.amount} />
        )}
      </dd>
      <dd class="l">
        <span>{referenceOf(bank.reference)}</span>
        {bank.authorisation !== '' && <span class="num">{texts.authorisation(bank.authorisation)}</span>}
      </dd>
    </dl>
  </div>
)

const FamilyName = (props: { id: string | null; name: string | null; shows: boolean }) =>
  props.id === null ? (
    <>{texts.setAside}</>
  ) : props.shows ? (
    <a href={paths.office.family(props.id)}>{props.name}</a>
  ) : (
    <>{texts.hiddenFamily}</>
  )

const PortalSide = ({ shown, portal }: { shown: ShownDifference; portal: PortalOperation | undefined }) => {
  const { proposal, showsFamily, difference } = shown
  if (proposal)
    return (
      <div>
        <dl>
          <dt>{texts.proposal}</dt>
          <dd class="l">
            <span>
              {texts.attemptOf}{' '}
              <FamilyName id={proposal.familyId} name={proposal.familyName} shows={showsFamily} /> ·{' '}
              {formatInstantDay(proposal.sentAt).slice(0, 5)} {formatTime(proposal.sentAt)}
            </span>
            <Money cents={difference.cents} />
          </dd>
          <dd class="l">
            <span>{proposal.invoices.join(', ') || texts.topUp}</span>
            <span>{texts.sameAmount}</span>
          </dd>
        </dl>
      </div>
    )
  if (difference.kind === 'short-remittance' || difference.kind === 'fees')
    return <Nothing>{texts.cardMoney}</Nothing>
  if (!portal) return <Nothing>{texts.noPortal}</Nothing>
  return (
    <div>
      <dl>
        <dt>{texts.portalSide}</dt>
        <dd class="l">
          <span>
            {portal.familyId !== null && texts.family}{' '}
            <FamilyName id={portal.familyId} name={portal.familyName} shows={showsFamily} /> ·{' '}
            {formatInstantDay(portal.at).slice(0, 5)} {formatTime(portal.at)}
          </span>
          {difference.kind === 'different' ? (
            <mark>
              <Money cents={portal.amount} />
            </mark>
          ) : (
            <Money cents={portal.amount} />
          )}
        </dd>
        <dd class="l">
          <span>
            {showsFamily && portal.invoices.length > 0
              ? portal.invoices.join(', ')
              : portal.reference === ''
                ? texts.noReference
                : referenceOf(portal.reference)}
          </span>
          {portal.standing === 'suspense' && portal.familyId !== null && <span>{texts.expected}</span>}
        </dd>
      </dl>
    </div>
  )
}

function whyOf({ shown, day }: Props): string {
  const { difference, proposal, reported } = shown
  const { kind, cents: share, bank, portal } = difference
  const { why } = texts
  if (reported)
    return reported.notBefore ? texts.waiting(formatInstantDay(reported.notBefore)) : texts.reported
  switch (kind) {
    case 'absent-from-portal':
      if (!portal) return why.unbooked
      return proposal ? why.proposed(proposal.invoices.length) : why.unknown
    case 'taken-back':
      return bank && bank.amount < 0 ? why.givenBack : why.takenBack
    case 'duplicate':
      return why.second
    case 'different':
      if (portal?.standing !== 'suspense') return why.differs
      return share > 0 ? why.more(share) : why.less(negate(share))
    case 'absent-from-bank':
      return portal && formatTime(portal.at) >= '18:00' ? why.late(formatDay(addDays(day, 1))) : why.missing
    case 'short-remittance':
      return share < 0 ? why.short(negate(share)) : why.over(share)
    case 'fees':
      return why.fees
    default:
      return unreachable(kind)
  }
}
