import { formatDay, formatInstantDay } from '../kernel/french.ts'
import { Field } from '../web/fields.tsx'
import type { Problems } from '../web/form.ts'
import { OfficePage } from '../web/office-page.tsx'
import { paths } from '../web/paths.ts'
import type { View } from '../web/request.ts'
import { Empty, FormToken, Money, Notice, StateTag, SubmitButton } from '../web/ui.tsx'
import type { ReadyTransfer, TransferFile } from './file-store.ts'
import { isReady } from './make-transfer-file.ts'
import { texts } from './texts.ts'
import { transferTexts } from './transfer-texts.ts'

const words = transferTexts.page

export type TransfersProps = {
  readonly view: View
  readonly ready: readonly ReadyTransfer[]
  readonly files: readonly TransferFile[]
  readonly day: string
  readonly chosen: readonly string[]
  readonly mayMake: boolean
  readonly problems?: Problems | undefined
}

/** What waits to leave, and the files made of what left. */
export const TransfersPage = (props: TransfersProps) => (
  <OfficePage
    view={props.view}
    title={words.title}
    lede={words.lede}
    crumb={<a href={paths.office.refunds}>{texts.title}</a>}
    current="refunds"
    problems={props.problems}
  >
    <div class="pile">
      <section aria-labelledby="a-envoyer" class="pile-s">
        <h2 id="a-envoyer">{words.ready}</h2>
        {props.ready.length === 0 ? (
          <Empty title={words.empty}>
            <p>{words.emptyText}</p>
          </Empty>
        ) : (
          <ReadyForm {...props} />
        )}
      </section>
      <section aria-labelledby="fichiers" class="pile-s">
        <h2 id="fichiers">{words.files}</h2>
        {props.files.length === 0 ? <p>{words.noFiles}</p> : <Files files={props.files} />}
      </section>
    </div>
  </OfficePage>
)

const ReadyForm = ({ view, ready, chosen, day, mayMake, problems }: TransfersProps) => (
  <form class="pile-s" method="post" action={paths.office.transferFiles} noValidate>
    <FormToken view={view} />
    <div class="carte defile" role="region" aria-label={words.caption} tabIndex={0}>
      <table class="tab">
        <caption class="vh">{words.caption}</caption>
        <thead>
          <tr>
            <th scope="col">{words.columns.take}</th>
            <th scope="col">{words.columns.family}</th>
            <th scope="col">{words.columns.account}</th>
            <th scope="col">{words.columns.unit}</th>
            <th scope="col" class="d">
              {words.columns.amount}
            </th>
          </tr>
        </thead>
        <tbody>
          {ready.map((one) => (
            <tr>
              <td>
                {mayMake && isReady(one) && (
                  <input
                    type="checkbox"
                    name="remboursement"
                    value={one.refundId}
                    checked={chosen.includes(one.refundId)}
                    aria-label={words.take(one.familyName, one.amount)}
                  />
                )}
              </td>
              <th scope="row">
                <a href={paths.office.refund(one.requestId)}>{one.familyName}</a>
              </th>
              <td>
                <AccountOf one={one} />
              </td>
              <td>{one.unitName}</td>
              <td class="d">
                <Money cents={one.amount} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
    {mayMake ? (
      <div class="carte petite pile-s">
        <Field
          name="jour"
          label={words.executionOn}
          hint={words.dayHint}
          value={day}
          size={12}
          inputmode="numeric"
          problems={problems}
        />
        <p class="aide">{words.format}</p>
        <SubmitButton icon="bank">{words.make}</SubmitButton>
      </div>
    ) : (
      <Notice kind="info" title={words.noRight} />
    )}
  </form>
)

const AccountOf = ({ one }: { one: ReadyTransfer }) => {
  if (one.iban === null) return <StateTag kind="danger">{words.noUnitAccount}</StateTag>
  if (one.masked === null) return <StateTag kind="danger">{words.noAccount}</StateTag>
  return (
    <>
      {one.holder}, {one.masked} {!one.isChecked && <StateTag kind="pending">{words.notChecked}</StateTag>}
    </>
  )
}

const Files = ({ files }: { files: readonly TransferFile[] }) => (
  <div class="carte defile" role="region" aria-label={words.filesCaption} tabIndex={0}>
    <table class="tab">
      <caption class="vh">{words.filesCaption}</caption>
      <thead>
        <tr>
          <th scope="col">{words.fileColumns.made}</th>
          <th scope="col">{words.fileColumns.execution}</th>
          <th scope="col" class="d">
            {words.fileColumns.count}
          </th>
          <th scope="col" class="d">
            {words.fileColumns.total}
          </th>
          <th scope="col">{words.fileColumns.state}</th>
        </tr>
      </thead>
      <tbody>
        {files.map((one) => (
          <tr>
            <th scope="row">
              <a href={paths.office.transferFile(one.id)}>
                {words.madeBy(one.madeName, formatInstantDay(one.madeAt))}
              </a>
            </th>
            <td>{formatDay(one.executionOn)}</td>
            <td class="d">{one.transfers}</td>
            <td class="d">
              <Money cents={one.total} />
            </td>
            <td>
              <FileState file={one} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
)

const FileState = ({ file }: { file: TransferFile }) => {
  if (file.downloads === 0) return <StateTag kind="due">{words.notDownloaded}</StateTag>
  if (file.ended < file.transfers)
    return <StateTag kind="pending">{words.waiting(file.ended, file.transfers)}</StateTag>
  return <StateTag kind="ok">{words.ended}</StateTag>
}
