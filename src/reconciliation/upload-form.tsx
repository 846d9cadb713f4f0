import type { Problems } from '../web/form.ts'
import { paths } from '../web/paths.ts'
import type { View } from '../web/request.ts'
import { Card, FormToken, SubmitButton } from '../web/ui.tsx'
import { texts } from './texts.ts'

/** A file of the bank: a gateway's journal, a statement of account, or a plain list. */
export const UploadForm = ({
  view,
  contract,
  problems,
}: {
  view: View
  /** Whose operations a plain list tells; the other files say it themselves. */
  contract: { readonly id: string; readonly name: string }
  problems?: Problems | undefined
}) => {
  const words = texts.upload
  const message = problems?.find(({ field }) => field === 'releve')?.message
  return (
    <Card id="importer" title={words.title} class="petite">
      <form
        class="formulaire"
        method="post"
        action={paths.office.bankStatement}
        encType="multipart/form-data"
        noValidate
      >
        <FormToken view={view} />
        <input type="hidden" name="contrat" value={contract.id} />
        <div class={message === undefined ? 'champ' : 'champ en-erreur'}>
          <label for="releve">{words.file}</label>
          <p class="aide" id="releve-aide">
            {words.hint} {words.contract(contract.name)}
          </p>
          {message !== undefined && (
            <p class="erreur" id="releve-erreur">
              {message}
            </p>
          )}
          <input
            class="saisie"
            type="file"
            id="releve"
            name="releve"
            accept=".csv,.txt,.xml,text/csv,text/xml"
            aria-describedby={message === undefined ? 'releve-aide' : 'releve-aide releve-erreur'}
            aria-invalid={message === undefined ? undefined : 'true'}
          />
        </div>
        <SubmitButton look="secondary" icon="upload">
          {words.send}
        </SubmitButton>
      </form>
    </Card>
  )
}
