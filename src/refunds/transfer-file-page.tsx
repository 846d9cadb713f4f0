import { formatDay, formatInstantDay, formatTime } from '../kernel/french.ts'
import { Field, Select } from '../web/fields.tsx'
import { field, type Form, type Problems } from '../web/form.ts'
import { OfficePage } from '../web/office-page.tsx'
import { paths } from '../web/paths.ts'
import type { View } from '../web/request.ts'
import { Card, Details, FormToken, Money, Notice, StateTag, SubmitButton } from '../web/ui.tsx'
import type { SentTransfer, TransferFile } from './file-store.ts'
import { transferTexts } from './transfer-texts.ts'

const words = transferTexts.page
const TAGS = { sent: 'pending', executed: 'ok', rejected: 'refused', returned: 'danger' } as const

/** One file: who took it, and what became of each of its transfers. */
export const TransferFilePage = (props: {
  readonly view: View
  readonly file: TransferFile
  readonly sent: readonly SentTransfer[]
  readonly mayAct: boolean
  readonly saved: string
  readonly form?: Form | undefined
  readonly problems?: Problems | undefined
}) => {
  const { file, sent } = props
  const said = transferTexts.file
  return (
    <OfficePage
      view={props.view}
      title={said.title(formatInstantDay(file.madeAt))}
      crumb={<a href={paths.office.transferFiles}>{words.title}</a>}
      current="refunds"
      problems={props.problems}
    >
      <div class="pile-s">
        {props.saved === 'pret' && <Notice kind="success" title={said.made2(file.transfers)} live />}
        {props.saved === 'refuse' && <Notice kind="success" title={said.rejected} live />}
        <div class="carte pile-s">
          <Details
            items={[
              [said.message, file.messageId],
              [said.made, words.madeBy(file.madeName, formatInstantDay(file.madeAt))],
              [said.execution, formatDay(file.executionOn)],
              [said.total, said.totalOf(file.transfers, file.total)],
              [
                said.first,
                file.firstName !== null && file.firstAt
                  ? said.firstBy(file.firstName, formatInstantDay(file.firstAt), formatTime(file.firstAt))
                  : said.never,
              ],
            ]}
          />
          {props.mayAct && <Download view={props.view} file={file} />}
        </div>
        <SentTable sent={sent} />
        {props.mayAct && sent.some(({ outcome }) => outcome === 'sent') && file.downloads > 0 && (
          <Reject {...props} />
        )}
      </div>
    </OfficePage>
  )
}

const Download = ({ view, file }: { view: View; file: TransferFile }) => {
  const said = transferTexts.file
  return (
    <>
      {file.firstName !== null && file.firstAt && (
        <Notice
          kind="warning"
          title={said.again(file.firstName, formatInstantDay(file.firstAt), formatTime(file.firstAt))}
        />
      )}
      <form method="post" action={paths.office.downloadTransferFile(file.id)}>
        <FormToken view={view} />
        <SubmitButton icon="download" look={file.downloads === 0 ? 'primary' : 'secondary'}>
          {file.downloads === 0 ? said.download : said.downloadAgain}
        </SubmitButton>
      </form>
      <p class="aide">{said.next}</p>
    </>
  )
}

const SentTable = ({ sent }: { sent: readonly SentTransfer[] }) => {
  const said = transferTexts.file
  return (
    <div class="carte defile" role="region" aria-label={said.caption} tabIndex={0}>
      <table class="tab">
        <caption class="vh">{said.caption}</caption>
        <thead>
          <tr>
            <th scope="col">{said.columns.family}</th>
            <th scope="col">{said.columns.account}</th>
            <th scope="col">{said.columns.reference}</th>
            <th scope="col" class="d">
              {said.columns.amount}
            </th>
            <th scope="col">{said.columns.state}</th>
          </tr>
        </thead>
        <tbody>
          {sent.map((one) => (
            <tr>
              <th scope="row">
                <a href={paths.office.refund(one.requestId)}>{one.familyName}</a>
              </th>
              <td>
                {one.holder}, {one.masked}
              </td>
              <td>{one.endToEnd}</td>
              <td class="d">
                <Money cents={one.amount} />
              </td>
              <td>
                <StateTag kind={TAGS[one.outcome]}>{said.states[one.outcome]}</StateTag>{' '}
                {one.happenedOn !== null && said.on(formatDay(one.happenedOn))}{' '}
                {one.outcome !== 'executed' && one.reason}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const Reject = (props: Parameters<typeof TransferFilePage>[0]) => {
  const { view, file, sent, form, problems } = props
  const said = transferTexts.file
  const typed = (name: string) => (form ? field(form, name) : '')
  return (
    <Card id="refus" title={said.rejectTitle} class="petite">
      <p>{said.rejectText}</p>
      <form class="formulaire" method="post" action={paths.office.rejectTransfer(file.id)} noValidate>
        <FormToken view={view} />
        <Select
          name="virement"
          label={said.which}
          value={typed('virement')}
          options={[
            ['', said.choose] as const,
            ...sent
              .filter(({ outcome }) => outcome === 'sent')
              .map(({ endToEnd, familyName, amount }) => [endToEnd, words.take(familyName, amount)] as const),
          ]}
          problems={problems}
        />
        <Field
          name="raison"
          label={said.reason}
          hint={said.reasonHint}
          value={typed('raison')}
          maxlength={300}
          problems={problems}
        />
        <SubmitButton look="secondary">{said.reject}</SubmitButton>
      </form>
    </Card>
  )
}
