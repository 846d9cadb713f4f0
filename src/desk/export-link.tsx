import { may } from '../staff/rights.ts'
import { paths } from '../web/paths.ts'
import type { View } from '../web/request.ts'
import { exportTexts as words } from './export-texts.ts'

/** The link to such a file, with its format, for who may take it. */
export const ExportLink = ({ view, of }: { view: View; of: 'slips' | 'tills' }) =>
  view.staff && may(view.staff.grants, 'export.mass', 'anywhere') ? (
    <p class="sans-impression">
      <a href={of === 'slips' ? paths.office.depositsCsv : paths.office.tillCsv}>{words[of].link}</a>{' '}
      <span class="etiq">{words.format}</span>
    </p>
  ) : null
