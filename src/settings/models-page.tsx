import { paths } from '../web/paths.ts'
import { Card, Icon } from '../web/ui.tsx'
import { modelTexts as words } from './model-texts.ts'
import { SAMPLE_MAILS } from './samples.ts'

const SIGNED: readonly string[] = ['new-invoices', 'receipt', 'taken-back']

/** Each mail and the invoice, as they would leave. */
export const ModelsCard = ({ unitId }: { unitId: string }) => (
  <Card id="modeles" title={words.title}>
    <p class="etiq">{words.text}</p>
    <h3 class="espace">{words.mails}</h3>
    <ul class="liste">
      {SAMPLE_MAILS.map((kind) => (
        <li>
          <Icon name="mail" />
          <span>
            <a href={`${paths.office.sampleMail}?type=${kind}&objet=${unitId}`}>{words.mailNames[kind]}</a>
            {SIGNED.includes(kind) && <span class="etiq"> {words.withWords}</span>}
          </span>
        </li>
      ))}
    </ul>
    <h3 class="espace">{words.pdf}</h3>
    <p>
      <a href={`${paths.office.sampleInvoice}?objet=${unitId}`}>{words.pdf}</a>
      <span class="etiq"> {words.pdfText}</span>
    </p>
  </Card>
)
