import { formatInstantDay } from '../kernel/french.ts'
import { Field } from '../web/fields.tsx'
import { field, type Form, type Problems } from '../web/form.ts'
import { paths } from '../web/paths.ts'
import type { View } from '../web/request.ts'
import { Card, Details, FormToken, Notice, SubmitButton } from '../web/ui.tsx'
import type { PayoutAccount } from './account-store.ts'
import type { RefundRequest } from './store.ts'
import { transferTexts } from './transfer-texts.ts'

/** The account of a refund, as the page of its request knows it. */
export type AccountView = {
  readonly account: PayoutAccount | undefined
  /** No bank is asked any more: a transfer is the only way. */
  readonly isNeeded: boolean
  /** Whether this person may say that the account is right. */
  readonly mayCheck: boolean
}

type Props = {
  readonly view: View
  readonly request: RefundRequest
  readonly payout: AccountView
  readonly mayApprove: boolean
  readonly form?: Form | undefined
  readonly problems?: Problems | undefined
}

/** Where the money goes when it leaves by transfer: shown, checked by a second person, given again. */
export const AccountCard = (props: Props) => {
  const { request, payout } = props
  const words = transferTexts.account
  const { account } = payout
  const isOpen = request.state === 'waiting' || (request.state === 'approved' && payout.isNeeded)
  if (!account && !isOpen) return null
  return (
    <Card id="compte" title={words.title}>
      {account ? <Account account={account} /> : <p>{payout.isNeeded ? words.needed : words.none}</p>}
      {request.state === 'approved' && account?.checkedName === null && (
        <Check {...props} account={account} />
      )}
      {request.fileId !== null && (
        <p>
          {words.inFile} <a href={paths.office.transferFile(request.fileId)}>{words.file}</a>
        </p>
      )}
      {isOpen && <Give {...props} />}
    </Card>
  )
}

const Account = ({ account }: { account: PayoutAccount }) => {
  const words = transferTexts.account
  return (
    <>
      {account.previousMasked !== null && account.previousAt && (
        <Notice
          kind="warning"
          title={words.changed(account.previousMasked, formatInstantDay(account.previousAt))}
        />
      )}
      <Details
        items={[
          [words.holder, account.holder],
          [words.iban, account.masked],
          [words.given, words.givenBy(account.givenName, formatInstantDay(account.givenAt))],
          [words.checked, account.checkedName ?? words.notChecked],
        ]}
      />
    </>
  )
}

const Check = ({ view, request, payout, mayApprove, account }: Props & { account: PayoutAccount }) => {
  const words = transferTexts.account
  if (!mayApprove || !payout.mayCheck) return <Notice kind="info" title={words.own} />
  return (
    <form method="post" action={paths.office.checkRefundAccount(request.id)}>
      <FormToken view={view} />
      <input type="hidden" name="compte" value={account.id} />
      <SubmitButton icon="check">{words.check}</SubmitButton>
    </form>
  )
}

const Give = ({ view, request, payout, form, problems }: Props) => {
  const words = transferTexts.account
  const typed = (name: string) => (form ? field(form, name) : '')
  const isWrong = problems?.some(({ field: one }) => one === 'iban' || one === 'titulaire') ?? false
  return (
    <details open={isWrong || (payout.isNeeded && !payout.account)}>
      <summary>{payout.account ? words.replace : words.give}</summary>
      <form
        class="formulaire petite"
        method="post"
        action={paths.office.refundAccount(request.id)}
        noValidate
      >
        <FormToken view={view} />
        <AccountFields holder={typed('titulaire')} iban={typed('iban')} problems={problems} />
        <SubmitButton look="secondary">{words.give}</SubmitButton>
      </form>
    </details>
  )
}

/** Holder and number, wherever they are asked. */
export const AccountFields = (props: {
  readonly holder: string
  readonly iban: string
  readonly hint?: string | undefined
  readonly problems?: Problems | undefined
}) => {
  const words = transferTexts.form
  return (
    <>
      <Field
        name="titulaire"
        label={words.holder}
        value={props.holder}
        maxlength={70}
        autocomplete="off"
        problems={props.problems}
      />
      <Field
        name="iban"
        label={words.iban}
        hint={props.hint ?? words.ibanHint}
        value={props.iban}
        maxlength={50}
        size={34}
        autocomplete="off"
        spellcheck={false}
        problems={props.problems}
      />
    </>
  )
}
